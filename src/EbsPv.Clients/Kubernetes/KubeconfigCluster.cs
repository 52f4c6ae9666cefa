namespace EbsPv.Clients.Kubernetes;

/// <summary>A cluster entry of a kubeconfig.</summary>
internal sealed record KubeconfigCluster(string Name, string Server)
{
    public byte[]? CertificateAuthority { get; init; }

    /// <summary>The file that has it, where the kubeconfig itself has not; null for none.</summary>
    public string? CertificateAuthorityFile { get; init; }

    public bool SkipTlsVerify { get; init; }

    public string? TlsServerName { get; init; }

    public string? ProxyUrl { get; init; }

    /// <summary>What the cluster has to tell its users' commands, as JSON; null for nothing.</summary>
    public string? ExecConfig { get; init; }
}
