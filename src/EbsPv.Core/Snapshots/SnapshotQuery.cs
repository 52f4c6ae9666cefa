namespace EbsPv.Snapshots;

/// <summary>Which of a cluster's snapshots are wanted.</summary>
/// <param name="ClusterName">The cluster.</param>
/// <param name="Context">The kube context that the snapshots carry on.</param>
public sealed record SnapshotQuery(string ClusterName, string? Context)
{
    /// <summary>Snapshots of these volumes only, there or not; empty for all of the cluster's.</summary>
    public IReadOnlyList<string> VolumeIds { get; init; } = [];

    /// <summary>Snapshots in one of these states only, in EC2's spelling; empty for all.</summary>
    public IReadOnlyList<string> States { get; init; } = [];
}
