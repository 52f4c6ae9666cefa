using EbsPv.Errors;
using EbsPv.Sandbox.Ec2;
using EbsPv.Volumes;
using Xunit;
using static EbsPv.Tests.Clients.Aws.SetVolumeHarness;

namespace EbsPv.Tests.Clients.Aws;

/// <summary>Changes of volumes, by the calls that reach the server.</summary>
public class SetVolumeRunTests
{
    private static readonly VolumeChangeSpec Larger = new() { Size = 20 };

    private static readonly Ec2Settings Slow = new() { ModifyTime = TimeSpan.FromSeconds(3), OptimizeTime = TimeSpan.FromHours(1) };

    [Fact]
    public async Task Three_volumes_cost_one_read_three_changes_and_one_call_a_poll()
    {
        await using var aws = await StartAsync(Slow);
        var ids = aws.Seed(3);
        var outcome = await aws.SetAsync(ids, Larger);
        Assert.Equal(ids, outcome.Volumes.Select(volume => volume.VolumeId));
        Assert.All(outcome.Volumes, volume => Assert.Equal((20, 3000, 125, KopsCluster.Name), (volume.Size, volume.Iops, volume.Throughput, volume.ClusterName)));
        Assert.All(ids, id => Assert.Equal(20, aws.Volume(id).Size));
        // At 0, 1.25 and 3.125 seconds.
        Assert.Equal(
            new Dictionary<string, int> { ["ec2 DescribeVolumes"] = 1, ["ec2 DescribeVolumesModifications"] = 3, ["ec2 ModifyVolume"] = 3 }, aws.Calls);
    }

    [Fact]
    public async Task Reads_and_polls_ask_for_two_hundred_volumes_a_call_and_no_call_is_throttled()
    {
        await using var aws = await StartAsync(new Ec2Settings { ModifyTime = TimeSpan.Zero });
        var ids = aws.Seed(401);
        var outcome = await aws.SetAsync(ids, Larger);
        Assert.Equal(ids, outcome.Volumes.Select(volume => volume.VolumeId));
        Assert.Equal(
            new Dictionary<string, int> { ["ec2 DescribeVolumes"] = 3, ["ec2 DescribeVolumesModifications"] = 3, ["ec2 ModifyVolume"] = 401 }, aws.Calls);
        Assert.All(aws.Server.Ledger.Calls, call => Assert.Equal(200, call.Status));
    }

    [Fact]
    public async Task What_is_there_already_is_emitted_as_it_is_for_one_read()
    {
        await using var aws = await StartAsync();
        var ids = aws.Seed(2, size: 20);
        var outcome = await aws.SetAsync(ids, Larger);
        Assert.Equal(ids, outcome.Volumes.Select(volume => volume.VolumeId));
        Assert.Equal(new Dictionary<string, int> { ["ec2 DescribeVolumes"] = 1 }, aws.Calls);
    }

    [Fact]
    public async Task The_same_line_again_changes_nothing()
    {
        await using var aws = await StartAsync(Slow);
        var ids = aws.Seed(3, "gp2", 200);
        var spec = new VolumeChangeSpec { VolumeType = "gp3", Size = 300 };
        var first = await aws.SetAsync(ids, spec);
        aws.Server.Ledger.Clear();
        var second = await aws.SetAsync(ids, spec);
        Assert.All(second.Volumes.Zip(first.Volumes), pair => Assert.Equal(VolumeShape.Of(pair.Second), VolumeShape.Of(pair.First)));
        Assert.Equal(new Dictionary<string, int> { ["ec2 DescribeVolumes"] = 1 }, aws.Calls);
    }

    [Theory]
    [InlineData(100, 3000, 125)]
    [InlineData(2000, 6000, 250)]
    public async Task From_gp2_to_gp3_the_plan_says_what_ec2_then_gives(int size, int iops, int throughput)
    {
        await using var aws = await StartAsync();
        var plans = await aws.PlanAsync(aws.Seed(1, "gp2", size), new VolumeChangeSpec { VolumeType = "gp3" });
        var volume = Assert.Single((await aws.RunAsync(plans)).Volumes);
        Assert.Equal(("gp3", size, iops, throughput), (volume.VolumeType, volume.Size, volume.Iops, volume.Throughput));
        Assert.Equal(plans[0].To, VolumeShape.Of(volume));
        Assert.Equal((iops, throughput), (aws.Volume(volume.VolumeId!).Iops, aws.Volume(volume.VolumeId!).Throughput));
    }

    [Fact]
    public async Task The_baseline_lowers_what_a_large_gp2_would_keep()
    {
        await using var aws = await StartAsync();
        var outcome = await aws.SetAsync(aws.Seed(1, "gp2", 2000), new VolumeChangeSpec { VolumeType = "gp3", Baseline = true });
        Assert.Equal((3000, 125), (outcome.Volumes[0].Iops, outcome.Volumes[0].Throughput));
        Assert.Equal((3000, 125), (aws.Volume(outcome.Volumes[0].VolumeId!).Iops, aws.Volume(outcome.Volumes[0].VolumeId!).Throughput));
    }

