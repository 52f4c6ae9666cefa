using EbsPv.Clients;
using EbsPv.Errors;
using EbsPv.Ports;
using EbsPv.Sandbox.Ec2;
using EbsPv.Sandbox.Ec2.Model;
using EbsPv.Sandbox.Server;
using EbsPv.Tests.Core;
using EbsPv.Tests.Support;
using EbsPv.Volumes;
using Xunit;

namespace EbsPv.Tests.Clients.Aws;

/// <summary>The clients against a sandbox over loopback HTTP, on a clock that passes over every wait.</summary>
internal sealed class AwsHarness : IAsyncDisposable
{
    private readonly Connector _connector;

    private AwsHarness(SandboxServer server)
    {
        Server = server;
        Time = new SkippedTime(server.Clock);
        _connector = new Connector(Time);
        Ec2 = Connect();
    }

    public SandboxServer Server { get; }

    public SkippedTime Time { get; }

    public Recorder Reporter { get; } = new();

    public IEc2 Ec2 { get; }

    public static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>The volumes beyond those of the seed.</summary>
    public IReadOnlyList<EbsVolume> Made => [.. Server.Ec2.Volumes.Skip(4)];

    public int Creates => Server.Ledger.Count("CreateVolume");

    public int Describes => Server.Ledger.Count("DescribeVolumes");

    public static async Task<AwsHarness> StartAsync(Ec2Settings? settings = null) => new(await SandboxServer.StartAsync(
        new SandboxOptions { Ec2 = settings ?? new Ec2Settings(), ClockScale = SkippedTime.StandingClock }, Stop));

    public IEc2 Connect(string? region = KopsCluster.Region, string? profile = null) =>
        _connector.ConnectEc2(new AwsOptions(region, profile, Server.Ec2Url.ToString()), Reporter);

    /// <summary>Another process that does the same: nothing is shared but the server and its time.</summary>
    public IEc2 ConnectAnother() =>
        new Connector(Time).ConnectEc2(new AwsOptions(KopsCluster.Region, null, Server.Ec2Url.ToString()), Reporter);

    public void Fail(FaultKind kind, string operation = "CreateVolume", int times = 1, string code = "InternalError", int status = 500) =>
        Server.Faults.Add(new Fault { Kind = kind, Operation = operation, Times = times, Code = code, Status = status });

    public void Change(Func<Ec2Settings, Ec2Settings> change) => Server.Ec2.Settings = change(Server.Ec2.Settings);

    public async Task<SetOutcome> RunAsync(
        VolumeSetRequest request, VolumeRunOptions? options = null, IEc2? ec2 = null, CancellationTokenSource? stop = null)
    {
        ec2 ??= Ec2;
        var plan = VolumeSetPlanner.Plan(request, await VolumeSetLookup.FindAsync(ec2, request, Stop));
        var run = new VolumeSetRun(ec2, request, plan.Slots, options ?? new VolumeRunOptions(), Reporter, Time);
        await run.RunAsync(stop?.Token ?? Stop);
        var outcome = new SetOutcome();
        for (var index = 0; index < plan.Slots.Count; index++) await outcome.AddAsync(run.VolumeAsync(index));
        return outcome;
    }

    public static VolumeSetRequest Request(params string[] zones) => Sets.Request(zones.Length == 0 ? [KopsCluster.ZoneB, KopsCluster.ZoneC] : zones);

    /// <summary>The slots of the volumes made, each with its count when it is not one.</summary>
    public IEnumerable<string> MadeSlots() => Made.SelectMany(volume => volume.Tags).Where(tag => tag.Key == VolumeTags.Slot).Select(tag => tag.Value)
        .Order(StringComparer.Ordinal);

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Reporter.AssertNoSecret();
    }

    /// <summary>What came out of a run, slot by slot.</summary>
    internal sealed class SetOutcome
    {
        public List<ClusterEbsVolume> Volumes { get; } = [];

        public List<EbsPvException> Failures { get; } = [];

        public int Cancelled { get; private set; }

        public IEnumerable<string> Ids => Volumes.Select(volume => volume.VolumeId!);

        public async Task AddAsync(Task<ClusterEbsVolume> slot)
        {
            try
            {
                Volumes.Add(await slot.WaitAsync(Stop));
            }
            catch (EbsPvException failure)
            {
                Recorder.AssertNoSecretIn(failure);
                Failures.Add(failure);
            }
            catch (OperationCanceledException)
            {
                Cancelled++;
            }
        }
    }
}
