namespace EbsPv.PersistentVolumes;

/// <summary>How volumes are registered, the same for all of a run.</summary>
public sealed record RegistrationOptions
{
    /// <summary>Auto, or what the user decided.</summary>
    public VolumeSource VolumeSource { get; init; } = VolumeSource.Auto;

    /// <summary>What the user typed, checked by the rules of this folder; it wins over what documents say.</summary>
    public PersistentVolumeSettings Settings { get; init; } = new();

    /// <summary>Whether the user typed a name.</summary>
    public bool IsNamed { get; init; }

    /// <summary>Whether the user consents to the reclaim policy Delete.</summary>
    public bool AllowDeletePolicy { get; init; }

    /// <summary>What is written as the cause of the change; null for nothing.</summary>
    public string? ChangeCause { get; init; }

    /// <summary>Whether kubectl apply shall find what it would have written itself.</summary>
    public bool SaveConfig { get; init; }

    /// <summary>Whether nothing is warned of that can be seen before the first pod comes.</summary>
    public bool SkipPreflight { get; init; }

    /// <summary>Whether the storage class is made where there is none.</summary>
    public bool CreateStorageClass { get; init; }

    /// <summary>Posts that are under way at one time.</summary>
    public int ThrottleLimit { get; init; } = 8;

    /// <summary>Whether a PersistentVolume counts as done only when it is Available or Bound.</summary>
    public bool Wait { get; init; } = true;

    /// <summary>How long to wait for each.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(2);
}
