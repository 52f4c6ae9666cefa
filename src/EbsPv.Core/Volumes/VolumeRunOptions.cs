namespace EbsPv.Volumes;

/// <summary>How a run makes its volumes.</summary>
public sealed record VolumeRunOptions
{
    /// <summary>Creates that are under way at one time.</summary>
    public int ThrottleLimit { get; init; } = 8;

    /// <summary>Whether a volume counts as done only when it is available.</summary>
    public bool Wait { get; init; } = true;

    /// <summary>How long to wait for volumes once the last create is answered.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(5);
}