    [Fact]
    public async Task Without_a_wait_nothing_is_polled()
    {
        await using var aws = await StartAsync(Slow);
        var outcome = await aws.SetAsync(aws.Seed(3), Larger, new VolumeChangeOptions { WaitFor = ModificationWait.None });
        Assert.All(outcome.Volumes, volume => Assert.Equal(20, volume.Size));
        Assert.Equal(new Dictionary<string, int> { ["ec2 DescribeVolumes"] = 1, ["ec2 ModifyVolume"] = 3 }, aws.Calls);
    }

    [Fact]
    public async Task Completed_waits_until_the_data_is_moved_also_for_a_change_of_an_earlier_run()
    {
        await using var aws = await StartAsync(Slow);
        var completed = new VolumeChangeOptions { WaitFor = ModificationWait.Completed, Timeout = TimeSpan.FromHours(2) };
        var early = aws.Seed(1);
        await aws.SetAsync(early, Larger);
        var late = aws.Seed(1);
        var never = aws.Seed(1, size: 20);
        var outcome = await aws.SetAsync([.. early, .. late, .. never], Larger, completed);
        Assert.Equal(3, outcome.Volumes.Count);
        var now = aws.Server.Clock.GetUtcNow();
        Assert.All([.. early, .. late], id => Assert.Equal("completed", aws.Volume(id).Modifications.Single().StateAt(now)));
        Assert.Equal(2, aws.Calls["ec2 ModifyVolume"]);
    }

    [Fact]
    public async Task A_change_that_takes_too_long_is_told_with_its_state_and_goes_on()
    {
        await using var aws = await StartAsync(new Ec2Settings { ModifyTime = TimeSpan.FromHours(1) });
        var ids = aws.Seed(2);
        var outcome = await aws.SetAsync(ids, Larger, new VolumeChangeOptions { Timeout = TimeSpan.FromSeconds(60) });
        Assert.Equal(ids, outcome.Failures.Select(failure => failure.Target));
        Assert.All(outcome.Failures, failure => Assert.Equal(ErrorIds.VolumeWaitTimedOut, failure.ErrorId));
        Assert.Contains("'modifying' (0 %) after 60 seconds", outcome.Failures[0].Message);
        Assert.Equal(2, aws.Modifications(ids));
    }

    [Fact]
    public async Task A_change_that_ec2_fails_at_is_an_error_of_its_volume_and_the_others_go_on()
    {
        await using var aws = await StartAsync();
        var ids = aws.Seed(3);
        aws.Server.Ec2.Settings = aws.Server.Ec2.Settings with { FailingModifications = [ids[1]] };
        var outcome = await aws.SetAsync(ids, Larger);
        Assert.Equal([ids[0], ids[2]], outcome.Volumes.Select(volume => volume.VolumeId));
        var failure = Assert.Single(outcome.Failures);
        Assert.Equal((ErrorIds.VolumeModificationFailed, ids[1]), (failure.ErrorId, failure.Target));
        Assert.Equal(10, aws.Volume(ids[1]).Size);
    }

    [Fact]
    public async Task A_fifth_change_in_a_day_shows_ec2s_own_words_and_the_others_go_on()
    {
        await using var aws = await StartAsync(new Ec2Settings { OptimizeTime = TimeSpan.Zero });
        var ids = aws.Seed(2);
        for (var size = 11; size <= 14; size++) Assert.Single((await aws.SetAsync([ids[0]], new VolumeChangeSpec { Size = size })).Volumes);
        aws.Server.Ledger.Clear();
        var outcome = await aws.SetAsync(ids, Larger);
        Assert.Equal([ids[1]], outcome.Volumes.Select(volume => volume.VolumeId));
        var failure = Assert.Single(outcome.Failures);
        Assert.Equal((ErrorIds.VolumeModificationLimit, ids[0]), (failure.ErrorId, failure.Target));
        Assert.Contains($"{ids[0]} does not become gp3, 20 GiB, 3000 IOPS, 125 MiB/s: ", failure.Message);
        Assert.Contains("You've reached the maximum modification rate per volume limit.", failure.Message);
        Assert.Equal(2, aws.Calls["ec2 ModifyVolume"]);
    }

    [Fact]
    public async Task The_daily_line_of_a_set_still_holds_for_members_that_were_changed()
    {
        await using var aws = await StartAsync();
        var request = new VolumeSetRequest
        {
            Region = KopsCluster.Region, ClusterName = KopsCluster.Name, SetName = "manual-ebs", CountPerZone = 2,
            Zones = [new ZoneTarget(KopsCluster.ZoneB, ClusterKind.Kops, [])], Spec = new EbsPv.Volumes.VolumeSpec { Size = 10 },
        };
        var slots = VolumeSetPlanner.Plan(request, []).Slots;
        var run = new VolumeSetRun(aws.Ec2, request, slots, new VolumeRunOptions(), aws, aws.Time);
        await run.RunAsync(Stop);
        string[] ids = [(await run.VolumeAsync(0)).VolumeId!, (await run.VolumeAsync(1)).VolumeId!];
        await aws.SetAsync(ids, new VolumeChangeSpec { VolumeType = "io2", Size = 50, Iops = 4000 });
        var again = VolumeSetPlanner.Plan(request, await VolumeSetLookup.FindAsync(aws.Ec2, request, Stop));
        Assert.Equal(ids, again.Slots.Select(slot => slot.Existing?.VolumeId));
        Assert.All(again.Slots, slot => Assert.Equal(50, slot.Existing!.Size));
    }
}
