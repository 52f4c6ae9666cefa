using EbsPv.Ports;
using EbsPv.Snapshots;
using EbsPv.Swaps;

namespace EbsPv.Retention;

/// <summary>What a cluster needs snapshots for.</summary>
/// <param name="Handles">The snapshots that VolumeSnapshotContents name.</param>
/// <param name="Swaps">Moves and restores that are under way.</param>
internal sealed record SnapshotUse(IReadOnlySet<string> Handles, SwapsUnderWay Swaps)
{
    /// <summary>Nobody was asked.</summary>
    public static SnapshotUse Unknown { get; } = new(new HashSet<string>(), SwapsUnderWay.None);

    public static async Task<SnapshotUse> ReadAsync(ICluster? cluster, CancellationToken cancellationToken)
    {
        if (cluster is null) return Unknown;
        var handles = cluster.ListSnapshotHandlesAsync(cancellationToken);
        var swaps = SwapsUnderWay.ReadAsync(cluster, cancellationToken);
        await Task.WhenAll(handles, swaps).ConfigureAwait(false);
        return new SnapshotUse(await handles.ConfigureAwait(false), await swaps.ConfigureAwait(false));
    }

    /// <summary>Who needs a snapshot; null when nobody does.</summary>
    public string? Of(ClusterEbsSnapshot snapshot)
    {
        if (Handles.Contains(snapshot.SnapshotId!)) return "a VolumeSnapshotContent of the cluster names it";
        return Swaps.Name(snapshot.SnapshotId, snapshot.Tags.GetValueOrDefault(SnapshotTags.Operation)) ? "a move or restore that is under way needs it" : null;
    }
}
