namespace EbsPv.Snapshots;

/// <summary>How a run makes its snapshots.</summary>
public sealed record SnapshotRunOptions
{
    /// <summary>Creates that are under way at one time.</summary>
    public int ThrottleLimit { get; init; } = 8;

    /// <summary>Whether a snapshot counts as done only when it is completed.</summary>
    public bool Wait { get; init; } = true;

    /// <summary>How long to wait: for EC2 to take a snapshot of a volume at all, and then for all of them to be completed.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromHours(1);
}
