using EbsPv.Errors;
using EbsPv.Ports;

namespace EbsPv.PersistentVolumes;

/// <summary>Reads what registering needs to know: the PersistentVolumes and the nodes by page, the drivers and the version in one call each.</summary>
public static class ClusterFactsReader
{
    private const string DriversUnknown =
        "DriversUnknown: {0} The PersistentVolumes are written for the EBS CSI driver unless -VolumeSource decides otherwise.";

    private const string NodesUnknown = "NodesUnknown: {0} Whether this is the cluster that the volumes were made for stays unchecked.";

    private static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> NoDrivers = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>All reads side by side.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="needsDrivers">Whether the source has to be chosen; otherwise drivers and version are not asked for.</param>
    /// <param name="reporter">Told of reads that were denied and can be done without.</param>
    /// <param name="cancellationToken">Ends the reads.</param>
    public static async Task<ClusterFacts> ReadAsync(
        ICluster cluster, bool needsDrivers, IReporter reporter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        ArgumentNullException.ThrowIfNull(reporter);
        var volumes = VolumesAsync(cluster, cancellationToken);
        var nodes = OrDenied(NodesAsync(cluster, cancellationToken), [], NodesUnknown, reporter);
        var drivers = needsDrivers
            ? OrDenied(cluster.ListCsiDriversAsync(cancellationToken), [], DriversUnknown, reporter)
            : Task.FromResult<IReadOnlyList<string>>([]);
        var csiNodes = needsDrivers
            ? OrDenied(cluster.ListCsiNodesAsync(cancellationToken), NoDrivers, DriversUnknown, reporter)
            : Task.FromResult(NoDrivers);
        var version = needsDrivers ? cluster.GetMinorVersionAsync(cancellationToken) : Task.FromResult(int.MaxValue);
        await Task.WhenAll(volumes, nodes, drivers, csiNodes, version).ConfigureAwait(false);

        var (byVolumeId, resourceVersion) = await volumes.ConfigureAwait(false);
        var nodeList = await nodes.ConfigureAwait(false);
        return new ClusterFacts
        {
            InstanceIds = nodeList.Select(node => node.InstanceId).OfType<string>().ToHashSet(StringComparer.Ordinal),
            Drivers = (await drivers.ConfigureAwait(false)).ToHashSet(StringComparer.Ordinal),
            DriversByZone = ByZone(nodeList, await csiNodes.ConfigureAwait(false)),
            MinorVersion = await version.ConfigureAwait(false),
            ByVolumeId = byVolumeId,
            ResourceVersion = resourceVersion,
        };
    }

    private static async Task<(Dictionary<string, EbsPersistentVolume> ByVolumeId, string ResourceVersion)> VolumesAsync(
        ICluster cluster, CancellationToken cancellationToken)
    {
        var byVolumeId = new Dictionary<string, EbsPersistentVolume>(StringComparer.Ordinal);
        var resourceVersion = string.Empty;
        await foreach (var page in cluster.ListPersistentVolumesAsync(cancellationToken).ConfigureAwait(false))
        {
            resourceVersion = page.ResourceVersion;
            foreach (var volume in page.Items)
                if (volume.VolumeId is { } volumeId)
                    byVolumeId.TryAdd(volumeId, volume);
        }

        return (byVolumeId, resourceVersion);
    }

    private static async Task<List<ClusterNode>> NodesAsync(ICluster cluster, CancellationToken cancellationToken)
    {
        var nodes = new List<ClusterNode>();
        await foreach (var node in cluster.ListNodesAsync(cancellationToken).ConfigureAwait(false)) nodes.Add(node);
        return nodes;
    }

    // Who may create PersistentVolumes may not be allowed to see nodes and drivers: a warning says what then stays unchecked.
    private static async Task<T> OrDenied<T>(Task<T> read, T instead, string consequence, IReporter reporter)
    {
        try
        {
            return await read.ConfigureAwait(false);
        }
        catch (EbsPvException denied) when (denied.Kind == ErrorKind.PermissionDenied)
        {
            reporter.Warning(consequence.Replace("{0}", denied.Message, StringComparison.Ordinal));
            return instead;
        }
    }

    private static Dictionary<string, IReadOnlySet<string>> ByZone(
        List<ClusterNode> nodes, IReadOnlyDictionary<string, IReadOnlyList<string>> driversByNode) => nodes
        .Where(node => node.AvailabilityZone is not null && driversByNode.ContainsKey(node.Name))
        .GroupBy(node => node.AvailabilityZone!)
        .ToDictionary(
            zone => zone.Key,
            IReadOnlySet<string> (zone) => zone.SelectMany(node => driversByNode[node.Name]).ToHashSet(StringComparer.Ordinal));
}
