using System.Text.Json.Nodes;
using EbsPv.Clients;
using EbsPv.Clients.Kubernetes;
using EbsPv.PersistentVolumes;
using EbsPv.Ports;
using EbsPv.Sandbox.Ec2;
using EbsPv.Sandbox.Ec2.Model;
using EbsPv.Sandbox.Kubernetes;
using EbsPv.Sandbox.Server;
using EbsPv.Swaps;
using EbsPv.Tests.Sandbox.Kubernetes;
using EbsPv.Tests.Support;
using EbsPv.Volumes;
using k8s;
using Xunit;
using ClientKubernetes = k8s.Kubernetes;

namespace EbsPv.Tests.Swaps;

/// <summary>Swaps against a sandbox over loopback HTTP, with a volume of the set in zone c and its PersistentVolume.</summary>
internal sealed class SwapHarness : IAsyncDisposable
{
    public const string Name = "manual-ebs-02";

    private readonly ClientKubernetes _kubernetes;

    private SwapHarness(SandboxServer server)
    {
        Server = server;
        // A minute of waiting takes three seconds.
        var ec2 = new Connector(server.Clock).ConnectEc2(new AwsOptions(KopsCluster.Region, null, server.Ec2Url.ToString()), Reporter);
        _kubernetes = new ClientKubernetes(new KubernetesClientConfiguration { Host = server.KubernetesUrl.ToString(), AccessToken = "sandbox", SkipTlsVerify = true });
        Ec2 = new CutEc2(ec2, Changes);
        Cluster = new CutCluster(new KubeCluster(_kubernetes, "test", new KubeCaller("test", server.KubernetesUrl.Host, Reporter), server.Clock), Changes);
    }

    public SandboxServer Server { get; }

    public Recorder Reporter { get; } = new();

    public Changes Changes { get; } = new();

    public IEc2 Ec2 { get; }

    public ICluster Cluster { get; }

    public string VolumeId { get; private set; } = "";

    public static CancellationToken Stop => TestContext.Current.CancellationToken;

    public IReadOnlyList<EbsSnapshot> Snapshots => Server.Ec2.Snapshots.Of(KopsCluster.Region);

    /// <summary>The volumes that are not of the seed.</summary>
    public IReadOnlyList<EbsVolume> Volumes =>
        [.. Server.Ec2.AllVolumes.Where(volume => volume.Tags.Any(tag => tag is { Key: "Name", Value: Name }))];

    public static async Task<SwapHarness> StartAsync(Action<KubernetesOptions>? configure = null)
    {
        var settings = new Ec2Settings { CreateTime = TimeSpan.Zero, SnapshotTime = TimeSpan.Zero, RateLimits = false };
        var harness = new SwapHarness(await SandboxServer.StartAsync(
            new SandboxOptions
            {
                Ec2 = settings,
                ClockScale = 20,
                Kubernetes = () =>
                {
                    var options = new KubernetesOptions { BinderDelay = TimeSpan.FromMilliseconds(1) };
                    configure?.Invoke(options);
                    return options;
                },
            },
            Stop));
        harness.Seed();
        return harness;
    }

    /// <summary>The PersistentVolume as Register-EbsPersistentVolume posts it; vary changes its JSON.</summary>
    public async Task RegisterAsync(Action<JsonObject>? vary = null)
    {
        var volume = new VolumeToRegister { VolumeId = VolumeId, Name = Name, AvailabilityZone = KopsCluster.ZoneC, Size = 10 };
        var spec = PersistentVolumeComposer.Compose(
            volume,
            new RegistrationOptions { SaveConfig = true, Settings = new PersistentVolumeSettings { MountOptions = ["noatime"], Labels = new Dictionary<string, string> { ["team"] = "web" } } },
            new SourceChoice(VolumeSource.Csi, [new NodeRequirement(EbsDrivers.ZoneLabel, "In", [KopsCluster.ZoneC])]));
        var manifest = JsonNode.Parse(PersistentVolumeDocument.ToJson(spec))!.AsObject();
        vary?.Invoke(manifest);
        await Cluster.CreatePersistentVolumeAsync(manifest.ToJsonString(), Stop);
        await UntilAsync(async () => (await PersistentVolumeAsync())?.Status is "Available" or "Released");
    }

    /// <summary>One of the policy Delete that the CSI driver's provisioner takes for its own.</summary>
    public static void Provisioned(JsonObject manifest) =>
        manifest.With("spec.persistentVolumeReclaimPolicy", "\"Delete\"").With("metadata.annotations", """{"pv.kubernetes.io/provisioned-by":"ebs.csi.aws.com"}""");

