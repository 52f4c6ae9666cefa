using EbsPv.Clients;
using EbsPv.Errors;
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

    [Fact]
    public async Task A_run_that_EC2_lets_no_further_ends_and_the_next_one_makes_the_rest()
    {
        await using var server = await StartAsync();
        var normal = server.Ec2.Settings;
        server.Ec2.Settings = normal with { Buckets = new Dictionary<string, BucketSize> { ["CreateVolume"] = new(3, 0.00001) } };
        var time = new SkippedTime(server.Clock);

        var failures = await FailuresAsync(server, time, 40);
        Assert.Equal(37, failures.Count);
        Assert.All(failures, failure => Assert.Contains(failure.ErrorId, (string[])[ErrorIds.AwsThrottled, ErrorIds.VolumeRunTimedOut]));
        Assert.Contains(failures, failure => failure.ErrorId == ErrorIds.VolumeRunTimedOut);

        server.Ec2.Settings = normal;
        server.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(40, (await MakeAsync(server, time, 40)).Select(volume => volume.VolumeId).Distinct().Count());
    }

    private static Task<SandboxServer> StartAsync() => SandboxServer.StartAsync(
        new SandboxOptions { ClockScale = SkippedTime.StandingClock, Ec2 = new Ec2Settings { CreateTime = TimeSpan.Zero } },
        TestContext.Current.CancellationToken);

    private static async Task<List<EbsPvException>> FailuresAsync(SandboxServer server, TimeProvider time, int count)
    {
        var failures = new List<EbsPvException>();
        foreach (var volume in await BeginAsync(server, time, count))
            if ((await Task.WhenAny(volume)).Exception?.InnerException is EbsPvException failure)
                failures.Add(failure);
        return failures;
    }

    private static async Task<IReadOnlyList<ClusterEbsVolume>> MakeAsync(SandboxServer server, TimeProvider time, int count = 1000) =>
        await Task.WhenAll(await BeginAsync(server, time, count));

    private static async Task<List<Task<ClusterEbsVolume>>> BeginAsync(SandboxServer server, TimeProvider time, int count)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var ec2 = new Connector(time).ConnectEc2(new AwsOptions("eu-west-1", EndpointUrl: server.Ec2Url.ToString()), new Recorder());
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
        var run = new VolumeSetRun(ec2, request, plan.Slots, new VolumeRunOptions(), new Recorder(), time);
        await run.RunAsync(cancellationToken);
        return [.. Enumerable.Range(0, plan.Slots.Count).Select(run.VolumeAsync)];
    }

    private static List<RecordedCall> Creates(SandboxServer server) => [.. server.Ledger.Calls.Where(call => call.Operation == "CreateVolume")];

    private static int Throttled(List<RecordedCall> calls) => calls.Count(call => call.Error == "RequestLimitExceeded");
}
