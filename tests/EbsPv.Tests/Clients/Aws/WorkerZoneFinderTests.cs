using EbsPv.Errors;
using EbsPv.Sandbox.Ec2;
using EbsPv.Tests.Support;
using EbsPv.Zones;
using Xunit;
using static EbsPv.Tests.Clients.Aws.AwsHarness;

namespace EbsPv.Tests.Clients.Aws;

public class WorkerZoneFinderTests
{
    [Fact]
    public async Task The_zones_of_the_running_workers_come_sorted_each_once()
    {
        await using var aws = await StartAsync();
        aws.Change(settings => settings with { ZoneStates = new Dictionary<string, string> { [KopsCluster.ZoneC] = "impaired" } });
        var zones = await FindAsync(aws, KopsCluster.Name);
        Assert.Equal([KopsCluster.ZoneB, KopsCluster.ZoneC], zones.Select(zone => zone.AvailabilityZone));
        Assert.Equal([KopsCluster.WorkerB, KopsCluster.WorkerC], zones.SelectMany(zone => zone.InstanceId));
        Assert.Equal(["available", "impaired"], zones.Select(zone => zone.ZoneState));
        Assert.All(zones, zone => Assert.Equal((ClusterKind.Kops, 1, "eu-west-1", "ctx"), (zone.ClusterKind, zone.WorkerCount, zone.Region, zone.Context)));
        Assert.Equal(
            new Dictionary<string, int> { ["ec2 DescribeAvailabilityZones"] = 1, ["ec2 DescribeInstances"] = 5 }, aws.Server.Ledger.Counts);
    }

    [Theory]
    [InlineData("eks:cluster-name", ClusterKind.Eks)]
    [InlineData("aws:eks:cluster-name", ClusterKind.Eks)]
    public async Task Workers_of_EKS_are_found_by_their_tags(string key, ClusterKind kind)
    {
        await using var aws = await StartAsync();
        Add(aws, new InstanceSeed { Count = 4, AvailabilityZones = [KopsCluster.ZoneA, KopsCluster.ZoneC], Tags = { [key] = "eks" } });
        var zones = await FindAsync(aws, "eks");
        Assert.Equal([2, 2], zones.Select(zone => zone.WorkerCount));
        Assert.All(zones, zone => Assert.Equal(kind, zone.ClusterKind));
    }

    [Fact]
    public async Task Workers_that_contradict_each_other_leave_the_kind_unknown()
    {
        await using var aws = await StartAsync();
        Add(aws, new InstanceSeed { Tags = { ["eks:cluster-name"] = "eks" } });
        Add(aws, new InstanceSeed { Tags = { ["aws:eks:cluster-name"] = "eks", ["eks:eks-cluster-name"] = "eks" } });
        var zone = Assert.Single(await FindAsync(aws, "eks"));
        Assert.Equal((2, ClusterKind.Unknown), (zone.WorkerCount, zone.ClusterKind));
    }

    [Fact]
    public async Task More_workers_than_a_page_holds_are_all_counted()
    {
        await using var aws = await StartAsync(new Ec2Settings { EmptyFirstPage = true });
        Add(aws, new InstanceSeed { Count = 1_203, Tags = { ["eks:cluster-name"] = "big" } });
        Assert.Equal(1_203, Assert.Single(await FindAsync(aws, "big")).WorkerCount);
    }

    [Fact]
    public async Task No_worker_is_an_error_that_says_what_was_looked_for_and_where()
    {
        await using var aws = await StartAsync();
        var failure = await Refusal.OfAsync(ErrorIds.WorkerNotFound, () => FindAsync(aws, "nobody"));
        Assert.Contains("nodes.nobody", failure.Message);
        Assert.Contains("eu-west-1", failure.Message);
    }

    [Fact]
    public async Task Zone_states_that_may_not_be_read_stay_unknown()
    {
        await using var aws = await StartAsync();
        aws.Change(settings => settings with
        {
            DeniedActions = new Dictionary<string, IReadOnlyList<string>> { ["*"] = ["DescribeAvailabilityZones"] },
        });
        Assert.All(await FindAsync(aws, KopsCluster.Name), zone => Assert.Null(zone.ZoneState));
        Assert.Contains(aws.Reporter.Lines, line => line.Contains("ec2:DescribeAvailabilityZones"));
    }

    private static void Add(AwsHarness aws, InstanceSeed seed)
    {
        foreach (var instance in seed.Instances(aws.Server.Clock.GetUtcNow())) aws.Server.Ec2.AddInstance(instance);
    }

    private static Task<IReadOnlyList<WorkerZone>> FindAsync(AwsHarness aws, string cluster) =>
        WorkerZoneFinder.FindByInstancesAsync(aws.Ec2, new WorkerZoneQuery(cluster, "ctx"), aws.Reporter, Stop);
}
