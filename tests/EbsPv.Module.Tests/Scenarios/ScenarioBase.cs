using System.Management.Automation;
using System.Text.Json.Nodes;
using EbsPv.Module.Tests.Backends;
using EbsPv.Module.Tests.Engine;
using Xunit;

namespace EbsPv.Module.Tests.Scenarios;

/// <summary>A fresh cluster and a fresh session for every scenario.</summary>
public abstract class ScenarioBase(IBackend backend) : IAsyncLifetime
{
    /// <summary>The line of the README, literally.</summary>
    protected const string Line = "Get-WorkerZone | New-ClusterEbsVolume -Size 10 | Register-EbsPersistentVolume";

    private ModuleSession? _session;

    protected IBackend Backend => backend;

    private protected ModuleSession Session => _session!;

    private protected Kubectl Kubectl => new(backend);

    public async ValueTask InitializeAsync()
    {
        if (backend.Missing is { } missing)
        {
            if (Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail(missing);
            Assert.Skip(missing);
        }

        await backend.ResetAsync();
        _session = new ModuleSession(backend.Variables);
    }

    public ValueTask DisposeAsync()
    {
        _session?.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    protected async Task<JsonNode> PersistentVolumeAsync(string name) =>
        await backend.Kube.FindAsync($"{KubeHttp.Volumes}/{name}") ?? throw new InvalidOperationException($"There is no PersistentVolume {name}.");

    protected Task<JsonNode> PhaseAsync(string name, string phase) => Until.NotNullAsync($"{name} is {phase}", async () =>
    {
        var volume = await PersistentVolumeAsync(name);
        return Phase(volume) == phase ? volume : null;
    });

    protected async Task<JsonNode> ClaimAsync(string name) =>
        await backend.Kube.FindAsync($"{KubeHttp.Claims}/{name}") ?? throw new InvalidOperationException($"There is no claim {name}.");

    /// <summary>A value at a dotted path, as text; null when nothing stands there.</summary>
    protected static string? Text(JsonNode item, string path)
    {
        var value = path.Split('.').Aggregate((JsonNode?)item, (node, step) => int.TryParse(step, out var index) ? node?[index] : node?[step]);
        return value is JsonValue ? value.ToString() : value?.ToJsonString();
    }

    /// <summary>A file of that text.</summary>
    protected static string FileOf(string text, string name = "pv.yml")
    {
        var path = Path.Combine(TestProcess.NewFolder("files"), name);
        File.WriteAllText(path, text);
        return path;
    }

    protected static string Phase(JsonNode volume) => volume["status"]!["phase"]!.GetValue<string>();

    protected static string Name(JsonNode item) => item["metadata"]!["name"]!.GetValue<string>();

    /// <summary>Name of the node that an instance is.</summary>
    protected async Task<string> NodeAsync(string instance) =>
        Name((await backend.Kube.ListAsync(KubeHttp.Nodes)).Single(node => node["spec"]!["providerID"]!.GetValue<string>().EndsWith(instance, StringComparison.Ordinal)));

    /// <summary>A claim for that PersistentVolume, bound.</summary>
    protected async Task BindAsync(string claim, string volume)
    {
        await backend.Kube.CreateAsync(KubeHttp.Claims, KubeObjects.Claim(claim, volume));
        await PhaseAsync(volume, "Bound");
        // The volume is bound first: without the other half the claim is still nobody's.
        await Until.TrueAsync($"the claim {claim} is Bound", async () => Phase((await backend.Kube.FindAsync($"{KubeHttp.Claims}/{claim}"))!) == "Bound");
    }

    protected async Task<string> WorkerAsync(string zone) => Name((await backend.Kube.ListAsync("api/v1/nodes"))
        .First(node => node["metadata"]!["labels"]!["topology.kubernetes.io/zone"]!.GetValue<string>() == zone));

    protected async Task<string> VolumeIdAsync(string name) => (await PersistentVolumeAsync(name))["spec"]!["csi"]!["volumeHandle"]!.GetValue<string>();

    protected async Task<string> ClaimUidAsync(string name) => Uid((await backend.Kube.FindAsync($"{KubeHttp.Claims}/{name}"))!);

    protected static string Uid(JsonNode item) => item["metadata"]!["uid"]!.GetValue<string>();

    private protected static (string?, string?, string?, string?) Row(PSObject volume) =>
        (ScriptResult.Text(volume, "Name"), ScriptResult.Text(volume, "Status"), ScriptResult.Text(volume, "Claim"), ScriptResult.Text(volume, "AvailabilityZone"));

    /// <summary>A kubeconfig whose server is not there.</summary>
    protected static string UnreachableKubeconfig()
    {
        var path = Path.Combine(TestProcess.NewFolder("kubeconfig"), "kubeconfig");
        File.WriteAllText(path, $$"""
            current-context: elsewhere
            clusters: [ { name: c, cluster: { server: "https://127.0.0.1:{{ServerProcess.FreePort()}}" } } ]
            contexts: [ { name: elsewhere, context: { cluster: c, user: u } } ]
            users: [ { name: u, user: { token: t } } ]

            """);
        return path;
    }
}
