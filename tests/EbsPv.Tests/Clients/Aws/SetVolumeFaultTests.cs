using EbsPv.Errors;
using EbsPv.Sandbox.Ec2;
using EbsPv.Sandbox.Server;
using EbsPv.Volumes;
using Xunit;
using static EbsPv.Tests.Clients.Aws.SetVolumeHarness;

namespace EbsPv.Tests.Clients.Aws;

/// <summary>Lost answers, throttles and rivals: a change has no token, so nothing may send it twice without having looked.</summary>
public class SetVolumeFaultTests
{
    private static readonly VolumeChangeSpec Larger = new() { Size = 20 };

    private static readonly Ec2Settings Slow = new() { ModifyTime = TimeSpan.FromSeconds(30), OptimizeTime = TimeSpan.FromHours(1) };

    [Fact]
    public async Task A_change_whose_answer_was_lost_is_looked_up_and_not_sent_again()
    {
        await using var aws = await StartAsync(Slow);
        var ids = aws.Seed(3);
        aws.Fail(FaultKind.CutAfter, times: 3);
        var outcome = await aws.SetAsync(ids, Larger);
        Assert.Equal(ids, outcome.Volumes.Select(volume => volume.VolumeId));
        Assert.Equal((3, 3), (aws.Modifications(ids), aws.Calls["ec2 ModifyVolume"]));
    }

    [Fact]
    public async Task One_that_is_not_shown_yet_is_sent_again_and_ec2s_refusal_is_the_proof()
    {
        await using var aws = await StartAsync(Slow with { ModificationVisibilityDelay = TimeSpan.FromSeconds(20) });
        var ids = aws.Seed(1);
        aws.Fail(FaultKind.CutAfter);
        var outcome = await aws.SetAsync(ids, Larger);
        Assert.Equal(20, Assert.Single(outcome.Volumes).Size);
        Assert.Equal((1, 2), (aws.Modifications(ids), aws.Calls["ec2 ModifyVolume"]));
        Assert.Equal("IncorrectModificationState", aws.Server.Ledger.Calls.Last(call => call.Operation == "ModifyVolume").Error);
    }

    [Fact]
    public async Task One_that_never_arrived_is_sent_again_after_three_looks()
    {
        await using var aws = await StartAsync(Slow);
        var ids = aws.Seed(1);
        aws.Fail(FaultKind.CutBefore);
        var outcome = await aws.SetAsync(ids, Larger, new VolumeChangeOptions { WaitFor = ModificationWait.None });
        Assert.Single(outcome.Volumes);
        Assert.Equal(
            new Dictionary<string, int> { ["ec2 DescribeVolumes"] = 1, ["ec2 DescribeVolumesModifications"] = 3, ["ec2 ModifyVolume"] = 2 }, aws.Calls);
        Assert.Equal(1, aws.Modifications(ids));
    }

    [Fact]
    public async Task An_older_change_is_not_taken_for_the_one_whose_answer_was_lost()
    {
        await using var aws = await StartAsync(new Ec2Settings { OptimizeTime = TimeSpan.Zero });
        var ids = aws.Seed(1);
        await aws.SetAsync(ids, new VolumeChangeSpec { Size = 15 });
        aws.Fail(FaultKind.CutBefore);
        Assert.Equal(20, Assert.Single((await aws.SetAsync(ids, Larger)).Volumes).Size);
        Assert.Equal((2, 20), (aws.Modifications(ids), aws.Volume(ids[0]).Size));
    }

    [Fact]
    public async Task A_failed_older_change_that_is_still_shown_is_not_the_end_of_the_new_one()
    {
        await using var aws = await StartAsync(new Ec2Settings { FailingModifications = ["*"], OptimizeTime = TimeSpan.Zero });
        var ids = aws.Seed(1);
        Assert.Equal(ErrorIds.VolumeModificationFailed, Assert.Single((await aws.SetAsync(ids, Larger)).Failures).ErrorId);
        aws.Server.Ec2.Settings = aws.Server.Ec2.Settings with { FailingModifications = [], ModificationVisibilityDelay = TimeSpan.FromSeconds(5) };
        aws.Server.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(20, Assert.Single((await aws.SetAsync(ids, Larger)).Volumes).Size);
    }

