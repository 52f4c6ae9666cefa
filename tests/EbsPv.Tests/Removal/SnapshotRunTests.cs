using EbsPv.Errors;
using EbsPv.Removal;
using EbsPv.Sandbox.Ec2;
using EbsPv.Sandbox.Server;
using Xunit;

namespace EbsPv.Tests.Removal;

/// <summary>Final snapshots that fail, come late, or whose answer is lost: a volume never goes without one that is completed.</summary>
public class SnapshotRunTests
{
    [Fact]
    public async Task A_snapshot_that_fails_keeps_its_volume()
    {
        await using var sandbox = await RemoveHarness.StartAsync(new Ec2Settings { SnapshotsFail = true });
        var volumeId = sandbox.Seed();
        var failure = (await sandbox.RemoveAsync(RemoveHarness.Request(volumeId))).Failure(ErrorIds.SnapshotFailed);
        Assert.Equal(volumeId, failure.Target);
        Assert.Contains("'error'", failure.Message);
        Assert.EndsWith($"The volume {volumeId} is not removed.", failure.Message);
        Assert.Equal((0, "available"), (sandbox.Count("DeleteVolume"), sandbox.StateOf(volumeId)));
    }

    [Fact]
    public async Task A_snapshot_that_is_not_completed_in_time_keeps_its_volume_and_the_others_go()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var (slow, fast) = (sandbox.Seed(), sandbox.Seed());
        sandbox.Time.Waiting = () =>
        {
            foreach (var snapshot in sandbox.Snapshots.Where(snapshot => snapshot.VolumeId == slow)) sandbox.Server.Ec2.AddSnapshot(snapshot with { EndsAt = null });
        };
        var outcome = await sandbox.RemoveAsync(RemoveHarness.Request(slow, fast), new RemovalOptions { Timeout = TimeSpan.FromSeconds(100) });
        var failure = outcome.Failure(ErrorIds.SnapshotWaitTimedOut);
        Assert.Contains("'pending'", failure.Message);
        Assert.Contains("100 seconds", failure.Message);
        Assert.Equal([fast], outcome.Ids);
        Assert.Equal(("available", 100), (sandbox.StateOf(slow), Math.Round(sandbox.Time.Waits.Sum(), 1)));
    }

    [Fact]
    public async Task A_snapshot_that_vanishes_keeps_its_volume()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var volumeId = sandbox.Seed();
        sandbox.Time.Waiting = () =>
        {
            foreach (var snapshot in sandbox.Snapshots) sandbox.Server.Ec2.Snapshots.Delete(KopsCluster.Region, snapshot.SnapshotId);
        };
        var outcome = await sandbox.RemoveAsync(RemoveHarness.Request(volumeId));
        Assert.Contains("not to be seen", outcome.Failure(ErrorIds.SnapshotFailed).Message);
        Assert.InRange(sandbox.Time.Waits.Sum(), 60, 75);
        Assert.Equal(0, sandbox.Count("DeleteVolume"));
    }

    [Fact]
    public async Task A_snapshot_shown_late_is_waited_for()
    {
        await using var sandbox = await RemoveHarness.StartAsync(new Ec2Settings { VisibilityDelay = TimeSpan.FromSeconds(50) });
        var volumeId = sandbox.Seed();
        var outcome = await sandbox.RemoveAsync(RemoveHarness.Request(volumeId));
        Assert.Equal([volumeId], outcome.Ids);
        Assert.Equal(1, sandbox.Count("CreateSnapshot"));
    }

    [Theory]
    [InlineData(FaultKind.CutAfter, 1)]
    [InlineData(FaultKind.CutBefore, 2)]
    [InlineData(FaultKind.Error, 2)]
    public async Task A_lost_answer_leaves_one_snapshot(FaultKind fault, int calls)
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var volumeId = sandbox.Seed();
        sandbox.Fail(fault, "CreateSnapshot");
        var outcome = await sandbox.RemoveAsync(RemoveHarness.Request(volumeId));
        Assert.Equal(Assert.Single(sandbox.Snapshots).SnapshotId, Assert.Single(outcome.Removed).FinalSnapshotId);
        Assert.Equal((calls, 1), (sandbox.Count("CreateSnapshot"), sandbox.Count("DeleteVolume")));
    }

    [Fact]
    public async Task A_snapshot_whose_answer_is_lost_and_that_is_shown_late_is_proved_by_EC2_s_refusal_of_a_second()
    {
        await using var sandbox = await RemoveHarness.StartAsync(new Ec2Settings { VisibilityDelay = TimeSpan.FromSeconds(40) });
        var volumeId = sandbox.Seed();
        sandbox.Fail(FaultKind.CutAfter, "CreateSnapshot");
        var outcome = await sandbox.RemoveAsync(RemoveHarness.Request(volumeId));
        Assert.Equal([volumeId], outcome.Ids);
        Assert.Single(sandbox.Snapshots);
        Assert.Equal([null, "SnapshotCreationPerVolumeRateExceeded"],
            sandbox.Server.Ledger.Calls.Where(call => call.Operation == "CreateSnapshot").Select(call => call.Error == "CutAfter" ? null : call.Error));
    }

    [Fact]
    public async Task After_a_long_doubt_only_time_shows_that_there_is_no_snapshot()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var volumeId = sandbox.Seed();
        sandbox.Fail(FaultKind.CutBefore, "CreateSnapshot");
        sandbox.Time.Waiting = () =>
        {
            // The first look takes longer than EC2 would refuse a second snapshot.
            if (sandbox.Time.Waits.IsEmpty) sandbox.Server.Clock.Advance(TimeSpan.FromSeconds(20));
        };
        var outcome = await sandbox.RemoveAsync(RemoveHarness.Request(volumeId));
        var creates = sandbox.Server.Ledger.Calls.Where(call => call.Operation == "CreateSnapshot").Select(call => call.Time).ToList();
        Assert.Equal(2, creates.Count);
        Assert.InRange((creates[1] - creates[0]).TotalSeconds, 60, 70);
        Assert.Equal([volumeId], outcome.Ids);
    }

    [Fact]
    public async Task A_second_doubt_is_looked_up_again_and_a_third_is_an_error()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var volumeId = sandbox.Seed();
        sandbox.Fail(FaultKind.CutBefore, "CreateSnapshot", 3);
        var failure = (await sandbox.RemoveAsync(RemoveHarness.Request(volumeId))).Failure(ErrorIds.AwsUnreachable);
        Assert.EndsWith($"The volume {volumeId} is not removed.", failure.Message.TrimEnd());
        Assert.Equal((3, 0, "available"), (sandbox.Count("CreateSnapshot"), sandbox.Count("DeleteVolume"), sandbox.StateOf(volumeId)));
    }

    [Fact]
    public async Task A_run_repeated_makes_a_snapshot_of_its_own_since_the_volume_may_have_been_written_to()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var volumeId = sandbox.Seed();
        sandbox.Fail(FaultKind.Error, "DeleteVolume", 1, "UnauthorizedOperation", 403);
        var first = (await sandbox.RemoveAsync(RemoveHarness.Request(volumeId))).Failure(ErrorIds.AwsPermissionDenied);
        var kept = Assert.Single(sandbox.Snapshots).SnapshotId;
        Assert.Contains(kept, first.Message);

        var removed = Assert.Single((await sandbox.RemoveAsync(RemoveHarness.Request(volumeId))).Removed);
        Assert.NotEqual(kept, removed.FinalSnapshotId);
        Assert.Equal(2, sandbox.Snapshots.Count);
        // EC2 takes the second one only 15 s after the first.
        Assert.Contains(sandbox.Server.Ledger.Calls, call => call.Error == "SnapshotCreationPerVolumeRateExceeded");
    }

    [Theory]
    [InlineData(FaultKind.CutAfter, 1)]
    [InlineData(FaultKind.CutBefore, 2)]
    [InlineData(FaultKind.Error, 2)]
    public async Task A_lost_answer_to_a_delete_is_looked_up(FaultKind fault, int calls)
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var volumeId = sandbox.Seed();
        sandbox.Fail(fault, "DeleteVolume");
        var outcome = await sandbox.RemoveAsync(RemoveHarness.Request(volumeId), new RemovalOptions { FinalSnapshot = false });
        Assert.Equal([volumeId], outcome.Ids);
        Assert.Equal((calls, 3, "deleting"), (sandbox.Count("DeleteVolume"), sandbox.Count("DescribeVolumes"), sandbox.StateOf(volumeId)));
    }

    [Fact]
    public async Task A_volume_attached_while_the_answer_to_its_delete_was_lost_stays()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var volumeId = sandbox.Seed();
        sandbox.Fail(FaultKind.CutBefore, "DeleteVolume");
        sandbox.Time.Waiting = () => sandbox.Server.Ec2.Attach(volumeId, KopsCluster.WorkerB);
        var outcome = await sandbox.RemoveAsync(RemoveHarness.Request(volumeId), new RemovalOptions { FinalSnapshot = false });
        outcome.Failure(ErrorIds.VolumeInUse);
        Assert.Equal("in-use", sandbox.StateOf(volumeId));
    }

    [Fact]
    public async Task A_delete_of_what_is_gone_is_done()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var volumeId = sandbox.Seed();
        sandbox.Ec2.BeforeDelete = id => sandbox.Server.Ec2.Force(id, "deleted");
        var outcome = await sandbox.RemoveAsync(RemoveHarness.Request(volumeId), new RemovalOptions { FinalSnapshot = false });
        Assert.Equal([volumeId], outcome.Ids);
        Assert.Equal(1, sandbox.Count("DeleteVolume"));
    }
}
