namespace EbsPv.Volumes;

/// <summary>How a run makes its volumes.</summary>
public sealed record VolumeRunOptions
{
    /// <summary>Creates that are under way at one time.</summary>
    public int ThrottleLimit { get; init; } = 8;

    /// <summary>Whether a volume counts as done only when it is available.</summary>
    public bool Wait { get; init; } = true;

    /// <summary>How long creates may be begun, for a number of volumes: ten minutes, and twice what EC2's documented rate of 5 a second takes.
    /// What was not begun by then is left to the next run.</summary>
    public static TimeSpan BeginWithin(int count) => TimeSpan.FromMinutes(10) + TimeSpan.FromSeconds(count / 5.0 * 2);

    /// <summary>How long to wait for volumes once the last create is answered.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(5);
}
