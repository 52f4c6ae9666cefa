namespace EbsPv.Ports;

/// <summary>What a kube context says about its cluster, read from the file without a call.</summary>
/// <param name="Name">Name of the context.</param>
/// <param name="ClusterName">The cluster's name: EKS' from the arguments of its token command or its ARN, else the entry's name.</param>
/// <param name="Region">The region of an EKS cluster; null for others.</param>
public sealed record KubeContextInfo(string Name, string? ClusterName, string? Region)
{
    /// <summary>The namespace that the context works in; null where it names none, which for kubectl is <c>default</c>.</summary>
    public string? Namespace { get; init; }
}
