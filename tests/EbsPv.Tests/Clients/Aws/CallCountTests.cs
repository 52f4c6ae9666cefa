using EbsPv.Clients;
using EbsPv.Ports;
using EbsPv.Sandbox.Ec2;
using EbsPv.Sandbox.Server;
using EbsPv.Tests.Support;
using EbsPv.Volumes;
using EbsPv.Zones;
using Xunit;

namespace EbsPv.Tests.Clients.Aws;

/// <summary>What a set costs in calls, counted where they arrive.</summary>
public sealed class CallCountTests
{
    private static readonly string[] Reads = ["DescribeInstances", "DescribeAvailabilityZones", "DescribeVolumes"];

    [Theory]
    [InlineData(100, 1.03)]
    [InlineData(1000, 1.01)]
    public async Task A_volume_costs_hardly_more_than_its_create(int count, double callsAVolume)
    {
        await using var server = await StartAsync();
        await MakeAsync(server, count);

        Assert.Equal(count, server.Ledger.Count("CreateVolume"));
        Assert.True(server.Ledger.Calls.Count <= count * callsAVolume, $"{server.Ledger.Calls.Count} calls for {count} volumes");
    }

    [Fact]
    public async Task Volumes_that_become_available_one_after_the_other_are_handed_on_by_few_more_calls()
    {
        // Half of them 1.5 s after their create and nearly all within 4 s, as EC2 has it.
        await using var server = await StartAsync(new Ec2Settings
        {
            RateLimits = false, CreateTime = TimeSpan.FromSeconds(1.5), CreateTimeSpread = TimeSpan.FromSeconds(2.5),
        });
        await MakeAsync(server, 100);

        Assert.True(server.Ledger.Count("DescribeVolumes") > 3, "they all came at once");
        Assert.True(server.Ledger.Calls.Count <= 110, $"{server.Ledger.Calls.Count} calls for 100 volumes");
    }

    [Fact]
    public async Task A_finished_set_of_a_thousand_costs_eight_calls_from_its_zones_on_and_changes_nothing()
    {
        await using var server = await StartAsync();
        var first = await MakeAsync(server, 1000);
        server.Ledger.Clear();

        await WorkerZoneFinder.FindByInstancesAsync(Connect(server), new WorkerZoneQuery(KopsCluster.Name, null), new Recorder(), Stop);
        var second = await MakeAsync(server, 1000);

        Assert.Equal(first.Select(volume => volume.VolumeId), second.Select(volume => volume.VolumeId));
        Assert.All(second, volume => Assert.True(volume.Adopted));
        Assert.All(server.Ledger.Calls, call => Assert.Contains(call.Operation, Reads));
        Assert.True(server.Ledger.Calls.Count <= 8, $"{server.Ledger.Calls.Count} calls");
    }

    [Fact]
    public async Task Eight_runs_side_by_side_with_different_zones_make_one_set()
    {
        string[] all = ["eu-west-1a", "eu-west-1b", "eu-west-1c"];
        await using var server = await StartAsync();
        var runs = Enumerable.Range(0, 8).Select(run => Task.Run(() => MakeAsync(server, null, [.. all.Where((_, zone) => run % 3 != zone)])));
        var made = (await Task.WhenAll(runs)).SelectMany(volumes => volumes).ToList();

        var members = server.Ec2.AllVolumes.Where(volume => volume.Tags.Any(tag => tag.Key == VolumeTags.Set)).ToList();
        Assert.Equal(all, members.Select(volume => volume.AvailabilityZone).Order(StringComparer.Ordinal));
        Assert.Equal(members.Select(volume => volume.VolumeId).Order(), made.Select(volume => volume.VolumeId!).Distinct().Order());
        Assert.Equal(16, made.Count);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static Task<SandboxServer> StartAsync(Ec2Settings? settings = null) => SandboxServer.StartAsync(
        new SandboxOptions { ClockScale = SkippedTime.StandingClock, Ec2 = settings ?? new Ec2Settings { RateLimits = false } }, Stop);

    private static IEc2 Connect(SandboxServer server) =>
        new Connector(new SkippedTime(server.Clock)).ConnectEc2(new AwsOptions("eu-west-1", EndpointUrl: server.Ec2Url.ToString()), new Recorder());

    private static Task<IReadOnlyList<ClusterEbsVolume>> MakeAsync(SandboxServer server, int count) =>
        MakeAsync(server, count, ["eu-west-1b", "eu-west-1c"]);

    private static async Task<IReadOnlyList<ClusterEbsVolume>> MakeAsync(SandboxServer server, int? count, IReadOnlyList<string> zones)
    {
        var ec2 = Connect(server);
        var request = new VolumeSetRequest
        {
            Region = "eu-west-1",
            ClusterName = KopsCluster.Name,
            SetName = "counted",
            Zones = [.. zones.Select(zone => new ZoneTarget(zone, ClusterKind.Kops, []))],
            Count = count,
            Spec = new EbsPv.Volumes.VolumeSpec { Size = 1 },
        };
        var plan = VolumeSetPlanner.Plan(request, await VolumeSetLookup.FindAsync(ec2, request, Stop));
        var run = new VolumeSetRun(ec2, request, plan.Slots, new VolumeRunOptions { ThrottleLimit = 32 }, new Recorder(), new SkippedTime(server.Clock));
        await run.RunAsync(Stop);
        return await Task.WhenAll(Enumerable.Range(0, plan.Slots.Count).Select(run.VolumeAsync));
    }
}
