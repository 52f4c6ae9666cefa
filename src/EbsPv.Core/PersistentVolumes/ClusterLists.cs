using EbsPv.Ports;

namespace EbsPv.PersistentVolumes;

/// <summary>Lists of a cluster that are short enough to be held whole.</summary>
public static class ClusterLists
{
    /// <summary>All nodes.</summary>
    public static async Task<IReadOnlyList<ClusterNode>> NodesAsync(ICluster cluster, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        var nodes = new List<ClusterNode>();
        await foreach (var node in cluster.ListNodesAsync(cancellationToken).ConfigureAwait(false)) nodes.Add(node);
        return nodes;
    }

    /// <summary>All EBS-backed PersistentVolumes, and the state of the cluster from which a watch can go on.</summary>
    public static async Task<(IReadOnlyList<EbsPersistentVolume> All, string ResourceVersion)> PersistentVolumesAsync(ICluster cluster, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        var (all, resourceVersion) = (new List<EbsPersistentVolume>(), string.Empty);
        await foreach (var page in cluster.ListPersistentVolumesAsync(cancellationToken).ConfigureAwait(false))
        {
            resourceVersion = page.ResourceVersion;
            all.AddRange(page.Items);
        }

        return (all, resourceVersion);
    }
}
