using EbsPv.Sandbox.Ec2;

namespace EbsPv.Sandbox.Server;

/// <summary>The environment that points any shell's tools at a sandbox.</summary>
public static class ShellVariables
{
    public static IReadOnlyList<KeyValuePair<string, string>> For(SandboxServer server, string kubeconfig) =>
    [
        new("AWS_ENDPOINT_URL", server.Ec2Url.GetLeftPart(UriPartial.Authority)),
        new("AWS_ACCESS_KEY_ID", "sandbox"),
        new("AWS_SECRET_ACCESS_KEY", "sandbox"),
        new("AWS_REGION", KopsCluster.Region),
        new("AWS_DEFAULT_REGION", KopsCluster.Region),
        new("AWS_EC2_METADATA_DISABLED", "true"),
        new("KUBECONFIG", kubeconfig),
    ];

    public static string Describe(SandboxServer server, string kubeconfig)
    {
        var variables = For(server, kubeconfig);
        return $"""
            EC2 and STS   {server.Ec2Url}
            Kubernetes    {server.KubernetesUrl}

            # bash
            {string.Join('\n', variables.Select(variable => $"export {variable.Key}='{variable.Value}'"))}

            # PowerShell
            {string.Join('\n', variables.Select(variable => $"$env:{variable.Key} = '{variable.Value}'"))}

            Ctrl+C stops it.
            """;
    }
}
