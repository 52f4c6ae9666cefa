namespace EbsPv.Clients.Kubernetes;

/// <summary>What a pod is given to reach its own cluster: two variables and the files of its service account.</summary>
/// <param name="folder">Where the files are.</param>
internal sealed class PodSurroundings(string folder)
{
    /// <summary>What the context is called that no kubeconfig names.</summary>
    public const string Context = "in-cluster";

    public const string Folder = "/var/run/secrets/kubernetes.io/serviceaccount";

    private static string? Host => Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_HOST");

    private static string? Port => Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_PORT");

    public bool AreThere => !string.IsNullOrEmpty(Host) && !string.IsNullOrEmpty(Port) && File.Exists(At("token"));

    /// <summary>The namespace that the pod is in; null when it is not told.</summary>
    public string? Namespace => File.Exists(At("namespace")) && File.ReadAllText(At("namespace")).Trim() is { Length: > 0 } name ? name : null;

    public KubeconfigCluster Cluster => new(Context, $"https://{(Host!.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host)}:{Port}")
    {
        CertificateAuthority = File.Exists(At("ca.crt")) ? File.ReadAllBytes(At("ca.crt")) : null,
    };

    public KubeconfigUser User => new("service account") { TokenFile = At("token") };

    private string At(string name) => Path.Combine(folder, name);
}
