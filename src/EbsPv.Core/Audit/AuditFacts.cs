using EbsPv.Ports;
using EbsPv.Pricing;
using EbsPv.Storage;

namespace EbsPv.Audit;

/// <summary>What an audit judges by, read once.</summary>
public sealed record AuditFacts
{
    /// <summary>The cluster's storage, as Kubernetes says.</summary>
    public required StorageFacts Storage { get; init; }

    /// <summary>The region that is asked.</summary>
    public required string Region { get; init; }

    /// <summary>The cluster.</summary>
    public required string ClusterName { get; init; }

    /// <summary>The kube context.</summary>
    public required string Context { get; init; }

    /// <summary>How the cluster is run.</summary>
    public ClusterKind Kind { get; init; }

    /// <summary>Whether it is shown that EC2's volumes and Kubernetes' PersistentVolumes are of one cluster: without that, a volume that nothing
    /// stands for is not judged.</summary>
    public bool IsVerified { get; init; } = true;

    /// <summary>Drivers that the cluster has an object for.</summary>
    public IReadOnlySet<string> Drivers { get; init; } = new HashSet<string>();

    /// <summary>Drivers that are registered on a node, by its name.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> DriversByNode { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Minor version of the server.</summary>
    public int MinorVersion { get; init; } = int.MaxValue;

    /// <summary>What makes pods that mount claims.</summary>
    public IReadOnlyList<Workload> Workloads { get; init; } = [];

    /// <summary>What volumes cost.</summary>
    public VolumePrices Prices { get; init; } = VolumePrices.Read(null);

    /// <summary>The time that ages are counted to.</summary>
    public DateTimeOffset Now { get; init; }

    /// <summary>How old the newest snapshot may be; null when nobody asks.</summary>
    public TimeSpan? SnapshotAge { get; init; }
}
