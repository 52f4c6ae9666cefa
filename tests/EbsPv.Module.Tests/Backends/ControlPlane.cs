using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using EbsPv.Module.Tests.Engine;
using EbsPv.Module.Tests.Rbac;

namespace EbsPv.Module.Tests.Backends;

/// <summary>A real etcd, kube-apiserver and kube-controller-manager on this machine, from the folder in KUBEBUILDER_ASSETS.</summary>
public sealed class ControlPlane : IAsyncDisposable
{
    private const string Administrator = "admin";

    private readonly string _folder = TestProcess.NewFolder("kubernetes");
    private readonly Dictionary<string, string> _tokens = Users.ToDictionary(user => user, _ => Convert.ToHexString(RandomNumberGenerator.GetBytes(16)));
    private readonly List<ServerProcess> _servers = [];
    private readonly int _port = ServerProcess.FreePort();
    private readonly int _etcdPort = ServerProcess.FreePort();
    private ServerProcess? _apiServer;

    private ControlPlane()
    {
    }

    /// <summary>Why there can be none on this machine; null when there can.</summary>
    public static string? Missing
    {
        get
        {
            if (string.IsNullOrEmpty(Assets)) return "KUBEBUILDER_ASSETS names no folder with etcd, kube-apiserver and kube-controller-manager: what needs real servers cannot run.";
            var lacking = new[] { "etcd", "kube-apiserver", "kube-controller-manager" }.Where(name => !File.Exists(Path.Combine(Assets, name))).ToList();
            return lacking.Count == 0 ? null : $"KUBEBUILDER_ASSETS ({Assets}) lacks {string.Join(", ", lacking)}: what needs real servers cannot run.";
        }
    }

    public KubeHttp Http { get; private set; } = null!;

    public ServerProcess ApiServer => _apiServer!;

    public ServerProcess Etcd { get; private set; } = null!;

    public string Kubeconfig => KubeconfigOf(Administrator);

    private static string? Assets => Environment.GetEnvironmentVariable("KUBEBUILDER_ASSETS");

    private static IEnumerable<string> Users => ClusterRoles.Names.Select(ClusterRoles.UserOf).Append(ClusterRoles.Nobody).Append(Administrator);

    private string Certificate => Path.Combine(_folder, "certs", "apiserver.crt");

    public static async Task<ControlPlane> StartAsync()
    {
        var plane = new ControlPlane();
        try
        {
            await plane.StartServersAsync();
            return plane;
        }
        catch
        {
            await plane.DisposeAsync();
            throw;
        }
    }

    /// <summary>The kubeconfig of a user: the administrator, one with one role of docs/rbac, or one with none.</summary>
    public string KubeconfigOf(string user) => Path.Combine(_folder, $"kubeconfig-{user}");

    public async ValueTask DisposeAsync()
    {
        // The controllers first, etcd last: nobody then writes into their logs that the others are gone.
        foreach (var server in Enumerable.Reverse(_servers)) await server.DisposeAsync();
    }

    /// <summary>The API server, at its first start and after it has ended: the same port, the same certificate, the same state.</summary>
    public void StartApiServer() => _apiServer = Start(
        "kube-apiserver", "--etcd-servers", $"http://127.0.0.1:{_etcdPort}", "--secure-port", $"{_port}", "--bind-address", "127.0.0.1",
        "--cert-dir", Path.Combine(_folder, "certs"), "--service-account-issuer", "https://localhost", "--service-account-signing-key-file", "sa.key",
        "--service-account-key-file", "sa.key", "--token-auth-file", "tokens.csv", "--authorization-mode", "RBAC",
        "--service-cluster-ip-range", "10.0.0.0/24", "--disable-admission-plugins", "ServiceAccount", "--allow-privileged");

