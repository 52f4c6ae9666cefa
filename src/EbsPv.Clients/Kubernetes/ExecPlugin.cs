namespace EbsPv.Clients.Kubernetes;

/// <summary>A command that prints a token, as EKS' kubeconfigs name one.</summary>
internal sealed record ExecPlugin(
    string Command,
    IReadOnlyList<string> Arguments,
    IReadOnlyList<KeyValuePair<string, string>> Environment,
    string ApiVersion,
    bool ProvideClusterInfo)
{
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
