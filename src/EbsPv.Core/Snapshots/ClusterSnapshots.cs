using System.Runtime.CompilerServices;
using EbsPv.Ports;
using EbsPv.Volumes;

namespace EbsPv.Snapshots;

/// <summary>Reads the snapshots of a cluster's volumes, whoever made them, page by page: those whose tags name the cluster, and those of its
/// volumes, whose makers may have copied no tag. The control plane's and the nodes' own disks are not among them.</summary>
public static class ClusterSnapshots
{
    /// <summary>The snapshots as they arrive, each once.</summary>
    public static IAsyncEnumerable<ClusterEbsSnapshot> FindAsync(IEc2 ec2, SnapshotQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ec2);
        ArgumentNullException.ThrowIfNull(query);
        return query.VolumeIds.Count > 0 ? OfVolumesAsync(ec2, query, cancellationToken) : OfClusterAsync(ec2, query, cancellationToken);
    }

    private static async IAsyncEnumerable<ClusterEbsSnapshot> OfClusterAsync(
        IEc2 ec2, SnapshotQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var searches = ClusterTagSearch.Of(query.ClusterName).ToList();
        var (own, others) = await VolumesAsync(ec2, searches, cancellationToken).ConfigureAwait(false);
        for (var index = 0; index < searches.Count; index++)
        {
            // What an earlier search finds too has been handed on already: its tags tell, no list of ids is needed.
            var earlier = searches.Take(index).ToList();
            await foreach (var snapshot in ReadAsync(ec2, query, searches[index].Filter, cancellationToken).ConfigureAwait(false))
                if (searches[index].Finds(snapshot.Tags) && !others.Contains(snapshot.VolumeId) && !earlier.Exists(one => one.Finds(snapshot.Tags)))
                    yield return snapshot;
        }

        foreach (var batch in own.Chunk(Ec2Filter.MaxValues))
            await foreach (var snapshot in ReadAsync(ec2, query, Ec2Filter.Exactly("volume-id", batch), cancellationToken).ConfigureAwait(false))
                if (own.Contains(snapshot.VolumeId) && !searches.Exists(one => one.Finds(snapshot.Tags)))
                    yield return snapshot;
    }

    // A volume that was asked for by its id may be gone, and who copied its tags to the snapshots, nobody knows.
    private static async IAsyncEnumerable<ClusterEbsSnapshot> OfVolumesAsync(
        IEc2 ec2, SnapshotQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var batch in query.VolumeIds.Chunk(Ec2Filter.MaxValues))
            await foreach (var snapshot in ReadAsync(ec2, query, Ec2Filter.Exactly("volume-id", batch), cancellationToken).ConfigureAwait(false))
                if (batch.Contains(snapshot.VolumeId) && VolumeOwnership.ClustersOf(snapshot.Tags) is var owners && (owners.Count == 0 || owners.Contains(query.ClusterName)))
                    yield return snapshot;
    }

    private static async IAsyncEnumerable<ClusterEbsSnapshot> ReadAsync(
        IEc2 ec2, SnapshotQuery query, Ec2Filter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IReadOnlyList<Ec2Filter> filters = query.States.Count == 0 ? [filter] : [filter, Ec2Filter.Exactly("status", [.. query.States])];
        await foreach (var page in ec2.DescribeSnapshotsAsync(filters, cancellationToken).ConfigureAwait(false))
            foreach (var snapshot in page)
                if (!VolumeOwnership.IsControlPlane(snapshot.Tags) && (query.States.Count == 0 || query.States.Contains(snapshot.State)))
                    yield return snapshot with { ClusterName = query.ClusterName, Context = query.Context };
    }

    private static async Task<(HashSet<string> Own, HashSet<string> Others)> VolumesAsync(
        IEc2 ec2, List<ClusterTagSearch> searches, CancellationToken cancellationToken)
    {
        var (own, others) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        foreach (var search in searches)
            await foreach (var page in ec2.DescribeVolumesAsync([search.Filter], cancellationToken).ConfigureAwait(false))
                foreach (var volume in page.Where(volume => search.Finds(volume.Tags)))
                    (VolumeOwnership.IsControlPlane(volume.Tags) || VolumeOwnership.IsNodeRoot(volume) ? others : own).Add(volume.VolumeId!);
        return (own, others);
    }
}
