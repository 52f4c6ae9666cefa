namespace EbsPv.Module.Tests.Backends;

/// <summary>An EC2 and a Kubernetes that scenarios run against.</summary>
public interface IBackend
{
    public const string Cluster = "proyecto.k8s.local";
    public const string Region = "eu-west-1";
    public const string ZoneA = Region + "a";
    public const string ZoneB = Region + "b";
    public const string ZoneC = Region + "c";

    /// <summary>Why it cannot be used here; null when it can.</summary>
    string? Missing { get; }

    /// <summary>The environment that a user would set.</summary>
    IReadOnlyDictionary<string, string?> Variables { get; }

    /// <summary>EC2 as anyone can ask it, without the module.</summary>
    Ec2Http Ec2 { get; }

    /// <summary>Kubernetes as anyone can ask it, without the module.</summary>
    KubeHttp Kube { get; }

    /// <summary>A kubeconfig of a user who has one role of docs/rbac and no other, or none at all.</summary>
    /// <param name="role">The role, as its file is called; null for none.</param>
    Task<string> KubeconfigAsync(string? role);

    /// <summary>Id of the volume of etcd, which is detached.</summary>
    string EtcdVolume { get; }

    /// <summary>Back to the cluster with workers in the zones b and c, with no volumes of its own.</summary>
    Task ResetAsync();

    /// <summary>A worker joins, in EC2 and in Kubernetes.</summary>
    Task AddWorkerAsync(string zone);

    /// <summary>The nodes of a zone are Ready, or silent.</summary>
    Task SetReadyAsync(string zone, bool ready);

    /// <summary>An instance takes a volume, as the storage driver would make it.</summary>
    Task AttachAsync(string volumeId, string instanceId);
}
