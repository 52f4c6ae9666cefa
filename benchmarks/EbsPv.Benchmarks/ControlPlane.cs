using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using EbsPv.Module.Tests.Backends;

namespace EbsPv.Benchmarks;

/// <summary>A real control plane, from the folder in KUBEBUILDER_ASSETS, with one worker and the EBS CSI driver on it.</summary>
internal sealed class ControlPlane : IAsyncDisposable
{
    private static readonly string[] Programs = ["etcd", "kube-apiserver", "kube-controller-manager"];

    private readonly string _folder = Directory.CreateTempSubdirectory("ebspv-benchmark-").FullName;
    private readonly string _token = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
    private readonly List<ServerProcess> _servers = [];
    private readonly string _assets;
    private readonly int _port = ServerProcess.FreePort();

    private ControlPlane(string assets) => _assets = assets;

    public KubeHttp Http { get; private set; } = null!;

    public string Folder => _folder;

    public string Kubeconfig => Path.Combine(_folder, "kubeconfig");

    public static async Task<ControlPlane> StartAsync()
    {
        var assets = Environment.GetEnvironmentVariable("KUBEBUILDER_ASSETS");
        if (string.IsNullOrEmpty(assets) || !Array.TrueForAll(Programs, name => File.Exists(Path.Combine(assets, name))))
            throw new IOException($"KUBEBUILDER_ASSETS names no folder with {string.Join(", ", Programs)}.");
        var plane = new ControlPlane(assets);
        await plane.StartServersAsync();
        return plane;
    }

    /// <summary>What the servers have had of the processors, all together.</summary>
    public TimeSpan ProcessorTime => TimeSpan.FromTicks(_servers.Sum(server => server.ProcessorTime.Ticks));

    /// <summary>Removes all PersistentVolumes, so that each round begins with none.</summary>
    public async Task ClearAsync()
    {
        await Http.DeleteAsync(KubeHttp.Volumes);
        while ((await Http.PersistentVolumesAsync()).Count > 0) await Task.Delay(200);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in Enumerable.Reverse(_servers)) await server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task StartServersAsync()
    {
        var etcd = $"http://127.0.0.1:{ServerProcess.FreePort()}";
        using (var key = RSA.Create(2048)) await File.WriteAllTextAsync(Path.Combine(_folder, "sa.key"), key.ExportRSAPrivateKeyPem());
        await File.WriteAllTextAsync(Path.Combine(_folder, "tokens.csv"), $"{_token},admin,admin,system:masters\n");
        Start("etcd", "--data-dir", "etcd", "--listen-client-urls", etcd, "--advertise-client-urls", etcd, "--listen-peer-urls", $"http://127.0.0.1:{ServerProcess.FreePort()}", "--unsafe-no-fsync");
        Start(
            "kube-apiserver", "--etcd-servers", etcd, "--secure-port", _port.ToString(CultureInfo.InvariantCulture), "--bind-address", "127.0.0.1", "--cert-dir", "certs",
            "--service-account-issuer", "https://localhost", "--service-account-signing-key-file", "sa.key", "--service-account-key-file", "sa.key", "--token-auth-file", "tokens.csv",
            "--authorization-mode", "RBAC", "--service-cluster-ip-range", "10.0.0.0/24", "--disable-admission-plugins", "ServiceAccount", "--allow-privileged");
        await WaitUntilReadyAsync();
        Start(
            "kube-controller-manager", "--kubeconfig", Kubeconfig, "--controllers", "persistentvolume-binder,pv-protection", "--leader-elect=false", "--service-account-private-key-file", "sa.key",
            "--bind-address", "127.0.0.1", "--port", "0", "--kube-api-qps", "500", "--kube-api-burst", "1000",
            "--secure-port", ServerProcess.FreePort().ToString(CultureInfo.InvariantCulture), "--cert-dir", "cmcerts");
        await Http.CreateAsync("apis/storage.k8s.io/v1/csidrivers", KubeObjects.CsiDriver(Workers.Csi));
        await KubeObjects.AddNodeAsync(Http, "node", "eu-west-1b", "i-0b1c2d3e4f5061728");
    }

    private void Start(string program, params string[] arguments) => _servers.Add(ServerProcess.Start(_folder, Path.Combine(_assets, program), arguments));

    private async Task WaitUntilReadyAsync()
    {
        var certificate = Path.Combine(_folder, "certs", "apiserver.crt");
        while (!File.Exists(certificate)) await Task.Delay(100);
        var authority = new X509Certificate2Collection();
        authority.ImportFromPemFile(certificate);
        Http = new KubeHttp(new Uri($"https://127.0.0.1:{_port}/"), _token, authority);
        while (!await Http.IsReadyAsync()) await Task.Delay(100);
        var data = Convert.ToBase64String(Encoding.ASCII.GetBytes(await File.ReadAllTextAsync(certificate)));
        await File.WriteAllTextAsync(
            Kubeconfig,
            $"apiVersion: v1\nkind: Config\ncurrent-context: real\ncontexts: [{{name: real, context: {{cluster: real, user: admin}}}}]\n"
            + $"clusters: [{{name: real, cluster: {{server: 'https://127.0.0.1:{_port}', certificate-authority-data: {data}}}}}]\nusers: [{{name: admin, user: {{token: {_token}}}}}]\n");
    }
}
