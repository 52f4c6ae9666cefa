using EbsPv.Errors;
using EbsPv.Ports;
using EbsPv.Zones;

namespace EbsPv.Removal;

/// <summary>Whether the cluster behind a kube context is the one whose volumes are to be removed: Kubernetes cannot be asked for its EC2
/// account, but the instances behind its nodes are also EC2's.</summary>
/// <param name="Context">The kube context.</param>
/// <param name="Nodes">Instances behind its nodes.</param>
/// <param name="Workers">The cluster's running workers, as EC2 knows them by name; empty when it knows none or may not say.</param>
internal sealed record ClusterEvidence(string Context, IReadOnlySet<string> Nodes, IReadOnlySet<string> Workers)
{
    /// <summary>One node list, and the filters by which a cluster's workers are found, side by side.</summary>
    public static async Task<ClusterEvidence> ReadAsync(
        IEc2 ec2, ICluster cluster, string clusterName, IReporter reporter, CancellationToken cancellationToken)
    {
        var workers = WorkersAsync(ec2, clusterName, reporter, cancellationToken);
        var nodes = NodesAsync(cluster, cancellationToken);
        await Task.WhenAll(workers, nodes).ConfigureAwait(false);
        return new ClusterEvidence(cluster.Context, await nodes.ConfigureAwait(false), await workers.ConfigureAwait(false));
    }

    /// <summary>What speaks against the volumes being this cluster's; empty when it is shown that they are.</summary>
    /// <remarks>EC2's word about the cluster comes first, since it is of now. Only a cluster of which EC2 knows no worker goes by the
    /// instances that the piped volumes were made for.</remarks>
    public IEnumerable<EbsPvException> Refusals(RemovalRequest request)
    {
        if (Nodes.Count == 0) return [RemovalErrors.NotVerified(request, request.Volumes, Context, "it has no node on EC2")];
        if (Workers.Overlaps(Nodes)) return [];
        if (Workers.Count > 0) return [RemovalErrors.Mismatch(request, request.Volumes, Context, Workers)];
        return ByVolume(request);
    }

    private IEnumerable<EbsPvException> ByVolume(RemovalRequest request)
    {
        var unknown = request.Volumes.Where(volume => volume.InstanceId.Count == 0).ToList();
        if (unknown.Count > 0) yield return RemovalErrors.NotVerified(request, unknown, Context, "EC2 shows no running worker of it, and the volumes do not say for which workers they were made");
        foreach (var volume in request.Volumes.Where(volume => volume.InstanceId.Count > 0 && !volume.InstanceId.Any(Nodes.Contains)))
            yield return RemovalErrors.Mismatch(request, [volume], Context, volume.InstanceId);
    }

    private static async Task<IReadOnlySet<string>> NodesAsync(ICluster cluster, CancellationToken cancellationToken)
    {
        var instances = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var node in cluster.ListNodesAsync(cancellationToken).ConfigureAwait(false))
            if (node.InstanceId is { } instance)
                instances.Add(instance);
        return instances;
    }

    /// <summary>The cluster's running workers, as EC2 knows them by name; none when it may not say.</summary>
    public static async Task<IReadOnlySet<string>> WorkersAsync(
        IEc2 ec2, string clusterName, IReporter reporter, CancellationToken cancellationToken)
    {
        try
        {
            var workers = await WorkerZoneFinder.FindWorkersAsync(ec2, clusterName, cancellationToken).ConfigureAwait(false);
            return workers.Select(worker => worker.InstanceId).ToHashSet(StringComparer.Ordinal);
        }
        catch (EbsPvException denied) when (denied.Kind == ErrorKind.PermissionDenied)
        {
            reporter.Verbose($"The cluster's instances stay unknown: {denied.Message}");
            return new HashSet<string>();
        }
    }
}
