using EbsPv.Clients;
using EbsPv.Ports;
using EbsPv.Sandbox.Ec2;
using EbsPv.Sandbox.Ec2.Protocol;
using EbsPv.Sandbox.Server;
using EbsPv.Tests.Support;
using EbsPv.Volumes;
using Xunit;

namespace EbsPv.Tests.Clients.Aws;

/// <summary>A thousand volumes against EC2's documented buckets. Every wait of the client puts the sandbox's clock forward, so that the time
/// on that clock is exactly what was waited for.</summary>
public sealed class PacingTests
{
    // 100 at once, the other 900 at 5 a second.
    private static readonly TimeSpan TokenTime = TimeSpan.FromSeconds(180);

    [Fact]
    public async Task A_thousand_creates_take_the_token_time_and_are_hardly_throttled()
    {
        await using var server = await StartAsync();
        var time = new SkippedTime(server.Clock);
        var volumes = await MakeAsync(server, time);
        var creates = Creates(server);
        var took = creates.Max(call => call.Time) - creates.Min(call => call.Time);

        Assert.Equal(1000, volumes.Select(volume => volume.VolumeId).Distinct().Count());
        Assert.True(Throttled(creates) <= 10, $"{Throttled(creates)} of {creates.Count} requests were throttled");
        Assert.True(took <= TokenTime * 1.03, $"the last create came after {took}, and the tokens were there after {TokenTime}");
    }

    [Fact]
    public async Task Buckets_cut_in_mid_run_still_make_every_volume_and_throttle_few()
    {
        await using var server = await StartAsync();
        var cut = server.Ec2.Settings with { Buckets = new Dictionary<string, BucketSize> { ["CreateVolume"] = new(20, 1) } };
        var time = new SkippedTime(server.Clock) { Waiting = _ => { if (server.Ledger.Count("CreateVolume") >= 500) server.Ec2.Settings = cut; } };
        var volumes = await MakeAsync(server, time);
        var creates = Creates(server);

        Assert.Equal(1000, volumes.Select(volume => volume.VolumeId).Distinct().Count());
        Assert.True(Throttled(creates) > 0, "the cut was not felt");
        Assert.True(Throttled(creates) * 20 <= creates.Count, $"{Throttled(creates)} of {creates.Count} requests were throttled");
    }

    private static Task<SandboxServer> StartAsync() => SandboxServer.StartAsync(
        new SandboxOptions { ClockScale = SkippedTime.StandingClock, Ec2 = new Ec2Settings { CreateTime = TimeSpan.Zero } },
        TestContext.Current.CancellationToken);

    private static async Task<IReadOnlyList<ClusterEbsVolume>> MakeAsync(SandboxServer server, TimeProvider time)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var ec2 = new Connector(time).ConnectEc2(new AwsOptions("eu-west-1", EndpointUrl: server.Ec2Url.ToString()), new SilentReporter());
        var request = new VolumeSetRequest
        {
            Region = "eu-west-1",
            ClusterName = KopsCluster.Name,
            SetName = "paced",
            Zones = [new ZoneTarget("eu-west-1b", ClusterKind.Kops, []), new ZoneTarget("eu-west-1c", ClusterKind.Kops, [])],
            Count = 1000,
            Spec = new EbsPv.Volumes.VolumeSpec { Size = 1 },
        };
        var plan = VolumeSetPlanner.Plan(request, await VolumeSetLookup.FindAsync(ec2, request, cancellationToken));
        var run = new VolumeSetRun(ec2, request, plan.Slots, new VolumeRunOptions(), new SilentReporter(), time);
        await run.RunAsync(cancellationToken);
        return await Task.WhenAll(Enumerable.Range(0, plan.Slots.Count).Select(run.VolumeAsync));
    }

    private static List<RecordedCall> Creates(SandboxServer server) => [.. server.Ledger.Calls.Where(call => call.Operation == "CreateVolume")];

    private static int Throttled(List<RecordedCall> calls) => calls.Count(call => call.Error == "RequestLimitExceeded");
}
