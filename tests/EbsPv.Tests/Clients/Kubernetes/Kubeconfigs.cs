using EbsPv.Clients.Kubernetes;
using EbsPv.Ports;
using EbsPv.Tests.Support;

namespace EbsPv.Tests.Clients.Kubernetes;

/// <summary>Kubeconfig files as texts.</summary>
internal static class Kubeconfigs
{
    /// <param name="server">Address of the API server.</param>
    /// <param name="cluster">Further lines of the cluster, without indentation.</param>
    /// <param name="user">Lines of the user.</param>
    public static string Text(string server, string cluster = "", string user = "token: " + PrivateSurroundings.KubeToken) => $$"""
        apiVersion: v1
        kind: Config
        current-context: ctx
        contexts:
        - name: ctx
          context: {cluster: cluster.local, user: me}
        clusters:
        - name: cluster.local
          cluster:
            server: {{server}}
            {{Indented(cluster)}}
        users:
        - name: me
          user:
            {{Indented(user)}}
        """;

    public static Kubeconfig Read(params string[] texts)
    {
        using var folder = new TemporaryFolder();
        var config = new Kubeconfig();
        for (var index = 0; index < texts.Length; index++) KubeconfigReader.MergeFile(config, folder.Write($"config{index}", texts[index]));
        return config;
    }

    public static Kubeconfig? Load(string path) => KubeconfigLocator.Load(new KubeOptions(Kubeconfig: path));

    private static string Indented(string lines) => lines.ReplaceLineEndings("\n    ");
}
