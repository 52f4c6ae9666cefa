using EbsPv.Defaults;
using EbsPv.Errors;
using EbsPv.Ports;
using EbsPv.Removal;
using EbsPv.Zones;

namespace EbsPv.Storage;

/// <summary>Whether EC2's volumes and Kubernetes' PersistentVolumes are of one cluster: the instances behind the nodes say so.</summary>
/// <param name="ClusterName">The cluster, as EC2 knows it.</param>
/// <param name="Context">The kube context.</param>
/// <param name="Workers">The cluster's running workers, as EC2 knows them by name; empty when it knows none or may not say.</param>
/// <param name="Nodes">Instances behind the nodes.</param>
public sealed record ClusterIdentity(string ClusterName, string Context, IReadOnlyList<WorkerInstance> Workers, IReadOnlySet<string> Nodes)
{
    /// <summary>The region that EC2 was asked in.</summary>
    public string Region { get; init; } = "";

    /// <summary>Why EC2 may not be asked for the workers; null when it may.</summary>
    public EbsPvException? Denial { get; init; }

    /// <summary>The refusal where the nodes are in another region than EC2 was asked in; null where they are not, or nothing says so.</summary>
    public EbsPvException? Elsewhere { get; init; }

    /// <summary>True or false where both sides are known; null where nothing shows it.</summary>
    public bool? IsSame => Workers.Count == 0 || Nodes.Count == 0 ? null : Workers.Any(worker => Nodes.Contains(worker.InstanceId));

    /// <summary>How the cluster is run; Unknown where the workers say nothing or contradict each other.</summary>
    public ClusterKind Kind => Workers.Select(WorkerRules.KindOf).Distinct().ToList() is [var one] ? one : ClusterKind.Unknown;

    /// <summary>The instances that EC2 knows as the cluster's, beside the nodes.</summary>
    public static async Task<ClusterIdentity> ReadAsync(
        IEc2 ec2, string clusterName, string context, IReadOnlyList<ClusterNode> nodes, IReporter reporter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(nodes);
        var (workers, denial) = await ClusterWorkers.ReadAsync(ec2, clusterName, reporter, cancellationToken).ConfigureAwait(false);
        return new ClusterIdentity(clusterName, context, workers, nodes.Select(node => node.InstanceId).OfType<string>().ToHashSet(StringComparer.Ordinal))
        {
            Region = ec2.Region,
            Denial = denial,
            Elsewhere = NodeRegion.Refusal(nodes, ec2.Region, context),
        };
    }

    /// <summary>Refuses to join two clusters, and warns where nothing shows that it is one.</summary>
    /// <exception cref="EbsPvException">ClusterMismatch.</exception>
    public void Check(IReporter reporter)
    {
        ArgumentNullException.ThrowIfNull(reporter);
        if (IsSame == true) return;
        if (Elsewhere is not null) throw Elsewhere;
        if (IsSame == false) throw Mismatch();
        reporter.Warning($"ClusterNotVerified: nothing shows that the volumes of '{Escaped.Text(ClusterName)}' belong to the cluster behind the kube context '{Escaped.Text(Context)}': "
            + $"{Why()} If they do not, every volume looks as if nothing stood for it.");
    }

    private string Why()
    {
        if (Nodes.Count == 0) return "it has no node on EC2.";
        return Denial is null ? $"EC2 shows no running worker of it in {Region}." : $"EC2 does not tell which instances are its workers. {Denial.Message}";
    }

    private EbsPvException Mismatch() => new(
        ErrorKind.InvalidState,
        ErrorIds.ClusterMismatch,
        $"The cluster '{Escaped.Text(ClusterName)}' runs on {string.Join(", ", Workers.Select(worker => worker.InstanceId).Order(StringComparer.Ordinal).Take(3))}, and none of its instances is a node behind the kube "
        + $"context '{Escaped.Text(Context)}': the volumes of one cluster would be held against the PersistentVolumes of another.")
    {
        Target = ClusterName,
        RecommendedAction = $"Choose the context of '{Escaped.Text(ClusterName)}' with -Context, or the cluster with -ClusterName; when you are sure that they belong together, -SkipClusterCheck does without this check.",
    };
}
