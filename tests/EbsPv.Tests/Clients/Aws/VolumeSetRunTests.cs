using EbsPv.Errors;
using EbsPv.Sandbox.Ec2;
using EbsPv.Tests.Core;
using EbsPv.Tests.Support;
using EbsPv.Volumes;
using Xunit;
using static EbsPv.Tests.Clients.Aws.AwsHarness;

namespace EbsPv.Tests.Clients.Aws;

/// <summary>A set from look-up to available volumes, by the calls that reach the server.</summary>
public class VolumeSetRunTests
{
    [Fact]
    public async Task Three_volumes_cost_one_look_up_three_creates_and_one_call_a_poll()
    {
        await using var aws = await StartAsync();
        var outcome = await aws.RunAsync(Request() with { Count = 3 });
        Assert.Equal(["manual-ebs-01", "manual-ebs-02", "manual-ebs-03"], outcome.Volumes.Select(volume => volume.Name));
        Assert.All(outcome.Volumes, volume => Assert.Equal(("available", false), (volume.State, volume.Adopted)));
        Assert.Equal(new Dictionary<string, int> { ["ec2 CreateVolume"] = 3, ["ec2 DescribeVolumes"] = 1 + 2 }, aws.Server.Ledger.Counts);
    }

    [Fact]
    public async Task A_hundred_volumes_cost_no_more_polls_than_three()
    {
        await using var aws = await StartAsync();
        var outcome = await aws.RunAsync(Request() with { Count = 100 });
        Assert.Equal(100, outcome.Ids.Distinct().Count());
        Assert.Equal((100, 1 + 2), (aws.Creates, aws.Describes));
        Assert.All(aws.Server.Ledger.Calls, call => Assert.Equal(200, call.Status));
    }

    [Fact]
    public async Task A_poll_asks_for_two_hundred_volumes_a_call()
    {
        await using var aws = await StartAsync(new Ec2Settings { CreateTime = TimeSpan.Zero });
        var outcome = await aws.RunAsync(Request() with { Count = 201 });
        Assert.Equal(201, outcome.Volumes.Count);
        Assert.Equal(1 + 2, aws.Describes);
    }

    [Fact]
    public async Task What_goes_over_the_wire_is_the_volume_its_token_and_its_tags()
    {
        await using var aws = await StartAsync();
        await aws.RunAsync(Request(KopsCluster.ZoneB) with { Tags = new Dictionary<string, string> { ["team"] = "*?\\" } });
        var volume = Assert.Single(aws.Made);
        Assert.Equal((KopsCluster.ZoneB, 10, "gp3", "eu-west-1"), (volume.AvailabilityZone, volume.Size, volume.VolumeType, volume.Region));
        Assert.Equal(
            ["Name=manual-ebs-01", "KubernetesCluster=proyecto.k8s.local", "ebspv/set=manual-ebs", "ebspv/slot=eu-west-1b/1",
                "kubernetes.io/cluster/proyecto.k8s.local=shared", "team=*?\\"],
            volume.Tags.Select(tag => $"{tag.Key}={tag.Value}"));
    }

    [Fact]
    public async Task The_same_line_again_makes_nothing_and_gives_the_same_volumes()
    {
        await using var aws = await StartAsync();
        var first = await aws.RunAsync(Request() with { Count = 3 });
        aws.Server.Ledger.Clear();
        var second = await aws.RunAsync(Request() with { Count = 3 });
        Assert.Equal(first.Ids, second.Ids);
        Assert.All(second.Volumes, volume => Assert.True(volume.Adopted));
        Assert.Equal(new Dictionary<string, int> { ["ec2 DescribeVolumes"] = 1 }, aws.Server.Ledger.Counts);
    }

    [Fact]
    public async Task Another_zone_and_a_higher_count_add_what_is_missing()
    {
        await using var aws = await StartAsync();
        var first = await aws.RunAsync(Request(KopsCluster.ZoneB));
        var more = await aws.RunAsync(Request(KopsCluster.ZoneA, KopsCluster.ZoneB) with { CountPerZone = 2 });
        Assert.Equal(["eu-west-1a/1", "eu-west-1a/2", "eu-west-1b/1", "eu-west-1b/2"], aws.MadeSlots());
        Assert.Equal([first.Volumes[0].VolumeId], more.Volumes.Where(volume => volume.Adopted).Select(volume => volume.VolumeId));
    }

    [Fact]
    public async Task A_mismatch_is_found_before_anything_is_made()
    {
        await using var aws = await StartAsync();
        await aws.RunAsync(Request(KopsCluster.ZoneB));
        await Refusal.OfAsync(ErrorIds.VolumeSetMismatch, () => aws.RunAsync(Request().Sized(20)));
        Assert.Equal(1, aws.Creates);
    }

