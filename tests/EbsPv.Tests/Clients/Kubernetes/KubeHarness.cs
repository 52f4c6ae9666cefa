using EbsPv.Clients;
using EbsPv.PersistentVolumes;
using EbsPv.Ports;
using EbsPv.Sandbox.Kubernetes;
using EbsPv.Sandbox.Server;
using EbsPv.Tests.Sandbox.Kubernetes;
using EbsPv.Tests.Support;
using Xunit;

namespace EbsPv.Tests.Clients.Kubernetes;

/// <summary>The Kubernetes client against the sandbox's API server, with a token that must not turn up anywhere.</summary>
internal sealed class KubeHarness : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();

    private KubeHarness(KubernetesHost host, TimeProvider time)
    {
        Host = host;
        var kubeconfig = _folder.Write("config", Kubeconfigs.Text(host.Url.ToString()));
        Cluster = new Connector(time).ConnectCluster(new KubeOptions(Kubeconfig: kubeconfig), Reporter);
    }

    public KubernetesHost Host { get; }

    public Recorder Reporter { get; } = new();

    public ICluster Cluster { get; }

    public static CancellationToken Stop => TestContext.Current.CancellationToken;

    public IReadOnlyDictionary<string, int> Calls => Host.Ledger.Counts;

    public static async Task<KubeHarness> StartAsync(TimeProvider? time = null, Action<KubernetesOptions>? configure = null)
    {
        var host = await KubernetesHost.StartAsync(options =>
        {
            options.Tokens[PrivateSurroundings.KubeToken] = new SandboxUser("me");
            configure?.Invoke(options);
        });
        return new KubeHarness(host, time ?? TimeProvider.System);
    }

    public void Fail(FaultKind kind, string operation, int times = 1, int status = 500, string code = "InternalError", int? retryAfter = null) =>
        Host.Faults.Add(new Fault { Kind = kind, Operation = operation, Times = times, Status = status, Code = code, RetryAfter = retryAfter });

    /// <summary>What the user may do from now on.</summary>
    public void Allow(params string[] allowed) => Host.Api.Options.Tokens[PrivateSurroundings.KubeToken] = new SandboxUser("me", allowed);

    public void Seed(string name) => Host.Api.State.Seed(Manifests.Volume(name));

    public Task<ClusterFacts> FactsAsync() => ClusterFactsReader.ReadAsync(Cluster, new FactsNeeded(Nodes: true, Drivers: true, Version: true, []), Reporter, Stop);

    public static VolumeToRegister Volume(string name, string id = "vol-0123456789abcdef0") =>
        new() { VolumeId = id, Name = name, AvailabilityZone = "eu-west-1b", Size = 10 };

    public static PersistentVolumeSpec Spec(string name, string id = "vol-0123456789abcdef0") =>
        RegistrationPlanner.Plan(Volume(name, id), new RegistrationOptions(), Core.Facts.Kops, "ctx").Spec!;

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        _folder.Dispose();
        Reporter.AssertNoSecret();
    }
}