    private async Task StartServersAsync()
    {
        await WriteKeysAsync();
        Etcd = Start(
            "etcd", "--data-dir", Path.Combine(_folder, "etcd"), "--listen-client-urls", $"http://127.0.0.1:{_etcdPort}",
            "--advertise-client-urls", $"http://127.0.0.1:{_etcdPort}", "--listen-peer-urls", $"http://127.0.0.1:{ServerProcess.FreePort()}", "--unsafe-no-fsync");
        StartApiServer();
        await WaitUntilReadyAsync(ApiServer);
        await WriteKubeconfigsAsync();
        await GiveRolesAsync();
        // Its binder looks at claims that did not change themselves every 15 seconds: here every second, as swaps wait for it twice.
        Start(
            "kube-controller-manager", "--kubeconfig", Kubeconfig, "--controllers",
            "persistentvolume-binder,persistentvolume-expander,pv-protection,pvc-protection,attachdetach", "--pvclaimbinder-sync-period=1s", "--leader-elect=false",
            "--service-account-private-key-file", "sa.key", "--bind-address", "127.0.0.1", "--port", "0", "--kube-api-qps", "500",
            "--kube-api-burst", "1000", "--secure-port", $"{ServerProcess.FreePort()}", "--cert-dir", Path.Combine(_folder, "cmcerts"));
    }

    private ServerProcess Start(string program, params string[] arguments)
    {
        var server = ServerProcess.Start(_folder, Path.Combine(Assets!, program), arguments);
        _servers.Add(server);
        return server;
    }

    private async Task WriteKeysAsync()
    {
        using var key = RSA.Create(2048);
        await File.WriteAllTextAsync(Path.Combine(_folder, "sa.key"), key.ExportRSAPrivateKeyPem());
        await File.WriteAllTextAsync(Path.Combine(_folder, "tokens.csv"), string.Concat(_tokens.Select(user => $"{user.Value},{user.Key},{user.Key}{(user.Key == Administrator ? ",system:masters" : "")}\n")));
    }

    private async Task WaitUntilReadyAsync(ServerProcess server)
    {
        try
        {
            await Until.TrueAsync("kube-apiserver is ready", async () =>
            {
                if (!File.Exists(Certificate)) return false;
                Http ??= new KubeHttp(new Uri($"https://127.0.0.1:{_port}/"), _tokens[Administrator], Authority());
                return await Http.IsReadyAsync();
            });
        }
        catch (TimeoutException late)
        {
            throw new InvalidOperationException($"{late.Message}\n{server.Tail}", late);
        }
    }

    private X509Certificate2Collection Authority()
    {
        var authority = new X509Certificate2Collection();
        authority.ImportFromPemFile(Certificate);
        return authority;
    }

    private async Task GiveRolesAsync()
    {
        foreach (var role in ClusterRoles.Names)
        {
            var made = await Http.CreateFromYamlAsync($"{KubeHttp.Rbac}/clusterroles", ClusterRoles.Text(role));
            await Http.CreateAsync($"{KubeHttp.Rbac}/clusterrolebindings", KubeObjects.RoleBinding(made["metadata"]!["name"]!.GetValue<string>(), ClusterRoles.UserOf(role)));
        }
    }

    private async Task WriteKubeconfigsAsync()
    {
        var authority = Convert.ToBase64String(Encoding.ASCII.GetBytes(await File.ReadAllTextAsync(Certificate)));
        foreach (var (user, token) in _tokens) await File.WriteAllTextAsync(KubeconfigOf(user), KubeconfigText(authority, user, token));
    }

    private string KubeconfigText(string authority, string user, string token) => $"""
        apiVersion: v1
        kind: Config
        current-context: {IBackend.Cluster}
        clusters:
        - name: {IBackend.Cluster}
          cluster:
            server: https://127.0.0.1:{_port}
            certificate-authority-data: {authority}
        contexts:
        - name: {IBackend.Cluster}
          context:
            cluster: {IBackend.Cluster}
            user: {user}
        users:
        - name: {user}
          user:
            token: {token}

        """;
}
