namespace EbsPv.Retention;

/// <summary>Which snapshots are to be removed, and which checks the user does without.</summary>
public sealed record SnapshotRemovalRequest
{
    /// <summary>The cluster whose snapshots they shall be.</summary>
    public required string ClusterName { get; init; }

    /// <summary>The snapshots that are named, each once; empty for those of the cluster, or of <see cref="VolumeIds"/>.</summary>
    public IReadOnlyList<string> SnapshotIds { get; init; } = [];

    /// <summary>Snapshots of these volumes only; empty for those of all.</summary>
    public IReadOnlyList<string> VolumeIds { get; init; } = [];

    /// <summary>Chooses among them; empty when they are named, and all of them are meant.</summary>
    public RetentionRule Rule { get; init; } = new(null, null);

    /// <summary>Removes also what is the only copy of a volume that is gone.</summary>
    public bool IncludeFinal { get; init; }

    /// <summary>The kube context that the removed snapshots carry on.</summary>
    public string? Context { get; init; }

    /// <summary>Removes snapshots without asking the cluster whether it needs them.</summary>
    public bool SkipSnapshotUseCheck { get; init; }

    /// <summary>Takes the kube context's word that it is the snapshots' cluster.</summary>
    public bool SkipClusterCheck { get; init; }
}
