namespace EbsPv.Clients.Kubernetes;

/// <summary>A command that prints a token or a certificate, as EKS' kubeconfigs name one.</summary>
internal sealed record ExecPlugin(
    string Command,
    IReadOnlyList<string> Arguments,
    IReadOnlyList<KeyValuePair<string, string>> Environment,
    string ApiVersion,
    bool ProvideClusterInfo)
{
    /// <summary>How to come by the command, in the kubeconfig's words; null when it has none.</summary>
    public string? InstallHint { get; init; }

    /// <summary>Whether it asks its user something, for which it gets no terminal here.</summary>
    public bool NeedsTerminal { get; init; }

    /// <summary>The cluster that the token is for: of <c>aws eks get-token</c>, or of <c>aws-iam-authenticator token</c>; null for others.</summary>
    public string? ClusterName => Argument("--cluster-name") ?? (IsIamAuthenticator ? Argument("--cluster-id") ?? Argument("-i") : null);

    private bool IsIamAuthenticator => Path.GetFileNameWithoutExtension(Command) is "aws-iam-authenticator" or "heptio-authenticator-aws";

    /// <summary>The value after an argument such as --cluster-name; null when it is not there.</summary>
    public string? Argument(string name)
    {
        for (var index = 0; index < Arguments.Count; index++)
        {
            if (Arguments[index] == name && index + 1 < Arguments.Count) return Arguments[index + 1];
            if (Arguments[index].StartsWith($"{name}=", StringComparison.Ordinal)) return Arguments[index][(name.Length + 1)..];
        }

        return null;
    }
}
