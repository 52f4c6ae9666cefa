namespace EbsPv.PersistentVolumes;

/// <summary>How volumes are registered, the same for all of a run and checked by <see cref="PersistentVolumeRules"/>.</summary>
public sealed record RegistrationOptions
{
    /// <summary>Auto, or what the user decided.</summary>
    public VolumeSource VolumeSource { get; init; } = VolumeSource.Auto;

    /// <summary>The class.</summary>
    public string StorageClassName { get; init; } = PersistentVolumeRules.DefaultStorageClass;

    /// <summary>Labels beside <c>type</c>, zone and region.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Access modes.</summary>
    public IReadOnlyList<string> AccessModes { get; init; } = ["ReadWriteOnce"];

    /// <summary>Retain or Delete.</summary>
    public string ReclaimPolicy { get; init; } = "Retain";

    /// <summary>The file system.</summary>
    public string FileSystemType { get; init; } = "ext4";

    /// <summary>Posts that are under way at one time.</summary>
    public int ThrottleLimit { get; init; } = 8;

    /// <summary>Whether a PersistentVolume counts as done only when it is Available or Bound.</summary>
    public bool Wait { get; init; } = true;

    /// <summary>How long to wait for each.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(2);
}
