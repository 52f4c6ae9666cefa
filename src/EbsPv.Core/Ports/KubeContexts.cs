namespace EbsPv.Ports;

/// <summary>The contexts of the kubeconfig.</summary>
/// <param name="Current">The one in use: the one asked for, else the current one; null when there is none.</param>
/// <param name="All">All of them.</param>
public sealed record KubeContexts(KubeContextInfo? Current, IReadOnlyList<KubeContextInfo> All)
{
    /// <summary>No kubeconfig.</summary>
    public static KubeContexts None { get; } = new(null, []);
}
