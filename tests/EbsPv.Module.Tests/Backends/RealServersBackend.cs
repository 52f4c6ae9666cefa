using System.Text.Json.Nodes;
using EbsPv.Module.Tests.Engine;
using EbsPv.Module.Tests.Rbac;
using Xunit;

namespace EbsPv.Module.Tests.Backends;

/// <summary>Servers that this project did not write: moto for EC2, and a real Kubernetes control plane.</summary>
public sealed class RealServersBackend : IBackend, IAsyncLifetime
{
    /// <summary>moto takes any ClientToken, size and parameter, answers everything in one page and never says no.</summary>
    public const Ability Can = Ability.None;
    public const string CollectionName = "real servers";

    private readonly List<(string Node, string Instance)> _added = [];
    private readonly Dictionary<string, string> _attached = [];
    private readonly HashSet<string> _silent = [];
    private readonly List<string> _snapshots = [];
    private bool _knowsSnapshotContents;
    private MotoServer _moto = null!;
    private ControlPlane _plane = null!;

    public string? Missing { get; private set; }

    public IReadOnlyDictionary<string, string?> Variables { get; private set; } = new Dictionary<string, string?>();

    public Ec2Http Ec2 => _moto.Ec2;

    public KubeHttp Kube => _plane.Http;

    public Workers Workers { get; private set; } = null!;

    public string EtcdVolume => _moto.EtcdVolume;

    public async ValueTask InitializeAsync()
    {
        var moto = OnPath("moto_server");
        Missing = moto is null ? "moto_server is not on the path (pip install 'moto[server]'): the real-server scenarios cannot run." : ControlPlane.Missing;
        if (Missing is not null) return;
        var starting = MotoServer.StartAsync(moto!);
        _plane = await ControlPlane.StartAsync();
        _moto = await starting;
        Workers = new Workers(Kube);
        await SeedAsync();
        Variables = new Dictionary<string, string?>
        {
            ["AWS_ENDPOINT_URL"] = _moto.Url.GetLeftPart(UriPartial.Authority),
            ["AWS_REGION"] = IBackend.Region,
            ["AWS_ACCESS_KEY_ID"] = "testing",
            ["AWS_SECRET_ACCESS_KEY"] = "testing",
            ["KUBECONFIG"] = _plane.Kubeconfig,
        };
    }

    public async Task ResetAsync()
    {
        foreach (var (node, instance) in _added)
        {
            await _moto.TerminateAsync(instance);
            await Kube.DeleteAsync($"api/v1/nodes/{node}");
            await Kube.DeleteAsync($"apis/storage.k8s.io/v1/csinodes/{node}");
        }

        _added.Clear();
        foreach (var zone in _silent) await KubeObjects.SetReadyAsync(Kube, zone, ready: true);
        _silent.Clear();
        foreach (var volume in (await Ec2.AllVolumesAsync()).Where(volume => !_moto.SeedVolumes.Contains(volume.Id)))
        {
            if (_attached.Remove(volume.Id, out var instance)) await DetachAsync(volume.Id, instance);
            else if (volume.State == "in-use") continue;
            await Ec2.CallAsync("DeleteVolume", ("VolumeId", volume.Id));
        }

        foreach (var snapshot in await Ec2.SnapshotsAsync()) await Ec2.CallAsync("DeleteSnapshot", ("SnapshotId", snapshot.Id));
        foreach (var id in _snapshots)
            if ((await Ec2.SnapshotsAsync("snapshot-id", id)).Count > 0) await Ec2.CallAsync("DeleteSnapshot", ("SnapshotId", id));
        _snapshots.Clear();
        if (_knowsSnapshotContents) await ClearAsync(KubeHttp.SnapshotContents);
        await ClearAsync(KubeHttp.Pods);
        await ClearAsync(KubeHttp.VolumeAttachments);
        await ClearAsync(KubeHttp.StatefulSets);
        await ClearAsync(KubeHttp.StorageClasses);
        await ClearAsync(KubeHttp.Claims);
        await ClearAsync(KubeHttp.Volumes);
        if (Workers.Changed) await Workers.MendAsync([.. _moto.Instances.Keys]);
    }

    public Task<string> KubeconfigAsync(string? role) => Task.FromResult(_plane.KubeconfigOf(ClusterRoles.UserOf(role)));

    public async Task AddWorkerAsync(string zone)
    {
        var instance = await _moto.AddWorkerAsync(zone);
        var node = $"added-{zone}";
        _added.Add((node, instance));
        await KubeObjects.AddNodeAsync(Kube, node, zone, instance);
    }

    public Task SetReadyAsync(string zone, bool ready)
    {
        _silent.Add(zone);
        return KubeObjects.SetReadyAsync(Kube, zone, ready);
    }

    public async Task AttachAsync(string volumeId, string instanceId)
    {
        await Ec2.CallAsync("AttachVolume", ("VolumeId", volumeId), ("InstanceId", instanceId), ("Device", "/dev/sdf"));
        _attached.Add(volumeId, instanceId);
    }

    public async Task<string> AddSnapshotAsync(string volumeId, IReadOnlyDictionary<string, string> tags, double days = 0)
    {
        var answer = await Ec2.CallAsync("CreateSnapshot", [("VolumeId", volumeId), .. tags.Count == 0 ? [] : Ec2Http.Tags("snapshot", tags)]);
        // Its times are whole seconds.
        var made = DateTime.UtcNow.Second;
        await Until.TrueAsync("the next second has come", () => Task.FromResult(DateTime.UtcNow.Second != made));
        _snapshots.Add(answer.Element("snapshotId")!.Value);
        return _snapshots[^1];
    }

    // It makes snapshots of a volume as often as it is asked to.
    public Task PassAsync(TimeSpan time) => Task.CompletedTask;

    public async Task TeachSnapshotContentsAsync()
    {
        if (_knowsSnapshotContents) return;
        await Kube.CreateAsync("apis/apiextensions.k8s.io/v1/customresourcedefinitions", KubeObjects.SnapshotContentDefinition());
        await Until.TrueAsync("the cluster has the snapshotter's kinds", async () => await Kube.FindAsync(KubeHttp.SnapshotContents) is not null);
        _knowsSnapshotContents = true;
    }

    public async ValueTask DisposeAsync()
    {
        if (_plane is not null) await _plane.DisposeAsync();
        if (_moto is not null) await _moto.DisposeAsync();
    }

    private Task DetachAsync(string volumeId, string instanceId) =>
        Ec2.CallAsync("DetachVolume", ("VolumeId", volumeId), ("InstanceId", instanceId), ("Device", "/dev/sdf"));

    private async Task SeedAsync()
    {
        foreach (var (zone, instance) in _moto.Instances)
            await KubeObjects.AddNodeAsync(Kube, $"node-{zone}", zone, instance, zone == IBackend.ZoneA ? "control-plane" : "node");
        await Workers.MendAsync([.. _moto.Instances.Keys]);
    }

    private async Task ClearAsync(string path)
    {
        foreach (var item in await Kube.ListAsync(path)) await Kube.DeleteAsync($"{path}/{Name(item)}");
        await Until.TrueAsync($"{path} is empty", async () => (await Kube.ListAsync(path)).Count == 0);
    }

    private static string Name(JsonNode item) => item["metadata"]!["name"]!.GetValue<string>();

    private static string? OnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
