using Amazon.EC2.Model;
using EbsPv.Sandbox.Ec2;
using Xunit;

namespace EbsPv.Tests.Sandbox.Ec2;

public class DescribeInstancesTests
{
    private const string Workers = KopsCluster.WorkerB + " " + KopsCluster.WorkerC;

    [Theory]
    [InlineData("instance.group-name", KopsCluster.NodesGroup, Workers)]
    [InlineData("instance.group-name", "nodes.*", Workers)]
    [InlineData("instance-state-name", "terminated", KopsCluster.TerminatedWorker)]
    [InlineData("instance-state-code", "48", KopsCluster.TerminatedWorker)]
    [InlineData("tag:k8s.io/role/node", "1", Workers + " " + KopsCluster.TerminatedWorker)]
    [InlineData("tag-key", "k8s.io/role/master", KopsCluster.ControlPlane)]
    [InlineData("availability-zone", KopsCluster.ZoneB, KopsCluster.WorkerB)]
    [InlineData("instance-id", KopsCluster.Bastion, KopsCluster.Bastion)]
    [InlineData("instance-type", "t3.micro", KopsCluster.Bastion)]
    public async Task A_filter_finds_what_EC2_would_find(string name, string value, string expected)
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        var found = await IdsAsync(ec2, new DescribeInstancesRequest { Filters = [new Filter(name, [value])] });
        Assert.Equal(expected.Split(' '), found);
    }

    [Fact]
    public async Task A_worker_shows_its_zone_group_state_and_disk()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        var request = new DescribeInstancesRequest { InstanceIds = [KopsCluster.WorkerB] };
        var answer = await ec2.Client.DescribeInstancesAsync(request, Ec2Harness.Stop);
        var worker = answer.Reservations.Single().Instances.Single();
        Assert.Equal(KopsCluster.ZoneB, worker.Placement.AvailabilityZone);
        Assert.Equal(KopsCluster.NodesGroup, worker.SecurityGroups.Single().GroupName);
        Assert.Equal(("running", 16), (worker.State.Name.Value, worker.State.Code));
        Assert.Equal("t3.medium", worker.InstanceType.Value);
        Assert.Equal(KopsCluster.RootVolumeB, worker.BlockDeviceMappings.Single().Ebs.VolumeId);
        Assert.Contains(worker.Tags, tag => tag is { Key: "kubernetes.io/cluster/" + KopsCluster.Name, Value: "owned" });
    }

    [Theory]
    [InlineData("InvalidParameterValue", "MaxResults=4")]
    [InlineData("InvalidParameterValue", "MaxResults=1001")]
    [InlineData("InvalidParameterCombination", "MaxResults=5", "InstanceId.1=i-0b1c2d3e4f5061728")]
    [InlineData("InvalidInstanceID.NotFound", "InstanceId.1=i-00000000000000001")]
    [InlineData("InvalidInstanceID.Malformed", "InstanceId.1=nonsense")]
    [InlineData("InvalidParameterValue", "Filter.1.Name=status", "Filter.1.Value.1=x")]
    [InlineData("InvalidParameterValue", "Filter.1.Name=tag-key")]
    public async Task The_call_has_rules(string code, params string[] parameters)
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        Assert.Equal(code, (await ec2.CodeAsync("DescribeInstances", parameters)).Code);
    }

    [Fact]
    public async Task Pages_hold_every_instance_once()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        var seed = new InstanceSeed { Count = 11, AvailabilityZones = [KopsCluster.ZoneA, KopsCluster.ZoneC], SecurityGroups = ["muchos"] };
        foreach (var instance in seed.Instances(ec2.Server.Clock.GetUtcNow())) ec2.Server.Ec2.AddInstance(instance);

        var request = new DescribeInstancesRequest { MaxResults = 5, Filters = [new Filter("instance.group-name", ["muchos"])] };
        var ids = new List<string>();
        do
        {
            var answer = await ec2.Client.DescribeInstancesAsync(request, Ec2Harness.Stop);
            ids.AddRange(answer.Reservations.SelectMany(reservation => reservation.Instances).Select(instance => instance.InstanceId));
            request.NextToken = answer.NextToken;
        }
        while (request.NextToken is not null);
        Assert.Equal(11, ids.Distinct().Count());
        Assert.Equal(3, ec2.Server.Ledger.Count("DescribeInstances"));
    }

    [Fact]
    public async Task Zones_belong_to_a_region_and_can_be_impaired()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        ec2.Server.Ec2.Settings = new Ec2Settings { ZoneStates = new Dictionary<string, string> { [KopsCluster.ZoneB] = "impaired" } };
        var zones = (await ec2.Client.DescribeAvailabilityZonesAsync(new DescribeAvailabilityZonesRequest(), Ec2Harness.Stop)).AvailabilityZones;
        Assert.Equal([KopsCluster.ZoneA, KopsCluster.ZoneB, KopsCluster.ZoneC], zones.Select(zone => zone.ZoneName));
        Assert.Equal(["available", "impaired", "available"], zones.Select(zone => zone.State.Value));

        var elsewhere = ec2.NewClient("us-east-1");
        var others = (await elsewhere.DescribeAvailabilityZonesAsync(new DescribeAvailabilityZonesRequest(), Ec2Harness.Stop)).AvailabilityZones;
        Assert.All(others, zone => Assert.Equal("us-east-1", zone.RegionName));

        var request = new DescribeAvailabilityZonesRequest { Filters = [new Filter("state", ["impaired"])] };
        var impaired = await ec2.Client.DescribeAvailabilityZonesAsync(request, Ec2Harness.Stop);
        Assert.Equal("euw1-az1", Assert.Single(impaired.AvailabilityZones).ZoneId);
        Assert.Equal("InvalidParameterValue", (await ec2.CodeAsync("DescribeAvailabilityZones", "ZoneName.1=us-east-1a")).Code);
    }

    private static async Task<IEnumerable<string>> IdsAsync(Ec2Harness ec2, DescribeInstancesRequest request)
    {
        var answer = await ec2.Client.DescribeInstancesAsync(request, Ec2Harness.Stop);
        return answer.Reservations.SelectMany(reservation => reservation.Instances).Select(instance => instance.InstanceId);
    }
}
