namespace EbsPv.Clients.Kubernetes;

/// <summary>A user entry of a kubeconfig. It holds secrets: it has no text of its own.</summary>
internal sealed record KubeconfigUser(string Name)
{
    public const string ImpersonateUser = "Impersonate-User";

    public string? Token { get; init; }

    public string? TokenFile { get; init; }

    public string? Username { get; init; }

    public string? Password { get; init; }

    public byte[]? ClientCertificate { get; init; }

    /// <summary>The file that has it, where the kubeconfig itself has not; null for none.</summary>
    public string? ClientCertificateFile { get; init; }

    public byte[]? ClientKey { get; init; }

    /// <summary>The file that has it, where the kubeconfig itself has not; null for none.</summary>
    public string? ClientKeyFile { get; init; }

    public ExecPlugin? Exec { get; init; }

    /// <summary>Headers of who is meant, the user first; empty for the user itself.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Impersonation { get; init; } = [];

    /// <summary>A way to log in that only kubectl of old had; null for none.</summary>
    public string? AuthProvider { get; init; }

    public bool HasCredentials => (Token ?? TokenFile ?? Username ?? ClientCertificateFile) is not null || Exec is not null || ClientCertificate is not null;

    public override string ToString() => Name;
}
