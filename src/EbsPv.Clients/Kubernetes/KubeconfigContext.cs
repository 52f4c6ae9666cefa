namespace EbsPv.Clients.Kubernetes;

/// <summary>A context of a kubeconfig: which cluster, as which user.</summary>
internal sealed record KubeconfigContext(string Name, string Cluster, string User)
{
    public string? Namespace { get; init; }
}
