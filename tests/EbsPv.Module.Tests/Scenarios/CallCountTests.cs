using EbsPv.Module.Tests.Backends;
using Xunit;

namespace EbsPv.Module.Tests.Scenarios;

/// <summary>What a run costs in calls, exactly, counted at the server. Volumes are available at the first poll, so that there is one.</summary>
public sealed class CallCountTests(SandboxBackend backend) : SandboxTests(backend)
{
    private const string Zones = "'eu-west-1b', 'eu-west-1c'";

    private const string Thousand = "1..1000 | ForEach-Object { [pscustomobject]@{ VolumeId = 'vol-{0:x17}' -f $_; Name = 'data-{0:d4}' -f $_; AvailabilityZone = 'eu-west-1b'; Size = 10 } }";

    [Theory]
    [InlineData(3, 1)]
    [InlineData(100, 1)]
    [InlineData(201, 2)]
    public async Task New_looks_once_creates_each_and_polls_200_at_a_time(int count, int callsAPoll)
    {
        var cost = await CostAsync($"{Zones} | New-ClusterEbsVolume -Size 10 -Count {count}");

        AssertCost(cost, ("ec2 CreateVolume", count), ("ec2 DescribeVolumes", 1 + callsAPoll));
    }

    [Fact]
    public async Task New_that_finds_everything_there_looks_once()
    {
        await CostAsync($"{Zones} | New-ClusterEbsVolume -Size 10 -Count 100");

        var cost = await CostAsync($"{Zones} | New-ClusterEbsVolume -Size 10 -Count 100");

        AssertCost(cost, ("ec2 DescribeVolumes", 1));
    }

    [Fact]
    public async Task New_looks_a_large_set_up_by_pages_of_500()
    {
        await SeedMembersAsync(600);

        var cost = await CostAsync("'eu-west-1b' | New-ClusterEbsVolume -Size 10 -Count 601");

        AssertCost(cost, ("ec2 CreateVolume", 1), ("ec2 DescribeVolumes", 2 + 1));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(100)]
    [InlineData(1000)]
    public async Task Register_reads_once_posts_each_and_watches_once(int count)
    {
        await SeedMembersAsync(count);

        var cost = await CostAsync("Get-ClusterEbsVolume -SetName manual-ebs | Register-EbsPersistentVolume");

        AssertCost(
            cost,
            ("ec2 DescribeVolumes", (count + 499) / 500),
            ("kubernetes create persistentvolumes", count),
            ("kubernetes get storageclasses", 1),
            ("kubernetes get version", 1),
            ("kubernetes list csidrivers", 1),
            ("kubernetes list csinodes", 1),
            ("kubernetes list nodes", 1),
            ("kubernetes list persistentvolumeclaims", 1),
            ("kubernetes list persistentvolumes", 1),
            ("kubernetes watch persistentvolumes", 1));
    }

    [Fact]
    public async Task Register_that_finds_everything_there_reads_pages_of_500_and_nothing_more()
    {
        await SeedMembersAsync(1000);
        await CostAsync("Get-ClusterEbsVolume -SetName manual-ebs | Register-EbsPersistentVolume");

        var cost = await CostAsync("Get-ClusterEbsVolume -SetName manual-ebs | Register-EbsPersistentVolume");

        AssertCost(
            cost,
            ("ec2 DescribeVolumes", 2),
            ("kubernetes get storageclasses", 1),
            ("kubernetes get version", 1),
            ("kubernetes list csidrivers", 1),
            ("kubernetes list csinodes", 1),
            ("kubernetes list nodes", 1),
            ("kubernetes list persistentvolumes", 2));
    }

    [Fact]
    public async Task A_thousand_given_volumes_cost_EC2_nothing_and_a_second_run_costs_seven_reads()
    {
        var first = await CostAsync($"{Thousand} | Register-EbsPersistentVolume");
        var second = await CostAsync($"{Thousand} | Register-EbsPersistentVolume");

        AssertCost(
            first,
            ("kubernetes create persistentvolumes", 1000),
            ("kubernetes get storageclasses", 1),
            ("kubernetes get version", 1),
            ("kubernetes list csidrivers", 1),
            ("kubernetes list csinodes", 1),
            ("kubernetes list nodes", 1),
            ("kubernetes list persistentvolumeclaims", 1),
            ("kubernetes list persistentvolumes", 1),
            ("kubernetes watch persistentvolumes", 1));
        AssertCost(
            second,
            ("kubernetes get storageclasses", 1),
            ("kubernetes get version", 1),
            ("kubernetes list csidrivers", 1),
            ("kubernetes list csinodes", 1),
            ("kubernetes list nodes", 1),
            ("kubernetes list persistentvolumes", 2));
        Assert.InRange(second.Values.Sum(), 1, 8);
    }

    [Fact]
    public async Task A_thousand_claims_cost_a_post_each_and_one_watch_and_a_second_run_nothing_but_lists()
    {
        const string Claims = "Get-EbsPersistentVolume | New-EbsPersistentVolumeClaim -Namespace default";
        await CostAsync($"{Thousand} | Register-EbsPersistentVolume");

        var first = await CostAsync(Claims);
        var second = await CostAsync(Claims);

        // Get- reads the pages of the PersistentVolumes, and so does New-, whose list is the one that is checked.
        AssertCost(
            first,
            ("kubernetes create persistentvolumeclaims", 1000),
            ("kubernetes list persistentvolumeclaims", 1),
            ("kubernetes list persistentvolumes", 4),
            ("kubernetes watch persistentvolumeclaims", 1));
        AssertCost(second, ("kubernetes list persistentvolumeclaims", 2), ("kubernetes list persistentvolumes", 4));
    }

