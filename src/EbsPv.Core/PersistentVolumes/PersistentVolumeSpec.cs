namespace EbsPv.PersistentVolumes;

/// <summary>A PersistentVolume as it is posted.</summary>
public sealed record PersistentVolumeSpec
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The EBS volume; null while that is only planned.</summary>
    public required string? VolumeId { get; init; }

    /// <summary>Capacity in GiB.</summary>
    public required int Size { get; init; }

    /// <summary>Csi, EksAutoMode or InTree.</summary>
    public required VolumeSource Source { get; init; }

    /// <summary>Access modes.</summary>
    public required IReadOnlyList<string> AccessModes { get; init; }

    /// <summary>Retain or Delete.</summary>
    public required string ReclaimPolicy { get; init; }

    /// <summary>Its class.</summary>
    public required string StorageClassName { get; init; }

    /// <summary>ext4, ext3, xfs or ntfs.</summary>
    public required string FileSystemType { get; init; }

    /// <summary>Zone of the volume.</summary>
    public required string AvailabilityZone { get; init; }

    /// <summary>Labels, in the order in which they are written.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Labels { get; init; }

    /// <summary>Annotations, in the order in which they are written.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Annotations { get; init; } = [];

    /// <summary>Where pods that use it may run.</summary>
    public required IReadOnlyList<NodeRequirement> NodeAffinity { get; init; }
}
