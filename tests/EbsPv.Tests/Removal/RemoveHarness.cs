using EbsPv.Clients;
using EbsPv.Clients.Kubernetes;
using EbsPv.Errors;
using EbsPv.PersistentVolumes;
using EbsPv.Ports;
using EbsPv.Removal;
using EbsPv.Sandbox.Ec2;
using EbsPv.Sandbox.Ec2.Model;
using EbsPv.Sandbox.Server;
using EbsPv.Volumes;
using k8s;
using Xunit;
using ClientKubernetes = k8s.Kubernetes;

namespace EbsPv.Tests.Removal;

/// <summary>Core and clients against a sandbox over loopback HTTP, with the kops cluster of the seed on both sides.</summary>
internal sealed class RemoveHarness : IAsyncDisposable
{
    private static readonly string[] Reads = ["Describe", "get ", "list ", "watch "];

    private readonly ClientKubernetes _kubernetes;

    private RemoveHarness(SandboxServer server)
    {
        Server = server;
        Time = new RemoveClock(server.Clock);
        Ec2 = new RemoveEc2(new Connector(Time).ConnectEc2(new AwsOptions(KopsCluster.Region, null, server.Ec2Url.ToString()), Reporter));
        _kubernetes = new ClientKubernetes(new KubernetesClientConfiguration
        {
            Host = server.KubernetesUrl.ToString(), AccessToken = "sandbox", SkipTlsVerify = true,
        });
        Cluster = new KubeCluster(_kubernetes, "test", new KubeCaller("test", Host, Reporter), Time);
    }

    public SandboxServer Server { get; }

    public RemoveClock Time { get; }

    public RemoveReporter Reporter { get; } = new();

    public RemoveEc2 Ec2 { get; }

    public ICluster Cluster { get; }

    public static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Every call that changed something, or would have.</summary>
    public int Mutations => Server.Ledger.Calls.Count(call => !Reads.Any(read => call.Operation.StartsWith(read, StringComparison.Ordinal)));

    public IReadOnlyList<EbsSnapshot> Snapshots => Server.Ec2.Snapshots.Of(KopsCluster.Region);

    private string Host => Server.KubernetesUrl.Host;

    public static async Task<RemoveHarness> StartAsync(Ec2Settings? settings = null) => new(await SandboxServer.StartAsync(
        new SandboxOptions { Ec2 = settings ?? new Ec2Settings(), ClockScale = 1e-9 }, Stop));

    public int Count(string operation) => Server.Ledger.Count(operation);

    public string StateOf(string volumeId) => Server.Ec2.StateOf(volumeId);

    /// <summary>A volume of the cluster as New-ClusterEbsVolume makes it; null takes a tag away.</summary>
    public string Seed(params (string Key, string? Value)[] tags) => Seed(1, tags)[0];

    public IReadOnlyList<string> Seed(int count, params (string Key, string? Value)[] tags)
    {
        var all = new Dictionary<string, string>
        {
            ["Name"] = "manual-ebs-{n}",
            ["KubernetesCluster"] = KopsCluster.Name,
            [$"kubernetes.io/cluster/{KopsCluster.Name}"] = "shared",
            [VolumeTags.Set] = "manual-ebs",
            [VolumeTags.Slot] = $"{KopsCluster.ZoneB}/{{n}}",
        };
        foreach (var (key, value) in tags)
            if (value is null) all.Remove(key);
            else all[key] = value;
        var seed = new VolumeSeed { Count = count, AvailabilityZones = [KopsCluster.ZoneB], Tags = all };
        return [.. seed.Volumes(Server.Clock.GetUtcNow()).Select(volume => Server.Ec2.AddVolume(volume).VolumeId)];
    }

    /// <summary>A PersistentVolume for a volume; the ledger begins anew after it.</summary>
    public async Task RegisterAsync(string name, string volumeId, VolumeSource source = VolumeSource.Csi, string policy = "Retain")
    {
        await Cluster.CreatePersistentVolumeAsync(
            new PersistentVolumeSpec
            {
                Name = name,
                VolumeId = volumeId,
                Capacity = "10Gi",
                Source = source,
                AccessModes = ["ReadWriteOnce"],
                ReclaimPolicy = policy,
                StorageClassName = "manual-ebs",
                FileSystemType = "ext4",
                AvailabilityZone = KopsCluster.ZoneB,
                Labels = [],
                Annotations = [],
                NodeAffinity = [new NodeRequirement("topology.kubernetes.io/zone", "In", [KopsCluster.ZoneB])],
            },
            Stop);
        Server.Ledger.Clear();
    }

    public void Fail(FaultKind kind, string operation, int times = 1, string code = "InternalError", int status = 500, string? target = null) =>
        Server.Faults.Add(new Fault { Kind = kind, Operation = operation, Times = times, Code = code, Status = status, Target = target });

    public static RemovalRequest Request(params IEnumerable<string> volumeIds) => new()
    {
        ClusterName = KopsCluster.Name,
        Volumes = [.. volumeIds.Select(id => new VolumeToRemove(id, []))],
        Context = "test",
    };

    public Task<RemovalPlan> PlanAsync(RemovalRequest request) => RemovalPlanner.PlanAsync(
        Ec2, request is { SkipClusterCheck: true, SkipPersistentVolumeCheck: true } ? null : Cluster, request, Reporter, Stop);

    /// <summary>The reasons why nothing is removed, by volume or cluster, and that nothing was changed to find them.</summary>
    public async Task<IReadOnlyList<EbsPvException>> RefusedAsync(RemovalRequest request)
    {
        var plan = await PlanAsync(request);
        Assert.NotEmpty(plan.Refusals);
        Assert.Equal(0, Mutations);
        return plan.Refusals;
    }

    public async Task<RemoveOutcome> RemoveAsync(RemovalRequest request, RemovalOptions? options = null)
    {
        var plan = await PlanAsync(request);
        Assert.Empty(plan.Refusals);
        var run = new RemovalRun(Ec2, Cluster, request, plan.Volumes, options ?? new RemovalOptions(), Reporter, Time);
        await run.RunAsync(Stop);
        var outcome = new RemoveOutcome();
        for (var index = 0; index < plan.Volumes.Count; index++) await outcome.AddAsync(run.VolumeAsync(index));
        return outcome;
    }

    public async ValueTask DisposeAsync()
    {
        _kubernetes.Dispose();
        await Server.DisposeAsync();
    }
}