    [Fact]
    public async Task A_thousand_volumes_kept_for_the_pods_of_a_StatefulSet_cost_two_reads_more()
    {
        var cost = await CostAsync($"{Thousand} | Register-EbsPersistentVolume -StatefulSet db -ClaimTemplate data -ClaimNamespace default");

        Assert.Equal(1000, cost["kubernetes create persistentvolumes"]);
        Assert.Equal(1, cost["kubernetes watch persistentvolumes"]);
        // The claims of the set, and once all of them, for their notes.
        Assert.Equal((1, 2), (cost["kubernetes get statefulsets"], cost["kubernetes list persistentvolumeclaims"]));
        Assert.InRange(cost.Values.Sum() - 1000, 1, 10);
    }

    [Fact]
    public async Task Register_that_shall_not_look_ahead_reads_PersistentVolumes_and_claims_alone()
    {
        await SeedMembersAsync(3);

        var cost = await CostAsync("Get-ClusterEbsVolume -SetName manual-ebs | Register-EbsPersistentVolume -VolumeSource Csi -SkipPreflight -NoWait");

        AssertCost(cost, ("ec2 DescribeVolumes", 1), ("kubernetes create persistentvolumes", 3), ("kubernetes list persistentvolumeclaims", 1), ("kubernetes list persistentvolumes", 1));
    }

    [Fact]
    public async Task The_whole_line_costs_what_its_parts_cost()
    {
        var cost = await CostAsync(Line);

        AssertCost(
            cost,
            ("ec2 CreateVolume", 2),
            ("ec2 DescribeAvailabilityZones", 1),
            ("ec2 DescribeInstances", 5),
            ("ec2 DescribeVolumes", 2),
            ("kubernetes create persistentvolumes", 2),
            ("kubernetes get storageclasses", 1),
            ("kubernetes get version", 1),
            ("kubernetes list csidrivers", 1),
            ("kubernetes list csinodes", 1),
            ("kubernetes list nodes", 1),
            ("kubernetes list persistentvolumeclaims", 1),
            ("kubernetes list persistentvolumes", 1),
            ("kubernetes watch persistentvolumes", 1));
    }

    [Fact]
    public async Task Snapshots_are_looked_up_by_pages_made_one_by_one_and_polled_200_at_a_time()
    {
        await SeedMembersAsync(201);

        var made = await CostAsync("Get-ClusterEbsVolume -SetName manual-ebs | New-ClusterEbsSnapshot");
        var listed = await CostAsync("Get-ClusterEbsSnapshot");
        var ofVolumes = await CostAsync("Get-ClusterEbsVolume -SetName manual-ebs | Get-ClusterEbsSnapshot -Newest 1");

        // The volumes: once by the cmdlet that lists them, then by id.
        AssertCost(made, ("ec2 CreateSnapshot", 201), ("ec2 DescribeSnapshots", 2), ("ec2 DescribeVolumes", 1 + 2));
        AssertCost(listed, ("ec2 DescribeSnapshots", 4 + 2), ("ec2 DescribeVolumes", 4));
        AssertCost(ofVolumes, ("ec2 DescribeSnapshots", 2), ("ec2 DescribeVolumes", 1 + 2));
    }

    [Fact]
    public async Task Snapshots_are_removed_one_by_one_and_read_twice()
    {
        await SeedMembersAsync(10);
        await CostAsync("Get-ClusterEbsVolume -SetName manual-ebs | New-ClusterEbsSnapshot");
        await Backend.TeachSnapshotContentsAsync();

        var cost = await CostAsync("Get-ClusterEbsSnapshot | Remove-ClusterEbsSnapshot -Confirm:$false");

        AssertCost(
            cost,
            ("ec2 DeleteSnapshot", 10),
            ("ec2 DescribeInstances", 5),
            // By the cmdlet that lists them; by id and by volume; by id once more.
            ("ec2 DescribeSnapshots", 5 + 2 + 1),
            ("ec2 DescribeVolumes", 4 + 1 + 1),
            ("kubernetes list nodes", 1),
            ("kubernetes list persistentvolumeclaims", 2),
            ("kubernetes list persistentvolumes", 2),
            ("kubernetes list volumesnapshotcontents", 2));
    }

    [Fact]
    public async Task Unregistered_volumes_cost_one_list_each_of_what_stands_for_volumes()
    {
        await SeedMembersAsync(3);

        var cost = await CostAsync("Get-ClusterEbsVolume -Unregistered");

        AssertCost(cost, ("ec2 DescribeInstances", 5), ("ec2 DescribeVolumes", 4), ("kubernetes list nodes", 1), ("kubernetes list persistentvolumeclaims", 1), ("kubernetes list persistentvolumes", 1));
    }

    [Fact]
    public async Task WhatIf_sends_nothing_that_changes_anything()
    {
        var cost = await CostAsync("$WhatIfPreference = $true; " + Line);

        Assert.DoesNotContain(cost.Keys, call => call.Contains("reate", StringComparison.Ordinal));
        Assert.Equal(1, cost["ec2 DescribeVolumes"]);
    }
}
