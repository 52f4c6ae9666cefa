using EbsPv.Errors;
using EbsPv.Ports;
using EbsPv.Sandbox.Ec2;
using EbsPv.Sandbox.Ec2.Model;
using EbsPv.Sandbox.Ec2.Protocol;
using EbsPv.Sandbox.Server;
using EbsPv.Tests.Core;
using EbsPv.Volumes;
using Xunit;
using static EbsPv.Tests.Clients.Aws.AwsHarness;

namespace EbsPv.Tests.Clients.Aws;

/// <summary>Whatever goes wrong, a slot ends with one volume or with an error that says why, never with two volumes.</summary>
public class VolumeSetFaultTests
{
    private static readonly string ZoneB = KopsCluster.ZoneB;

    [Theory]
    [InlineData(FaultKind.CutAfter)]
    [InlineData(FaultKind.CutBefore)]
    [InlineData(FaultKind.Error)]
    public async Task An_answer_that_is_lost_or_bad_is_asked_for_again_under_the_same_token(FaultKind kind)
    {
        await using var aws = await StartAsync();
        aws.Fail(kind, times: 3);
        var outcome = await aws.RunAsync(Request() with { Count = 3 }, new VolumeRunOptions { ThrottleLimit = 1 });
        Assert.Equal((3, 3, 6), (outcome.Volumes.Count, aws.Made.Count, aws.Creates));
        Assert.All(outcome.Volumes, volume => Assert.False(volume.Adopted));
    }

    [Fact]
    public async Task A_server_that_keeps_failing_is_given_up_after_five_repetitions()
    {
        await using var aws = await StartAsync();
        aws.Fail(FaultKind.Error, times: -1);
        var outcome = await aws.RunAsync(Request(ZoneB));
        Assert.Equal(ErrorIds.AwsServiceFailed, Assert.Single(outcome.Failures).ErrorId);
        Assert.Equal(6, aws.Creates);
        Assert.Equal(5, aws.Time.Waits.Count(wait => wait > TimeSpan.Zero));
    }

    [Fact]
    public async Task A_poll_that_fails_says_nothing_about_the_volumes()
    {
        await using var aws = await StartAsync(new Ec2Settings { CreateTime = TimeSpan.FromSeconds(20) });
        aws.Server.Faults.Add(new Fault { Kind = FaultKind.Error, Operation = "DescribeVolumes", Skip = 1, Times = 12 });
        Assert.Equal(2, (await aws.RunAsync(Request())).Volumes.Count);
    }

    [Theory]
    [InlineData("error", "went to the state 'error'")]
    [InlineData("deleted", "not to be seen a minute later")]
    public async Task A_volume_that_fails_after_its_creation_points_to_the_key(string state, string what)
    {
        await using var aws = await StartAsync(new Ec2Settings { CreateTime = TimeSpan.FromHours(1) });
        aws.Time.Waiting = _ => aws.Server.Ec2.Force(aws.Made.FirstOrDefault(volume => volume.AvailabilityZone == ZoneB)?.VolumeId ?? KopsCluster.ForeignVolume, state);
        var failure = Assert.Single((await aws.RunAsync(Request(ZoneB))).Failures);
        Assert.Equal(ErrorIds.VolumeFailed, failure.ErrorId);
        Assert.Contains(what, failure.Message);
        Assert.Contains("KMS", failure.RecommendedAction);
    }

    [Fact]
    public async Task A_volume_that_is_not_shown_for_a_while_is_waited_for()
    {
        await using var aws = await StartAsync(new Ec2Settings { VisibilityDelay = TimeSpan.FromSeconds(40) });
        Assert.Equal(2, (await aws.RunAsync(Request())).Volumes.Count);
        Assert.Equal((2, 2), (aws.Creates, aws.Made.Count));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(50)]
    public async Task What_another_run_made_under_another_name_is_adopted_however_late_it_shows(int seconds)
    {
        await using var aws = await StartAsync(new Ec2Settings { VisibilityDelay = TimeSpan.FromSeconds(seconds) });
        var request = Request(ZoneB);
        var plan = VolumeSetPlanner.Plan(request, []);
        var other = await aws.Ec2.CreateVolumeAsync(Member(request, "manual-ebs-07"), Stop);
        var run = new VolumeSetRun(aws.Ec2, request, plan.Slots, new VolumeRunOptions(), aws.Reporter, aws.Time);
        await run.RunAsync(Stop);
        var volume = await run.VolumeAsync(0);
        Assert.Equal((other.VolumeId, "manual-ebs-07", true, "available"), (volume.VolumeId, volume.Name, volume.Adopted, volume.State));
        Assert.Single(aws.Made);
    }

