namespace EbsPv.Snapshots;

/// <summary>What the snapshots of a run have in common.</summary>
public sealed record SnapshotRequest
{
    /// <summary>The region that is asked.</summary>
    public required string Region { get; init; }

    /// <summary>The cluster whose volumes they shall be of.</summary>
    public required string ClusterName { get; init; }

    /// <summary>The kube context that the snapshots carry on.</summary>
    public string? Context { get; init; }

    /// <summary>The id of this run, by which its snapshots are found again after a lost answer.</summary>
    public string Operation { get; init; } = $"snapshot-{Guid.NewGuid():N}";

    /// <summary>What to describe them as; null for what their volumes are.</summary>
    public string? Description { get; init; }

    /// <summary>The user's tags.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();
}
