using EbsPv.PersistentVolumes;
using EbsPv.Ports;

namespace EbsPv.Growth;

/// <summary>What a run has to know of the cluster.</summary>
/// <param name="PersistentVolumes">The EBS-backed PersistentVolumes.</param>
/// <param name="ResourceVersion">The state of the cluster from which a watch can go on.</param>
/// <param name="StorageClasses">The storage classes, by name.</param>
/// <param name="Drivers">Drivers that the cluster has an object for.</param>
/// <param name="Nodes">The nodes.</param>
public sealed record GrowthFacts(
    IReadOnlyList<EbsPersistentVolume> PersistentVolumes,
    string ResourceVersion,
    IReadOnlyDictionary<string, StorageClassInfo> StorageClasses,
    IReadOnlySet<string> Drivers,
    IReadOnlyList<ClusterNode> Nodes)
{
    /// <summary>All reads side by side.</summary>
    public static async Task<GrowthFacts> ReadAsync(ICluster cluster, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        var volumes = ClusterLists.PersistentVolumesAsync(cluster, cancellationToken);
        var classes = cluster.ListStorageClassesAsync(cancellationToken);
        var drivers = cluster.ListCsiDriversAsync(cancellationToken);
        var nodes = ClusterLists.NodesAsync(cluster, cancellationToken);
        await Task.WhenAll(volumes, classes, drivers, nodes).ConfigureAwait(false);
        var (all, version) = await volumes.ConfigureAwait(false);
        return new GrowthFacts(
            all,
            version,
            (await classes.ConfigureAwait(false)).ToDictionary(one => one.Name, StringComparer.Ordinal),
            (await drivers.ConfigureAwait(false)).ToHashSet(StringComparer.Ordinal),
            await nodes.ConfigureAwait(false));
    }
}
