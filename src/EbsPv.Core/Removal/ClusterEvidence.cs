using EbsPv.Errors;
using EbsPv.Ports;

namespace EbsPv.Removal;

/// <summary>Whether the cluster behind a kube context is the one whose volumes are to be removed: Kubernetes cannot be asked for its EC2
/// account, but the instances behind its nodes are also EC2's.</summary>
/// <param name="Context">The kube context.</param>
/// <param name="Nodes">Instances behind its nodes.</param>
/// <param name="Workers">The cluster's running workers.</param>
internal sealed record ClusterEvidence(string Context, IReadOnlySet<string> Nodes, ClusterWorkers Workers)
{
    /// <summary>One node list, and the filters by which a cluster's workers are found, side by side.</summary>
    public static async Task<ClusterEvidence> ReadAsync(
        IEc2 ec2, ICluster cluster, string clusterName, IReporter reporter, CancellationToken cancellationToken)
    {
        var workers = ClusterWorkers.ReadAsync(ec2, clusterName, reporter, cancellationToken);
        var nodes = NodesAsync(cluster, cancellationToken);
        await Task.WhenAll(workers, nodes).ConfigureAwait(false);
        return new ClusterEvidence(cluster.Context, await nodes.ConfigureAwait(false), await workers.ConfigureAwait(false)) { Region = ec2.Region };
    }

    /// <summary>The region that EC2 was asked in.</summary>
    public string Region { get; init; } = "";

    /// <summary>What speaks against it; null when it is shown to be the cluster that is meant.</summary>
    public EbsPvException? Refusal(ClusterSubject subject)
    {
        if (Nodes.Count == 0) return ClusterCheckErrors.NotVerified(subject, Context, "it has no node on EC2");
        if (Workers.InstanceIds.Overlaps(Nodes)) return null;
        if (Workers.InstanceIds.Count > 0) return ClusterCheckErrors.Mismatch(subject, Context, Workers.InstanceIds);
        return Workers.Denial is { } denial
            ? ClusterCheckErrors.Unknown(subject, denial)
            : ClusterCheckErrors.NotVerified(subject, Context, $"EC2 shows no running worker of it in {Region}");
    }

    /// <summary>What speaks against the volumes being this cluster's; empty when it is shown that they are.</summary>
    /// <remarks>EC2's word about the cluster comes first, since it is of now. Only a cluster of which EC2 knows no worker goes by the
    /// instances that the piped volumes were made for.</remarks>
    public IEnumerable<EbsPvException> Refusals(RemovalRequest request)
    {
        if (Nodes.Count > 0 && Workers.InstanceIds.Count == 0) return ByVolume(request);
        return Refusal(RemovalErrors.Subject(request, request.Volumes)) is { } refusal ? [refusal] : [];
    }

    private IEnumerable<EbsPvException> ByVolume(RemovalRequest request)
    {
        var unknown = request.Volumes.Where(volume => volume.InstanceId.Count == 0).ToList();
        if (unknown.Count > 0 && Workers.Denial is { } denial) yield return ClusterCheckErrors.Unknown(RemovalErrors.Subject(request, unknown), denial);
        else if (unknown.Count > 0)
            yield return ClusterCheckErrors.NotVerified(
                RemovalErrors.Subject(request, unknown), Context, $"EC2 shows no running worker of it in {Region}, and the volumes do not say for which workers they were made");
        foreach (var volume in request.Volumes.Where(volume => volume.InstanceId.Count > 0 && !volume.InstanceId.Any(Nodes.Contains)))
            yield return ClusterCheckErrors.Mismatch(RemovalErrors.Subject(request, [volume]), Context, volume.InstanceId);
    }

    private static async Task<IReadOnlySet<string>> NodesAsync(ICluster cluster, CancellationToken cancellationToken)
    {
        var instances = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var node in cluster.ListNodesAsync(cancellationToken).ConfigureAwait(false))
            if (node.InstanceId is { } instance)
                instances.Add(instance);
        return instances;
    }
}
