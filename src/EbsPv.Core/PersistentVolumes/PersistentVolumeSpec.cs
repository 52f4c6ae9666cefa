namespace EbsPv.PersistentVolumes;

/// <summary>A PersistentVolume as it is posted.</summary>
public sealed record PersistentVolumeSpec
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The EBS volume; null while that is only planned.</summary>
    public required string? VolumeId { get; init; }

    /// <summary>Capacity as Kubernetes writes it, as in <c>10Gi</c>.</summary>
    public required string Capacity { get; init; }

    /// <summary>Csi, EksAutoMode or InTree.</summary>
    public required VolumeSource Source { get; init; }

    /// <summary>Access modes.</summary>
    public IReadOnlyList<string> AccessModes { get; init; } = [AccessModeRules.Once];

    /// <summary>Retain or Delete.</summary>
    public string ReclaimPolicy { get; init; } = "Retain";

    /// <summary>Its class; empty for none.</summary>
    public required string StorageClassName { get; init; }

    /// <summary>ext4, ext3, xfs or ntfs; null for a device.</summary>
    public required string? FileSystemType { get; init; }

    /// <summary>Filesystem or Block; null where nothing was said, which is Filesystem.</summary>
    public string? VolumeMode { get; init; }

    /// <summary>Options of the mount.</summary>
    public IReadOnlyList<string> MountOptions { get; init; } = [];

    /// <summary>The partition with the file system; null where nothing was said.</summary>
    public int? Partition { get; init; }

    /// <summary>Whether it is attached for reading only.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Attributes for the driver, without the partition.</summary>
    public IReadOnlyDictionary<string, string> VolumeAttributes { get; init; } = new Dictionary<string, string>();

    /// <summary>The VolumeAttributesClass; null for none.</summary>
    public string? VolumeAttributesClassName { get; init; }

    /// <summary>The claim it is kept for; null for any.</summary>
    public ClaimReference? Claim { get; init; }

    /// <summary>Zone of the volume; null when it is not known.</summary>
    public required string? AvailabilityZone { get; init; }

    /// <summary>Labels, in the order in which they are written.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Labels { get; init; }

    /// <summary>Annotations, in the order in which they are written.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Annotations { get; init; } = [];

    /// <summary>Where pods that use it may run; empty where a document says so.</summary>
    public required IReadOnlyList<NodeRequirement> NodeAffinity { get; init; }

    /// <summary>What a document says beside all this, as the JSON of a PersistentVolume; null when there is no document.</summary>
    public string? Rest { get; init; }

    /// <summary>What was done, for the annotation that tells; null where nobody asked for it.</summary>
    public string? ChangeCause { get; init; }

    /// <summary>Whether the annotation is written that kubectl apply compares with.</summary>
    public bool SaveConfig { get; init; }
}
