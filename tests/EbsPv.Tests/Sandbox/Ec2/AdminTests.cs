using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Amazon.EC2.Model;
using EbsPv.Sandbox.Ec2;
using Xunit;

namespace EbsPv.Tests.Sandbox.Ec2;

public class AdminTests
{
    [Fact]
    public async Task Ledger_and_counts_are_read_and_cleared()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        await ec2.VolumeIdsAsync();
        await ec2.VolumeIdsAsync();
        Assert.Equal(2, (int?)(await GetAsync(ec2, "counts"))!["ec2 DescribeVolumes"]);
        var first = (await GetAsync(ec2, "ledger"))![0]!;
        Assert.Equal(("ec2", "DescribeVolumes", 200), ((string?)first["service"], (string?)first["operation"], (int?)first["status"]));

        using var deleted = await ec2.Http.DeleteAsync(ec2.AdminUrl("ledger"), Ec2Harness.Stop);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Empty(ec2.Server.Ledger.Calls);
    }

    [Fact]
    public async Task Faults_are_planned_and_dropped()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        const string fault = """{"kind":"Error","operation":"DescribeVolumes","status":503,"code":"Unavailable","times":-1,"delay":"00:00:01"}""";
        Assert.Equal(HttpStatusCode.NoContent, (await ec2.AdminAsync("faults", fault)).Status);
        await Ec2Harness.RefusedAsync(() => ec2.VolumeIdsAsync(), "Unavailable");
        await Ec2Harness.RefusedAsync(() => ec2.VolumeIdsAsync(), "Unavailable");
        using var dropped = await ec2.Http.DeleteAsync(ec2.AdminUrl("faults"), Ec2Harness.Stop);
        Assert.Equal(4, (await ec2.VolumeIdsAsync()).Count);
    }

    [Theory]
    [InlineData("faults", """{"kind":"Explode"}""")]
    [InlineData("faults", """{"kind":"Error","wen":"now"}""")]
    [InlineData("clock", """{"scale":0}""")]
    [InlineData("clock", "nonsense")]
    [InlineData("ec2/settings", """{"createTme":"00:00:01"}""")]
    [InlineData("ec2/volumes", """{"volumeType":"gp9"}""")]
    [InlineData("ec2/instances", """{"state":"tired"}""")]
    [InlineData("ec2/volumes/vol-0f0e19a1b2c3d4e5f", """{"state":"lost"}""")]
    [InlineData("ec2/volumes/vol-00000000000000001", """{"state":"error"}""")]
    public async Task A_mistake_is_told(string path, string body)
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        var (status, answer) = await ec2.AdminAsync(path, body);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.NotEmpty((string)answer!["error"]!);
    }

    [Fact]
    public async Task An_unknown_route_is_not_found()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await ec2.AdminAsync("nonsense", "{}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await ec2.AdminAsync("ec2/nonsense", "{}")).Status);
    }

    [Fact]
    public async Task The_clock_is_put_forward_and_scaled()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        var before = ec2.Server.Clock.GetUtcNow();
        var (_, answer) = await ec2.AdminAsync("clock", """{"advanceSeconds":3600}""");
        Assert.Equal(3600, ((DateTimeOffset)answer!["now"]! - before).TotalSeconds, 3);
        await ec2.AdminAsync("clock", """{"scale":50}""");
        Assert.Equal(50, ec2.Server.Clock.Scale);
    }

    [Fact]
    public async Task Settings_are_changed_one_by_one()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        await ec2.AdminAsync("ec2/settings",
            """{"createTime":"00:00:04","buckets":{"CreateVolume":{"capacity":1,"refillPerSecond":1}},"volumeQuota":9}""");
        await ec2.AdminAsync("ec2/settings", """{"visibilityDelay":"00:00:05","buckets":{"CreateTags":{"capacity":2,"refillPerSecond":2}},"volumeQuota":null}""");
        var settings = ec2.Server.Ec2.Settings;
        Assert.Equal((4, 5), (settings.CreateTime.TotalSeconds, settings.VisibilityDelay.TotalSeconds));
        Assert.Equal(["CreateTags", "CreateVolume"], settings.Buckets.Keys.Order());
        Assert.Null(settings.VolumeQuota);
        await ec2.CreateAsync();
        await Ec2Harness.RefusedAsync(() => ec2.CreateAsync(), "RequestLimitExceeded");
    }

    [Fact]
    public async Task Volumes_and_instances_are_seeded()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        var (_, volumes) = await ec2.AdminAsync("ec2/volumes",
            """{"count":600,"availabilityZones":["eu-west-1a","eu-west-1b"],"tags":{"Name":"ajeno-{n}"}}""");
        Assert.Equal(600, volumes!.AsArray().Count);
        Assert.Single(await ec2.VolumeIdsAsync(new Filter("tag:Name", ["ajeno-600"]), new Filter("availability-zone", ["eu-west-1b"])));

        var (_, instances) = await ec2.AdminAsync("ec2/instances",
            """[{"instanceId":"i-0123456789abcdef0","securityGroups":["nodes.otro"],"tags":{"a":"b"}},{"instanceId":"i-0b1c2d3e4f5061728","state":"terminated"}]""");
        Assert.Equal(2, instances!.AsArray().Count);
        Assert.Equal("terminated", ec2.Server.Ec2.Instances.Single(item => item.InstanceId == KopsCluster.WorkerB).State);
        Assert.Equal(6, ec2.Server.Ec2.Instances.Count);
    }

    [Fact]
    public async Task A_volume_is_forced_attached_and_detached()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        await ec2.AdminAsync($"ec2/volumes/{KopsCluster.ForeignVolume}", """{"state":"error"}""");
        Assert.Equal("error", await ec2.StateAsync(KopsCluster.ForeignVolume));
        var (_, attached) = await ec2.AdminAsync($"ec2/volumes/{KopsCluster.ForeignVolume}",
            $$$"""{"state":"in-use","attachTo":"{{{KopsCluster.WorkerB}}}","tags":{"x":"y"}}""");
        Assert.Equal("in-use", (string?)attached!["state"]);
        Assert.Equal([KopsCluster.ForeignVolume], await ec2.VolumeIdsAsync(new Filter("attachment.instance-id", [KopsCluster.WorkerB]), new Filter("tag:x", ["y"])));
        await ec2.AdminAsync($"ec2/volumes/{KopsCluster.ForeignVolume}", """{"detach":true}""");
        Assert.Equal("available", await ec2.StateAsync(KopsCluster.ForeignVolume));
        await ec2.AdminAsync($"ec2/volumes/{KopsCluster.ForeignVolume}", """{"state":"deleted"}""");
        Assert.DoesNotContain(KopsCluster.ForeignVolume, await ec2.VolumeIdsAsync());
        Assert.Equal(3, (await GetAsync(ec2, "ec2/volumes"))!.AsArray().Count);
    }

    [Fact]
    public async Task A_snapshot_is_seeded()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        await ec2.AdminAsync("ec2/snapshots", """{"snapshotId":"snap-0123456789abcdef0","volumeSize":33}""");
        var volume = await ec2.CreateAsync(new CreateVolumeRequest { AvailabilityZone = KopsCluster.ZoneA, SnapshotId = "snap-0123456789abcdef0" });
        Assert.Equal(33, volume.Size);
    }

    [Fact]
    public async Task A_reset_brings_back_the_seed()
    {
        await using var ec2 = await Ec2Harness.StartAsync(new Ec2Settings { VolumeQuota = 6 });
        await ec2.CreateAsync(Ec2Harness.Gp3("token"));
        ec2.Server.Ec2.Force(KopsCluster.EtcdVolume, "deleted");
        for (var i = 0; i < 100; i++) await ec2.CodeAsync("CreateVolume");
        Assert.Equal("RequestLimitExceeded", (await ec2.CodeAsync("CreateVolume")).Code);
        await ec2.AdminAsync("ec2/settings", """{"volumeQuota":1}""");
        await ec2.AdminAsync("faults", """{"kind":"Error","times":-1}""");

        Assert.Equal(HttpStatusCode.NoContent, (await ec2.AdminAsync("reset", "{}")).Status);
        Assert.Empty(ec2.Server.Ledger.Calls);
        Assert.Equal(
            [KopsCluster.EtcdVolume, KopsCluster.RootVolumeB, KopsCluster.RootVolumeC, KopsCluster.ForeignVolume],
            ec2.Server.Ec2.AllVolumes.Select(volume => volume.VolumeId));
        Assert.Equal(6, ec2.Server.Ec2.Settings.VolumeQuota);
        Assert.Equal(99, (await ec2.CreateAsync(Ec2Harness.Gp3("token", size: 99))).Size);
    }

    private static Task<JsonNode?> GetAsync(Ec2Harness ec2, string path) =>
        ec2.Http.GetFromJsonAsync<JsonNode>(ec2.AdminUrl(path), Ec2Harness.Stop);
}
