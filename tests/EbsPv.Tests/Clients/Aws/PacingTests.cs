using EbsPv.Clients;
using EbsPv.Ports;
using EbsPv.Sandbox.Ec2;
using EbsPv.Sandbox.Ec2.Protocol;
using EbsPv.Sandbox.Server;
using EbsPv.Volumes;
using Xunit;

namespace EbsPv.Tests.Clients.Aws;

/// <summary>A thousand volumes against EC2's documented buckets, on the sandbox's clock: that clock is the client's too.</summary>
public sealed class PacingTests
{
    // 100 at once, the other 900 at 5 a second.
    private static readonly TimeSpan TokenTime = TimeSpan.FromSeconds(180);

    [Fact]
    public async Task A_thousand_creates_take_the_token_time_and_are_hardly_throttled()
    {
        await using var server = await StartAsync(10);
        var volumes = await MakeAsync(server, 1000, TestContext.Current.CancellationToken);
        var creates = Creates(server);
        var took = creates.Max(call => call.Time) - creates.Min(call => call.Time);
        TestContext.Current.SendDiagnosticMessage($"{Throttled(creates)} of {creates.Count} throttled, {took.TotalSeconds:0.0} s");

        Assert.Equal(1000, volumes.Select(volume => volume.VolumeId).Distinct().Count());
        Assert.True(Throttled(creates) <= 10, $"{Throttled(creates)} of {creates.Count} requests were throttled");
        Assert.True(took <= TokenTime * 1.03, $"the last create came after {took}, and the tokens were there after {TokenTime}");
    }

    [Fact]
    public async Task Buckets_cut_in_mid_run_still_make_every_volume_and_throttle_few()
    {
        await using var server = await StartAsync(50);
        var making = MakeAsync(server, 1000, TestContext.Current.CancellationToken);
        while (Creates(server).Count < 500) await Task.Delay(20, TestContext.Current.CancellationToken);
        var settings = server.Ec2.Settings;
        server.Ec2.Settings = settings with
        {
            Buckets = new Dictionary<string, BucketSize> { ["CreateVolume"] = new(20, 1) },
        };
        var volumes = await making;
        var creates = Creates(server);
        TestContext.Current.SendDiagnosticMessage($"{Throttled(creates)} of {creates.Count} throttled");

        Assert.Equal(1000, volumes.Select(volume => volume.VolumeId).Distinct().Count());
        Assert.True(Throttled(creates) * 20 <= creates.Count, $"{Throttled(creates)} of {creates.Count} requests were throttled");
    }

    private static Task<SandboxServer> StartAsync(double scale) => SandboxServer.StartAsync(
        new SandboxOptions { ClockScale = scale, Ec2 = new Ec2Settings { CreateTime = TimeSpan.Zero } }, TestContext.Current.CancellationToken);

    private static async Task<IReadOnlyList<ClusterEbsVolume>> MakeAsync(SandboxServer server, int count, CancellationToken cancellationToken)
    {
        var ec2 = new Connector(server.Clock).ConnectEc2(
            new AwsOptions("eu-west-1", EndpointUrl: server.Ec2Url.ToString()), new SilentReporter());
        var request = new VolumeSetRequest
        {
            Region = "eu-west-1",
            ClusterName = KopsCluster.Name,
            SetName = "paced",
            Zones = [new ZoneTarget("eu-west-1b", ClusterKind.Kops, []), new ZoneTarget("eu-west-1c", ClusterKind.Kops, [])],
            Count = count,
            Spec = new EbsPv.Volumes.VolumeSpec { Size = 1 },
        };
        var plan = VolumeSetPlanner.Plan(request, await VolumeSetLookup.FindAsync(ec2, request, cancellationToken));
        var run = new VolumeSetRun(ec2, request, plan.Slots, new VolumeRunOptions(), new SilentReporter(), server.Clock);
        await run.RunAsync(cancellationToken);
        return await Task.WhenAll(Enumerable.Range(0, plan.Slots.Count).Select(run.VolumeAsync));
    }

    private static List<RecordedCall> Creates(SandboxServer server) => [.. server.Ledger.Calls.Where(call => call.Operation == "CreateVolume")];

    private static int Throttled(List<RecordedCall> calls) => calls.Count(call => call.Error == "RequestLimitExceeded");
}