    [Fact]
    public async Task Ec2_failing_throughout_is_told_after_four_tries()
    {
        await using var aws = await StartAsync(Slow);
        var ids = aws.Seed(2);
        aws.Fail(FaultKind.Error, times: -1, target: ids[0]);
        var outcome = await aws.SetAsync(ids, Larger);
        Assert.Equal([ids[1]], outcome.Volumes.Select(volume => volume.VolumeId));
        Assert.Equal(ErrorIds.AwsServiceFailed, Assert.Single(outcome.Failures).ErrorId);
        Assert.Equal((0, 5), (aws.Modifications([ids[0]]), aws.Calls["ec2 ModifyVolume"]));
    }

    [Fact]
    public async Task A_throttled_change_is_sent_again_without_a_look()
    {
        await using var aws = await StartAsync(new Ec2Settings { ModifyTime = TimeSpan.Zero });
        var ids = aws.Seed(3);
        aws.Fail(FaultKind.Error, times: 3, code: "RequestLimitExceeded", status: 503);
        Assert.Equal(3, (await aws.SetAsync(ids, Larger)).Volumes.Count);
        Assert.Equal(
            new Dictionary<string, int> { ["ec2 DescribeVolumes"] = 1, ["ec2 DescribeVolumesModifications"] = 1, ["ec2 ModifyVolume"] = 6 }, aws.Calls);
        Assert.Equal(3, aws.Modifications(ids));
    }

    [Fact]
    public async Task Two_runs_of_one_line_change_each_volume_once()
    {
        await using var aws = await StartAsync(Slow);
        var ids = aws.Seed(20);
        // Both have read before either has changed anything.
        var plans = await aws.PlanAsync(ids, Larger);
        var outcomes = await Task.WhenAll(aws.RunAsync(plans), aws.RunAsync(plans, ec2: aws.Connect()));
        Assert.All(outcomes, outcome => Assert.Equal(ids, outcome.Volumes.Select(volume => volume.VolumeId)));
        Assert.Equal((20, 40), (aws.Modifications(ids), aws.Calls["ec2 ModifyVolume"]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Another_change_under_way_is_an_error_that_shows_it(bool answerLost)
    {
        await using var aws = await StartAsync(Slow);
        var ids = aws.Seed(1);
        var plans = await aws.PlanAsync(ids, Larger);
        await aws.SetAsync(ids, new VolumeChangeSpec { Size = 15 }, new VolumeChangeOptions { WaitFor = ModificationWait.None });
        if (answerLost) aws.Fail(FaultKind.CutBefore);
        var failure = Assert.Single((await aws.RunAsync(plans)).Failures);
        Assert.Equal((ErrorIds.VolumeModificationUnderWay, ids[0]), (failure.ErrorId, failure.Target));
        Assert.Contains("does not become gp3, 20 GiB", failure.Message);
        Assert.Contains("EC2 is still at work on its change to gp3, 15 GiB, 3000 IOPS, 125 MiB/s (modifying, 0 %)", failure.Message);
        Assert.Equal(1, aws.Modifications(ids));
    }

    [Fact]
    public async Task A_poll_that_fails_says_nothing_about_the_changes()
    {
        await using var aws = await StartAsync(Slow);
        var ids = aws.Seed(2);
        aws.Server.Faults.Add(new Fault { Kind = FaultKind.Error, Operation = "DescribeVolumesModifications", Times = 6 });
        Assert.Equal(ids, (await aws.SetAsync(ids, Larger)).Volumes.Select(volume => volume.VolumeId));
        Assert.Contains(aws.Said, line => line.StartsWith("The state of 2 changes of volumes could not be read", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Missing_rights_are_named_and_what_was_accepted_goes_on()
    {
        await using var aws = await StartAsync(Slow with
        {
            DeniedActions = new Dictionary<string, IReadOnlyList<string>> { ["*"] = ["DescribeVolumesModifications"] },
        });
        var ids = aws.Seed(2);
        var outcome = await aws.SetAsync(ids, Larger);
        Assert.All(outcome.Failures, failure => Assert.Contains("ec2:DescribeVolumesModifications", failure.Message));
        Assert.Equal((2, 2), (outcome.Failures.Count, aws.Modifications(ids)));
    }

    [Fact]
    public async Task What_was_not_sent_when_the_user_stops_is_not_sent_any_more()
    {
        await using var aws = await StartAsync(Slow);
        var ids = aws.Seed(50);
        var plans = await aws.PlanAsync(ids, Larger);
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        var run = new VolumeChangeRun(aws.Ec2, plans, new VolumeChangeOptions(), aws, aws.Time);
        await run.RunAsync(stop.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.VolumeAsync(0));
        Assert.Equal(0, aws.Modifications(ids));
    }
}