    [Fact]
    public async Task Polls_come_at_once_then_after_a_growing_pause()
    {
        await using var aws = await StartAsync(new Ec2Settings { CreateTime = TimeSpan.FromSeconds(60) });
        await aws.RunAsync(Request());
        Assert.Equal([1.25, 1.875, 2.812, 4.218, 6.328, 9.492, 10, 10, 10, 10], aws.Time.Seconds);
        Assert.Equal(1 + 11, aws.Describes);
    }

    [Fact]
    public async Task Volumes_that_are_usable_are_not_held_up_by_the_slow_ones()
    {
        await using var aws = await StartAsync(new Ec2Settings { CreateTime = TimeSpan.FromHours(1) });
        var request = Request();
        var plan = VolumeSetPlanner.Plan(request, []);
        var run = new VolumeSetRun(aws.Ec2, request, plan.Slots, new VolumeRunOptions(), aws.Reporter, aws.Time);
        var firstWasThere = false;
        aws.Time.Waiting = _ =>
        {
            if (run.VolumeAsync(0).IsCompletedSuccessfully) firstWasThere |= !run.VolumeAsync(1).IsCompleted;
            else aws.Server.Ec2.Force(aws.Made.First(volume => volume.AvailabilityZone == KopsCluster.ZoneB).VolumeId, "available");
        };
        await run.RunAsync(Stop);
        Assert.True(firstWasThere);
        await Refusal.OfAsync(ErrorIds.VolumeWaitTimedOut, () => run.VolumeAsync(1));
    }

    [Fact]
    public async Task What_is_not_available_in_time_is_named_and_kept()
    {
        await using var aws = await StartAsync(new Ec2Settings { CreateTime = TimeSpan.FromHours(1) });
        var outcome = await aws.RunAsync(Request(), new VolumeRunOptions { Timeout = TimeSpan.FromSeconds(45) });
        Assert.Equal([ErrorIds.VolumeWaitTimedOut, ErrorIds.VolumeWaitTimedOut], outcome.Failures.Select(failure => failure.ErrorId));
        Assert.Equal(aws.Made.Select(volume => volume.VolumeId).Order(), outcome.Failures.Select(failure => (string)failure.Target!).Order());
        Assert.All(outcome.Failures, failure => Assert.Contains("'creating' after 45 seconds", failure.Message));
        Assert.Equal(45, aws.Time.Seconds.Sum(), 3);
    }

    [Fact]
    public async Task Without_waiting_volumes_come_as_they_were_answered()
    {
        await using var aws = await StartAsync();
        var outcome = await aws.RunAsync(Request(), new VolumeRunOptions { Wait = false });
        Assert.All(outcome.Volumes, volume => Assert.Equal("creating", volume.State));
        Assert.Equal((2, 1), (aws.Creates, aws.Describes));
    }

    [Fact]
    public async Task A_member_that_is_still_being_made_is_waited_for_too()
    {
        await using var aws = await StartAsync();
        await aws.RunAsync(Request(), new VolumeRunOptions { Wait = false });
        var outcome = await aws.RunAsync(Request());
        Assert.All(outcome.Volumes, volume => Assert.Equal(("available", true), (volume.State, volume.Adopted)));
        Assert.Equal(2, aws.Creates);
    }

    [Fact]
    public async Task A_zone_without_room_does_not_stop_the_other()
    {
        await using var aws = await StartAsync(new Ec2Settings { ZonesWithoutCapacity = [KopsCluster.ZoneB] });
        var outcome = await aws.RunAsync(Request());
        Assert.Equal(KopsCluster.ZoneC, Assert.Single(outcome.Volumes).AvailabilityZone);
        Assert.Equal(ErrorIds.InsufficientVolumeCapacity, Assert.Single(outcome.Failures).ErrorId);
        aws.Change(settings => settings with { ZonesWithoutCapacity = [] });
        Assert.Equal(2, (await aws.RunAsync(Request())).Volumes.Count);
        Assert.Equal(2, aws.Made.Count);
    }

    [Fact]
    public async Task Stopping_lets_no_further_create_begin()
    {
        await using var aws = await StartAsync();
        using var stop = new CancellationTokenSource();
        aws.Reporter.Progressing = _ => stop.Cancel();
        var outcome = await aws.RunAsync(Request() with { Count = 9 }, new VolumeRunOptions { ThrottleLimit = 1 }, stop: stop);
        Assert.Equal((1, 9), (aws.Creates, outcome.Cancelled));
        Assert.Equal(9, (await aws.RunAsync(Request() with { Count = 9 })).Volumes.Count);
        Assert.Equal(9, aws.Made.Count);
    }

    [Fact]
    public async Task A_create_that_has_begun_is_seen_through()
    {
        await using var aws = await StartAsync();
        aws.Fail(EbsPv.Sandbox.Server.FaultKind.CutAfter);
        using var stop = new CancellationTokenSource();
        aws.Time.Waiting = _ => stop.Cancel();
        await aws.RunAsync(Request() with { Count = 5 }, new VolumeRunOptions { ThrottleLimit = 1 }, stop: stop);
        Assert.Equal((2, 1), (aws.Creates, aws.Made.Count));
    }
}
