namespace EbsPv.PersistentVolumes;

/// <summary>What was said of how a PersistentVolume is to look, by parameters or by a document; null where nothing was said.</summary>
public sealed record PersistentVolumeSettings
{
    private static readonly IReadOnlyDictionary<string, string> Empty = new Dictionary<string, string>();

    /// <summary>The class; empty for none.</summary>
    public string? StorageClassName { get; init; }

    /// <summary>Access modes, in Kubernetes' spelling.</summary>
    public IReadOnlyList<string>? AccessModes { get; init; }

    /// <summary>Retain or Delete.</summary>
    public string? ReclaimPolicy { get; init; }

    /// <summary>ext4, ext3, xfs or ntfs.</summary>
    public string? FileSystemType { get; init; }

    /// <summary>Filesystem or Block.</summary>
    public string? VolumeMode { get; init; }

    /// <summary>Options of the mount.</summary>
    public IReadOnlyList<string>? MountOptions { get; init; }

    /// <summary>The partition that holds the file system; 0 for the whole disk.</summary>
    public int? Partition { get; init; }

    /// <summary>Whether the volume is attached for reading only; documents say so, no parameter does.</summary>
    public bool? ReadOnly { get; init; }

    /// <summary>Attributes for the driver, without the partition.</summary>
    public IReadOnlyDictionary<string, string> VolumeAttributes { get; init; } = Empty;

    /// <summary>The VolumeAttributesClass.</summary>
    public string? VolumeAttributesClassName { get; init; }

    /// <summary>Labels.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = Empty;

    /// <summary>Annotations.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = Empty;

    /// <summary>The claim it is kept for.</summary>
    public ClaimReference? Claim { get; init; }

    /// <summary>These settings, and the others where these say nothing; labels, annotations and attributes are joined.</summary>
    public PersistentVolumeSettings Over(PersistentVolumeSettings? others) => others is null ? this : new()
    {
        StorageClassName = StorageClassName ?? others.StorageClassName,
        AccessModes = AccessModes ?? others.AccessModes,
        ReclaimPolicy = ReclaimPolicy ?? others.ReclaimPolicy,
        FileSystemType = FileSystemType ?? others.FileSystemType,
        VolumeMode = VolumeMode ?? others.VolumeMode,
        MountOptions = MountOptions ?? others.MountOptions,
        Partition = Partition ?? others.Partition,
        ReadOnly = ReadOnly ?? others.ReadOnly,
        VolumeAttributes = Joined(VolumeAttributes, others.VolumeAttributes),
        VolumeAttributesClassName = VolumeAttributesClassName ?? others.VolumeAttributesClassName,
        Labels = Joined(Labels, others.Labels),
        Annotations = Joined(Annotations, others.Annotations),
        Claim = Claim ?? others.Claim,
    };

    private static IReadOnlyDictionary<string, string> Joined(IReadOnlyDictionary<string, string> first, IReadOnlyDictionary<string, string> second)
    {
        if (second.Count == 0) return first;
        var joined = new Dictionary<string, string>(second, StringComparer.Ordinal);
        foreach (var (key, value) in first) joined[key] = value;
        return joined;
    }
}
