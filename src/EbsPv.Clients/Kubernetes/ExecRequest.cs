using System.Text.Json.Nodes;

namespace EbsPv.Clients.Kubernetes;

/// <summary>What a credential command is told in KUBERNETES_EXEC_INFO.</summary>
internal static class ExecRequest
{
    public const string Variable = "KUBERNETES_EXEC_INFO";

    public static string For(ExecPlugin plugin, KubeconfigCluster cluster)
    {
        var spec = new JsonObject { ["interactive"] = false };
        if (plugin.ProvideClusterInfo) spec["cluster"] = Info(cluster);
        return new JsonObject { ["apiVersion"] = plugin.ApiVersion, ["kind"] = "ExecCredential", ["spec"] = spec }.ToJsonString();
    }

    private static JsonObject Info(KubeconfigCluster cluster)
    {
        var info = new JsonObject { ["server"] = cluster.Server };
        if (cluster.TlsServerName is { } name) info["tls-server-name"] = name;
        if (cluster.SkipTlsVerify) info["insecure-skip-tls-verify"] = true;
        if (cluster.CertificateAuthority is { } authority) info["certificate-authority-data"] = Convert.ToBase64String(authority);
        if (cluster.ProxyUrl is { } proxy) info["proxy-url"] = proxy;
        info["config"] = cluster.ExecConfig is { } config ? JsonNode.Parse(config) : null;
        return info;
    }
}
