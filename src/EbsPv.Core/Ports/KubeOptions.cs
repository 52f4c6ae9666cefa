namespace EbsPv.Ports;

/// <summary>Which cluster to talk to, and as whom.</summary>
/// <param name="Context">Context of the kubeconfig; null for the current one.</param>
/// <param name="Kubeconfig">Path of the file; null for KUBECONFIG, ~/.kube/config or the pod's service account.</param>
/// <param name="SkipCertificateCheck">Consent to a kubeconfig that switches certificate checks off.</param>
public sealed record KubeOptions(string? Context = null, string? Kubeconfig = null, bool SkipCertificateCheck = false)
{
    /// <summary>The role of docs/rbac that holds what the caller needs: an error about a missing permission names its file.</summary>
    public string Role { get; init; } = "read";

    /// <summary>Where the relative paths of KUBECONFIG count from, as they do for kubectl when the shell starts it there; null for the process's own folder.</summary>
    public string? Folder { get; init; }
}
