using EbsPv.Errors;
using EbsPv.Ports;

namespace EbsPv.Zones;

/// <summary>Finds the availability zones in which a cluster has workers.</summary>
public static class WorkerZoneFinder
{
    /// <summary>Asks EC2: the union, by instance id, of what each identifying filter finds.</summary>
    /// <exception cref="EbsPvException">WorkerNotFound.</exception>
    public static async Task<IReadOnlyList<WorkerZone>> FindByInstancesAsync(
        IEc2 ec2, WorkerZoneQuery query, IReporter reporter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ec2);
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(reporter);
        var cluster = query.ClusterName ?? throw new ArgumentException("EC2 is asked by the cluster's name.", nameof(query));
        var instances = await FindWorkersAsync(ec2, cluster, cancellationToken).ConfigureAwait(false);
        var workers = instances
            .Select(one => new Worker(one.InstanceId, one.InstanceType, one.AvailabilityZone, WorkerRules.KindOf(one)))
            .ToList();
        if (workers.Count == 0) throw NoInstance(cluster, ec2.Region);

        var zones = Group(workers, query, WorkerZoneSource.Ec2);
        var states = await ZoneStatesAsync(ec2, zones, reporter, cancellationToken).ConfigureAwait(false);
        return [.. zones.Select(zone => zone with { ZoneState = states.GetValueOrDefault(zone.AvailabilityZone) })];
    }

    /// <summary>Asks Kubernetes: nodes on which a volume can be mounted now.</summary>
    /// <exception cref="EbsPvException">WorkerNotFound.</exception>
    public static async Task<IReadOnlyList<WorkerZone>> FindByNodesAsync(
        ICluster cluster, WorkerZoneQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        ArgumentNullException.ThrowIfNull(query);
        var workers = new List<Worker>();
        var seen = 0;
        await foreach (var node in cluster.ListNodesAsync(cancellationToken).ConfigureAwait(false))
        {
            seen++;
            if (!WorkerRules.IsWorker(node)) continue;
            var type = node.Labels.GetValueOrDefault("node.kubernetes.io/instance-type", string.Empty);
            workers.Add(new Worker(node.InstanceId!, type, node.AvailabilityZone!, WorkerRules.KindOf(node)));
        }

        if (workers.Count == 0) throw NoNode(cluster.Context, seen);
        return Group(workers, query, WorkerZoneSource.Kubernetes);
    }

    /// <summary>The cluster's workers as EC2 knows them now, each once; none when it knows none.</summary>
    internal static async Task<IReadOnlyList<WorkerInstance>> FindWorkersAsync(IEc2 ec2, string cluster, CancellationToken cancellationToken)
    {
        var calls = WorkerRules.Filters(cluster).Select(filters => FindAsync(ec2, filters, cluster, cancellationToken));
        var found = await Task.WhenAll(calls).ConfigureAwait(false);
        return [.. found.SelectMany(instances => instances).DistinctBy(instance => instance.InstanceId)];
    }

    private static async Task<List<WorkerInstance>> FindAsync(
        IEc2 ec2, IReadOnlyList<Ec2Filter> filters, string cluster, CancellationToken cancellationToken)
    {
        var workers = new List<WorkerInstance>();
        await foreach (var instance in ec2.DescribeInstancesAsync(filters, cancellationToken).ConfigureAwait(false))
            if (WorkerRules.IsWorker(instance, cluster))
                workers.Add(instance);
        return workers;
    }

    private static List<WorkerZone> Group(List<Worker> workers, WorkerZoneQuery query, WorkerZoneSource source) =>
        [.. workers.GroupBy(worker => worker.AvailabilityZone)
            .OrderBy(zone => zone.Key, StringComparer.Ordinal)
            .Select(zone => new WorkerZone
            {
                AvailabilityZone = zone.Key,
                Region = Defaults.ZoneName.RegionOf(zone.Key),
                ClusterName = query.ClusterName,
                ClusterKind = KindOf([.. zone]),
                WorkerCount = zone.Count(),
                InstanceId = [.. zone.Select(worker => worker.InstanceId).Order(StringComparer.Ordinal)],
                InstanceType = [.. zone.Select(worker => worker.InstanceType).Where(type => type.Length > 0).Distinct().Order(StringComparer.Ordinal)],
                Context = query.Context,
                Source = source,
            })];

    // Workers that contradict each other (a node group beside Auto Mode) need the tags of both: Unknown stands for all.
    private static ClusterKind KindOf(IReadOnlyList<Worker> workers)
    {
        var kinds = workers.Select(worker => worker.Kind).Distinct().ToList();
        return kinds.Count == 1 ? kinds[0] : ClusterKind.Unknown;
    }

    private static async Task<IReadOnlyDictionary<string, string>> ZoneStatesAsync(
        IEc2 ec2, List<WorkerZone> zones, IReporter reporter, CancellationToken cancellationToken)
    {
        try
        {
            return await ec2.DescribeZoneStatesAsync([.. zones.Select(zone => zone.AvailabilityZone)], cancellationToken).ConfigureAwait(false);
        }
        catch (EbsPvException denied) when (denied.Kind == ErrorKind.PermissionDenied)
        {
            reporter.Verbose($"The state of the zones stays unknown: {denied.Message}");
            return new Dictionary<string, string>();
        }
    }

    private static EbsPvException NoInstance(string cluster, string region) => new(
        ErrorKind.NotFound,
        ErrorIds.WorkerNotFound,
        $"No running worker of the cluster '{cluster}' was found in {region}. Looked for instances in the security group 'nodes.{cluster}', "
        + $"with the tags KubernetesCluster={cluster} and k8s.io/role/node, eks:cluster-name={cluster}, aws:eks:cluster-name={cluster}, "
        + $"or kubernetes.io/cluster/{cluster} with a node group.")
    {
        Target = cluster,
        RecommendedAction = "Check -ClusterName, -Region and -ProfileName; or ask the cluster itself: Get-WorkerZone -Source Kubernetes.",
    };

    private static EbsPvException NoNode(string context, int seen) => new(
        ErrorKind.NotFound,
        ErrorIds.WorkerNotFound,
        $"None of the {seen} nodes of the kube context '{context}' is a worker that can mount EBS volumes now: "
        + "Ready, schedulable, on EC2, not of the control plane and not Fargate.")
    {
        Target = context,
        RecommendedAction = "Look at kubectl get nodes; or ask EC2: Get-WorkerZone -Source Ec2.",
    };
}
