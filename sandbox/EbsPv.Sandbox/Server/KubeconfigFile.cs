namespace EbsPv.Sandbox.Server;

/// <summary>A kubeconfig for the sandbox in a folder that only this user can read and that goes when the sandbox goes.</summary>
public sealed class KubeconfigFile : IDisposable
{
    public const string Context = "proyecto.k8s.local";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ebspv-sandbox-");

    public KubeconfigFile(SandboxServer server)
    {
        Path = System.IO.Path.Combine(_folder.FullName, "config");
        File.WriteAllText(Path, Text(server));
    }

    public string Path { get; }

    public void Dispose() => _folder.Delete(recursive: true);

    private static string Text(SandboxServer server) => $"""
        apiVersion: v1
        kind: Config
        current-context: {Context}
        clusters:
        - name: {Context}
          cluster:
            server: {server.KubernetesUrl.GetLeftPart(UriPartial.Authority)}
            certificate-authority-data: {Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(server.CertificateAuthority))}
        contexts:
        - name: {Context}
          context:
            cluster: {Context}
            user: {Context}
        users:
        - name: {Context}
          user:
            token: sandbox

        """;
}
