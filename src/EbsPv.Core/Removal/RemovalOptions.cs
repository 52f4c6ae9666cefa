namespace EbsPv.Removal;

/// <summary>How a run removes its volumes.</summary>
public sealed record RemovalOptions
{
    /// <summary>The id of this run, by which its snapshots are found again after a lost answer.</summary>
    public string Operation { get; init; } = $"remove-{Guid.NewGuid():N}";

    /// <summary>Whether each volume's data is kept in a snapshot, completed before the volume goes.</summary>
    public bool FinalSnapshot { get; init; } = true;

    /// <summary>Creates of snapshots, and deletes, that are under way at one time.</summary>
    public int ThrottleLimit { get; init; } = 8;

    /// <summary>How long to wait for the final snapshots.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromHours(1);
}
