using System.Text.Json.Nodes;
using Amazon.EC2.Model;
using EbsPv.Sandbox.Ec2;
using EbsPv.Sandbox.Kubernetes;
using EbsPv.Tests.Sandbox.Ec2;
using Xunit;

namespace EbsPv.Tests.Sandbox;

/// <summary>A zone that fails, in EC2 and in Kubernetes.</summary>
public class ZoneOutageTests
{
    private const string NodeB = "ip-172-20-42-11.eu-west-1.compute.internal";
    private const string NodeC = "ip-172-20-83-140.eu-west-1.compute.internal";
    private static readonly CreateSnapshotRequest s_ofZoneB = new() { VolumeId = KopsCluster.ForeignVolume };

    [Theory]
    [InlineData("{}", "unavailable", "Unavailable", 503)]
    [InlineData("""{"state":"impaired","code":"InternalError","message":"so sorry","status":500}""", "impaired", "InternalError", 500)]
    public async Task Nothing_new_is_made_in_it_and_whoever_asks_is_answered(string outage, string state, string code, int status)
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        await ec2.AdminAsync("ec2/settings", $$$"""{"zoneOutages":{"{{{KopsCluster.ZoneB}}}":{{{outage}}}} }""");

        var refused = await Ec2Harness.RefusedAsync(() => ec2.Client.CreateSnapshotAsync(s_ofZoneB, Ec2Harness.Stop), code);
        Assert.Equal(status, (int)refused.StatusCode);
        await Ec2Harness.RefusedAsync(() => ec2.CreateAsync(), "InsufficientVolumeCapacity");
        await ec2.CreateAsync(Ec2Harness.Gp3(zone: KopsCluster.ZoneC));

        Assert.Equal("in-use", await ec2.StateAsync(KopsCluster.RootVolumeB));
        var zones = (await ec2.Client.DescribeAvailabilityZonesAsync(new DescribeAvailabilityZonesRequest(), Ec2Harness.Stop)).AvailabilityZones;
        Assert.Equal(["available", state, "available"], zones.Select(zone => zone.State.Value));
        Assert.Empty((await ec2.Client.DescribeSnapshotsAsync(new DescribeSnapshotsRequest(), Ec2Harness.Stop)).Snapshots ?? []);
    }

    [Fact]
    public async Task Snapshots_of_a_failed_zone_s_volumes_are_still_good_for_volumes_elsewhere()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        var snapshot = (await ec2.Client.CreateSnapshotAsync(s_ofZoneB, Ec2Harness.Stop)).Snapshot.SnapshotId;
        ec2.Pass(20);
        await ec2.AdminAsync("ec2/settings", $$$"""{"zoneOutages":{"{{{KopsCluster.ZoneB}}}":{} } }""");
        await ec2.CreateAsync(new CreateVolumeRequest { AvailabilityZone = KopsCluster.ZoneC, SnapshotId = snapshot });
        await ec2.AdminAsync("ec2/settings", $$$"""{"zoneOutages":{"{{{KopsCluster.ZoneB}}}":null} }""");
        await ec2.Client.CreateSnapshotAsync(s_ofZoneB, Ec2Harness.Stop);
        await ec2.CreateAsync();
    }

    [Fact]
    public async Task Its_nodes_fall_silent_as_the_node_controller_writes_it_and_come_back()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        var (_, answer) = await ec2.AdminAsync("kubernetes/nodes", $$$"""{"zones":["{{{KopsCluster.ZoneB}}}"],"ready":false}""");
        Assert.Equal([NodeB], answer!.AsArray().Select(name => (string?)name));

        var silent = Node(ec2, NodeB);
        Assert.Equal(["Unknown"], silent.Objects("status", "conditions").Select(one => one.Text("status")).Distinct());
        Assert.Equal(["NodeStatusUnknown"], silent.Objects("status", "conditions").Select(one => one.Text("reason")).Distinct());
        Assert.Equal(["node.kubernetes.io/unreachable NoSchedule", "node.kubernetes.io/unreachable NoExecute"], Taints(silent));
        Assert.True(NodeHealth.IsReady(Node(ec2, NodeC)));

        await ec2.AdminAsync("kubernetes/nodes", $$$"""{"names":["{{{NodeB}}}"],"ready":true}""");
        var back = Node(ec2, NodeB);
        Assert.True(NodeHealth.IsReady(back));
        Assert.Equal(["False", "False", "False", "True"], back.Objects("status", "conditions").Select(one => one.Text("status")));
        Assert.Empty(Taints(back));
    }

    [Fact]
    public async Task Other_taints_stay_and_a_second_outage_adds_none()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        const string zoneA = """{"zones":["eu-west-1a"],"ready":false}""";
        await ec2.AdminAsync("kubernetes/nodes", zoneA);
        await ec2.AdminAsync("kubernetes/nodes", zoneA);
        Assert.Equal(
            ["node-role.kubernetes.io/control-plane NoSchedule", "node.kubernetes.io/unreachable NoSchedule", "node.kubernetes.io/unreachable NoExecute"],
            Taints(Node(ec2, "ip-172-20-15-7.eu-west-1.compute.internal")));
    }

    [Theory]
    [InlineData("""{"zones":["eu-west-1z"],"ready":false}""")]
    [InlineData("""{"names":["none"],"zones":["eu-west-1b"],"ready":false}""")]
    [InlineData("""{"zones":["eu-west-1b"]}""")]
    public async Task Nodes_that_are_not_there_are_a_mistake(string body)
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        Assert.NotNull((await ec2.AdminAsync("kubernetes/nodes", body)).Body!["error"]);
        Assert.True(NodeHealth.IsReady(Node(ec2, NodeB)));
    }

    private static IEnumerable<string> Taints(JsonObject node) =>
        node.Objects("spec", "taints").Select(taint => $"{taint.Text("key")} {taint.Text("effect")}");

    private static JsonObject Node(Ec2Harness ec2, string name) => ec2.Server.Kubernetes.State.Get("nodes", name)!;
}