    /// <summary>The same after Move-EbsPersistentVolume -PrepareOnly, and after its claim was deleted.</summary>
    public static void PreparedAndReleased(JsonObject manifest) => manifest
        .With("metadata.annotations", """{"pv.kubernetes.io/provisioned-by":"ebs.csi.aws.com","ebspv/reclaim-policy":"Delete"}""")
        .With("spec.claimRef", """{"namespace":"default","name":"gone","uid":"11111111-2222-3333-4444-555555555555"}""");

    /// <summary>A claim for the PersistentVolume, Bound.</summary>
    public async Task<EbsPersistentVolumeClaim> BindAsync(string claim = "data", string volume = Name)
    {
        await Cluster.CreateClaimAsync(
            new PersistentVolumeClaims.PersistentVolumeClaimSpec
            {
                Namespace = "default", Name = claim, VolumeName = volume, StorageClassName = "manual-ebs", Request = "10Gi", AccessModes = ["ReadWriteOnce"], VolumeMode = "Filesystem",
            },
            Stop);
        await UntilAsync(async () => (await ClaimAsync(claim))?.Status == "Bound");
        return (await ClaimAsync(claim))!;
    }

    public Task<EbsPersistentVolume?> PersistentVolumeAsync(string name = Name) => Cluster.GetPersistentVolumeAsync(name, Stop);

    public Task<EbsPersistentVolumeClaim?> ClaimAsync(string name = "data") => Cluster.GetClaimAsync("default", name, Stop);

    public void AddPod(string name, string claim = "data", string? node = "ip-172-20-83-140.eu-west-1.compute.internal", string phase = "Running") =>
        Server.Kubernetes.State.Seed(Manifests.Pod(name, claim, node).With("metadata.namespace", "\"default\"").With("status.phase", $"\"{phase}\""));

    public SwapOptions Options { get; set; } = new() { StepTimeout = TimeSpan.FromMinutes(10), DiskTimeout = TimeSpan.FromMinutes(20) };

    /// <summary>What a run does for one PersistentVolume: read, plan or take up, and, after what happens at its prompt, swap.</summary>
    public async Task<EbsPersistentVolume> SwapAsync(
        SwapKind kind = SwapKind.Move, string zone = KopsCluster.ZoneB, string? snapshotId = null, string name = Name, Func<Task>? atPrompt = null)
    {
        var facts = await SwapFacts.ReadAsync(Cluster, Stop);
        var subject = SwapSubject.Find(new WantedPersistentVolume { Name = name }, facts);
        var volumeId = subject.Noted?.Intent?.VolumeId ?? subject.Volume!.VolumeId!;
        var volume = (await VolumesById.ReadAsync(Ec2, [volumeId], Stop))[volumeId];
        // As Move-EbsPersistentVolume has it: what is there already was moved by an earlier run.
        if (subject.Noted is null && kind == SwapKind.Move && volume.AvailabilityZone == zone) return subject.Volume!;
        var planner = new SwapPlanner(Cluster, KopsCluster.Name);
        var plan = SwapPlanner.IsBegun(subject, kind, zone, snapshotId)
            ? planner.Resume(subject, volume)
            : await planner.BeginAsync(subject, kind, volume, zone, snapshotId, Stop);
        plan = plan with { LeftCopies = [.. (await LeftCopies.ReadAsync(Ec2, [volumeId], facts, Stop))[volumeId]] };
        if (atPrompt is not null) await atPrompt();
        await using var run = new SwapRun(Ec2, Cluster, facts.ResourceVersion, [volumeId], Options, Reporter, Server.Clock);
        return await run.SwapAsync(plan, Stop);
    }

    public static async Task UntilAsync(Func<Task<bool>> condition)
    {
        while (!await condition()) await Task.Delay(5, Stop);
    }

    public async ValueTask DisposeAsync()
    {
        _kubernetes.Dispose();
        await Server.DisposeAsync();
    }

    private void Seed()
    {
        var seed = new VolumeSeed
        {
            AvailabilityZones = [KopsCluster.ZoneC],
            VolumeType = "gp3",
            Iops = 4_000,
            Throughput = 200,
            Encrypted = true,
            KmsKeyId = "arn:aws:kms:eu-west-1:123456789012:key/0a1b2c3d-1111-2222-3333-444455556666",
            Tags = new Dictionary<string, string>
            {
                ["Name"] = Name,
                ["KubernetesCluster"] = KopsCluster.Name,
                [$"kubernetes.io/cluster/{KopsCluster.Name}"] = "shared",
                [VolumeTags.Set] = "manual-ebs",
                [VolumeTags.Slot] = $"{KopsCluster.ZoneC}/1",
                ["team"] = "web",
                ["aws:backup:source-resource"] = "x",
            },
        };
        VolumeId = Server.Ec2.AddVolume(seed.Volumes(Server.Clock.GetUtcNow()).Single()).VolumeId;
    }
}
