namespace EbsPv.Swaps;

/// <summary>How swaps are carried out.</summary>
public sealed record SwapOptions
{
    /// <summary>Requests that change something, under way at one time.</summary>
    public int ThrottleLimit { get; init; } = 8;

    /// <summary>How long to wait for each step of the cluster: the fence, the deletion, the binding.</summary>
    public TimeSpan StepTimeout { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>How long to wait for a snapshot and for a volume.</summary>
    public TimeSpan DiskTimeout { get; init; } = TimeSpan.FromHours(6);

    /// <summary>Told the manifest of each new PersistentVolume before the old one is deleted; null when nobody wants it.</summary>
    public Action<string, string>? ManifestReady { get; init; }
}