    [Fact]
    public async Task What_another_run_made_smaller_is_a_mismatch_and_stays_alone()
    {
        await using var aws = await StartAsync();
        var request = Request(ZoneB);
        var plan = VolumeSetPlanner.Plan(request, []);
        await aws.Ec2.CreateVolumeAsync(Member(request.Sized(5), "manual-ebs-01"), Stop);
        var run = new VolumeSetRun(aws.Ec2, request, plan.Slots, new VolumeRunOptions(), aws.Reporter, aws.Time);
        await run.RunAsync(Stop);
        Assert.Equal(ErrorIds.VolumeSetMismatch, (await Assert.ThrowsAsync<EbsPvException>(() => run.VolumeAsync(0))).ErrorId);
        Assert.Single(aws.Made);
    }

    [Fact]
    public async Task A_token_whose_volume_was_deleted_gives_way_to_the_next_and_the_third_is_the_last()
    {
        await using var aws = await StartAsync();
        for (var attempt = 1; attempt <= ClientToken.MaxAttempts; attempt++)
        {
            aws.Server.Ledger.Clear();
            var outcome = await aws.RunAsync(Request(ZoneB));
            Assert.Equal(attempt, aws.Creates);
            aws.Server.Ec2.Force(Assert.Single(outcome.Volumes).VolumeId!, "deleted");
        }

        var failure = Assert.Single((await aws.RunAsync(Request(ZoneB))).Failures);
        Assert.Equal(ErrorIds.VolumeFailed, failure.ErrorId);
        Assert.Contains("-SetName", failure.RecommendedAction);
        Assert.Contains(aws.Reporter.Lines, line => line.Contains("eu-west-1b/1: token 1 belongs to a volume that is gone"));
    }

    [Fact]
    public async Task A_volume_that_has_left_the_set_is_not_taken_for_a_new_member_by_its_token()
    {
        await using var aws = await StartAsync();
        var first = (await aws.RunAsync(Request(ZoneB))).Volumes.Single();
        aws.Server.Ec2.Change(first.VolumeId!, volume => volume with { Tags = [.. volume.Tags.Select(Retired)] });
        var second = (await aws.RunAsync(Request(ZoneB))).Volumes.Single();
        Assert.NotEqual(first.VolumeId, second.VolumeId);
        Assert.Equal(2, aws.Made.Count);
    }

    [Fact]
    public async Task A_full_quota_is_an_error_and_so_is_no_reason_to_lose_what_was_made()
    {
        await using var aws = await StartAsync(new Ec2Settings { VolumeQuota = 5 });
        aws.Fail(FaultKind.CutAfter);
        var volume = Assert.Single((await aws.RunAsync(Request(ZoneB))).Volumes);
        Assert.Equal(Assert.Single(aws.Made).VolumeId, volume.VolumeId);
        Assert.Equal(ErrorIds.VolumeQuotaExceeded, Assert.Single((await aws.RunAsync(Request())).Failures).ErrorId);
        Assert.Single(aws.Made);
    }

    [Fact]
    public async Task Throttled_creates_are_all_made_and_those_that_follow_are_paced()
    {
        var small = new Dictionary<string, BucketSize> { ["CreateVolume"] = new(5, 1) };
        await using var aws = await StartAsync(new Ec2Settings { Buckets = small });
        var outcome = await aws.RunAsync(Request() with { Count = 60 });
        Assert.Equal((60, 60), (outcome.Volumes.Count, aws.Made.Count));
        var refused = aws.Server.Ledger.Calls.Count(call => call.Status == 503);
        Assert.Equal(60 + refused, aws.Creates);
        Assert.InRange(refused, 1, 60);
    }

    [Fact]
    public async Task Runs_side_by_side_with_different_zones_end_with_one_set()
    {
        await using var aws = await StartAsync(new Ec2Settings { VisibilityDelay = TimeSpan.FromSeconds(3) });
        string[][] zones = [[ZoneB], [KopsCluster.ZoneA, ZoneB], [ZoneB, KopsCluster.ZoneC], [KopsCluster.ZoneC, KopsCluster.ZoneA]];
        var runs = zones.Concat(zones).Select(some => aws.RunAsync(Request(some) with { CountPerZone = 3 }, ec2: aws.ConnectAnother()));
        var outcomes = await Task.WhenAll(runs);
        Assert.All(outcomes, outcome => Assert.Empty(outcome.Failures));
        Assert.Equal(9, aws.Made.Count);
        Assert.Equal(9, aws.MadeSlots().Distinct().Count());
        Assert.Equal(9, outcomes.SelectMany(outcome => outcome.Ids).Distinct().Count());
    }

    private static NewVolume Member(VolumeSetRequest request, string name) => new(
        ZoneB, request.Spec, VolumeTags.ForMember(request, ClusterKind.Kops, $"{ZoneB}/1", name),
        ClientToken.For(request.Region, request.ClusterName, request.SetName, $"{ZoneB}/1", 1));

    private static Ec2Tag Retired(Ec2Tag tag) => tag.Key switch
    {
        VolumeTags.Set => new Ec2Tag(VolumeTags.RetiredSet, tag.Value),
        VolumeTags.Slot => new Ec2Tag("ebspv/retired-slot", tag.Value),
        _ => tag,
    };
}
