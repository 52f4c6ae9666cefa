using EbsPv.Errors;
using EbsPv.Ports;

namespace EbsPv.PersistentVolumes;

/// <summary>Reads what registering needs to know: the PersistentVolumes and the nodes by page, the drivers and the version in one call each.</summary>
public static class ClusterFactsReader
{
    private const string DriversUnknown =
        "DriversUnknown: {0} The PersistentVolumes are written for the EBS CSI driver unless -VolumeSource decides otherwise.";

    private const string NodesUnknown = "NodesUnknown: {0} Whether this is the cluster that the volumes were made for stays unchecked.";

    private const string ClassesUnknown = "StorageClassUnknown: {0} Whether the class is there, and what it does, stays unchecked.";

    private static readonly string[] ControlPlaneLabels = ["node-role.kubernetes.io/control-plane", "node-role.kubernetes.io/master"];

    private static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> NoDrivers = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>All reads side by side.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="needed">What has to be known beside the PersistentVolumes.</param>
    /// <param name="reporter">Told of reads that were denied and can be done without.</param>
    /// <param name="cancellationToken">Ends the reads.</param>
    public static async Task<ClusterFacts> ReadAsync(
        ICluster cluster, FactsNeeded needed, IReporter reporter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        ArgumentNullException.ThrowIfNull(needed);
        ArgumentNullException.ThrowIfNull(reporter);
        var volumes = ClusterLists.PersistentVolumesAsync(cluster, cancellationToken);
        var nodes = needed.Nodes
            ? OrDenied<IReadOnlyList<ClusterNode>?>(ClusterLists.NodesAsync(cluster, cancellationToken)!, null, NodesUnknown, reporter)
            : Task.FromResult<IReadOnlyList<ClusterNode>?>(null);
        var drivers = needed.Drivers
            ? OrDenied<IReadOnlyList<string>?>(cluster.ListCsiDriversAsync(cancellationToken)!, null, DriversUnknown, reporter)
            : Task.FromResult<IReadOnlyList<string>?>(null);
        var csiNodes = needed.Drivers
            ? OrDenied<IReadOnlyDictionary<string, IReadOnlyList<string>>?>(cluster.ListCsiNodesAsync(cancellationToken)!, null, DriversUnknown, reporter)
            : Task.FromResult<IReadOnlyDictionary<string, IReadOnlyList<string>>?>(null);
        var version = needed.Version ? cluster.GetMinorVersionAsync(cancellationToken) : Task.FromResult(int.MaxValue);
        var classes = ClassesAsync(cluster, needed.StorageClasses, cancellationToken);
        if (!needed.MakesClasses) classes = OrDenied(classes, [], ClassesUnknown, reporter);
        await Task.WhenAll(volumes, nodes, drivers, csiNodes, version, classes).ConfigureAwait(false);

        var (all, resourceVersion) = await volumes.ConfigureAwait(false);
        var known = await nodes.ConfigureAwait(false);
        var nodeList = known ?? [];
        var driverList = await drivers.ConfigureAwait(false);
        var driversByNode = await csiNodes.ConfigureAwait(false);
        return new ClusterFacts
        {
            InstanceIds = nodeList.Select(node => node.InstanceId).OfType<string>().ToHashSet(StringComparer.Ordinal),
            WorkerZones = known is null ? null : nodeList.Where(TakesPods).Select(node => node.AvailabilityZone).OfType<string>().ToHashSet(StringComparer.Ordinal),
            DriversKnown = driverList is not null && driversByNode is not null,
            Drivers = (driverList ?? []).ToHashSet(StringComparer.Ordinal),
            DriversByZone = ByZone(nodeList, driversByNode ?? NoDrivers),
            MinorVersion = await version.ConfigureAwait(false),
            StorageClasses = await classes.ConfigureAwait(false),
            ByVolumeId = all.Where(volume => volume.VolumeId is not null).ToLookup(volume => volume.VolumeId!, StringComparer.Ordinal),
            ResourceVersion = resourceVersion,
        };
    }

    private static async Task<Dictionary<string, StorageClassInfo?>> ClassesAsync(ICluster cluster, IReadOnlyCollection<string> names, CancellationToken cancellationToken)
    {
        var found = await Task.WhenAll(names.Select(async name => (name, await cluster.GetStorageClassAsync(name, cancellationToken).ConfigureAwait(false)))).ConfigureAwait(false);
        return found.ToDictionary(one => one.Item1, one => one.Item2, StringComparer.Ordinal);
    }

    // Fargate, hybrid and control-plane nodes mount no volumes of ours.
    private static bool TakesPods(ClusterNode node) =>
        node is { Ready: true, Unschedulable: false, InstanceId: not null } && !ControlPlaneLabels.Any(node.Labels.ContainsKey);

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
        IReadOnlyList<ClusterNode> nodes, IReadOnlyDictionary<string, IReadOnlyList<string>> driversByNode) => nodes
        .Where(node => node.AvailabilityZone is not null && driversByNode.ContainsKey(node.Name))
        .GroupBy(node => node.AvailabilityZone!)
        .ToDictionary(
            zone => zone.Key,
            IReadOnlySet<string> (zone) => zone.SelectMany(node => driversByNode[node.Name]).ToHashSet(StringComparer.Ordinal));
}
