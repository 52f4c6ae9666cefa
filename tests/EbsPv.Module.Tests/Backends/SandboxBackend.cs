using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using EbsPv.Module.Tests.Engine;
using EbsPv.Module.Tests.Rbac;
using EbsPv.Sandbox.Kubernetes.Rbac;
using Xunit;

namespace EbsPv.Module.Tests.Backends;

/// <summary>The sandbox as a process of its own, which ends with this one.</summary>
public sealed class SandboxBackend : IBackend, IAsyncLifetime
{
    public const Ability Can = Ability.All;
    public const string CollectionName = "sandbox";

    private Process _process = null!;
    private Dictionary<string, string?> _variables = null!;

    public string? Missing => null;

    public IReadOnlyDictionary<string, string?> Variables => _variables;

    public Ec2Http Ec2 { get; private set; } = null!;

    public KubeHttp Kube { get; private set; } = null!;

    public SandboxAdmin Admin { get; private set; } = null!;

    public string EtcdVolume => "vol-0e7cd0a1b2c3d4e5f";

    public async ValueTask InitializeAsync()
    {
        var ready = await StartAsync();
        var ec2 = new Uri(ready["ec2Url"]!.GetValue<string>());
        Ec2 = new Ec2Http(ec2);
        var kubeconfig = ready["kubeconfig"]!.GetValue<string>();
        Kube = new KubeHttp(new Uri(ready["kubernetesUrl"]!.GetValue<string>()), "sandbox", await AuthorityAsync(kubeconfig));
        Admin = new SandboxAdmin(ec2);
        _variables = new Dictionary<string, string?>
        {
            ["AWS_ENDPOINT_URL"] = ec2.GetLeftPart(UriPartial.Authority),
            ["AWS_REGION"] = IBackend.Region,
            ["AWS_ACCESS_KEY_ID"] = "sandbox",
            ["AWS_SECRET_ACCESS_KEY"] = "sandbox",
            ["KUBECONFIG"] = kubeconfig,
        };
    }

    /// <summary>The seed, with volumes, snapshots and changes that are there at the first look and without EC2's rates.</summary>
    public async Task ResetAsync()
    {
        await Admin.ResetAsync();
        await Admin.SetAsync(new { createTime = "00:00:00", snapshotTime = "00:00:00", modifyTime = "00:00:00", rateLimits = false });
    }

    public Task<string> KubeconfigAsync(string? role) => KubeconfigAsync(role is null ? new RoleFile(ClusterRoles.Nobody, []) : ClusterRoles.Load(role));

    /// <summary>A kubeconfig of a user who has that role, as it is given here.</summary>
    public async Task<string> KubeconfigAsync(RoleFile role)
    {
        var token = Guid.NewGuid().ToString("N");
        await Admin.SetKubernetesAsync(new { tokens = new Dictionary<string, object> { [token] = new { name = role.Name, rules = role.Rules } } });
        var path = Path.Combine(TestProcess.NewFolder("user"), "kubeconfig");
        await File.WriteAllTextAsync(path, (await File.ReadAllTextAsync(_variables["KUBECONFIG"]!)).Replace("token: sandbox", $"token: {token}", StringComparison.Ordinal));
        return path;
    }

    public async Task AddWorkerAsync(string zone)
    {
        var instance = await Admin.AddInstanceAsync(new
        {
            availabilityZones = new[] { zone },
            securityGroups = new[] { $"nodes.{IBackend.Cluster}" },
            tags = new Dictionary<string, string> { ["KubernetesCluster"] = IBackend.Cluster, ["k8s.io/role/node"] = "1" },
        });
        await KubeObjects.AddNodeAsync(Kube, $"added-{zone}", zone, instance);
    }

    public Task SetReadyAsync(string zone, bool ready) => KubeObjects.SetReadyAsync(Kube, zone, ready);

    public Task AttachAsync(string volumeId, string instanceId) => Admin.ChangeVolumeAsync(volumeId, new { attachTo = instanceId });

    public async ValueTask DisposeAsync()
    {
        // Its lifeline.
        _process.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private static async Task<X509Certificate2Collection> AuthorityAsync(string kubeconfig)
    {
        const string Key = "certificate-authority-data: ";
        var line = (await File.ReadAllLinesAsync(kubeconfig)).Single(line => line.Contains(Key, StringComparison.Ordinal));
        var authority = new X509Certificate2Collection();
        authority.ImportFromPem(Encoding.ASCII.GetString(Convert.FromBase64String(line.Trim()[Key.Length..])));
        return authority;
    }

    private async Task<JsonNode> StartAsync()
    {
        var file = Path.Combine(TestProcess.NewFolder("sandbox"), "ready.json");
        var start = new ProcessStartInfo("dotnet", [Checkout.Sandbox, "serve", "--ready-file", file, "--stdin-lifeline"])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true,
        };
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        var text = await Until.NotNullAsync("the sandbox is ready", async () =>
        {
            if (_process.HasExited) throw new InvalidOperationException($"The sandbox ended with {_process.ExitCode}.");
            return File.Exists(file) ? await File.ReadAllTextAsync(file) : null;
        });
        return JsonNode.Parse(text)!;
    }
}
