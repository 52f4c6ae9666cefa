using EbsPv.Errors;
using EbsPv.Sandbox.Ec2;
using EbsPv.Sandbox.Server;
using EbsPv.Tests.Removal;
using Xunit;
using static EbsPv.Tests.Snapshots.RetentionHarness;

namespace EbsPv.Tests.Snapshots;

/// <summary>Snapshots that are removed, one call each, by what is read right before.</summary>
public class SnapshotRemovalRunTests
{
    [Fact]
    public async Task One_delete_a_snapshot_and_reads_in_pages()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var volumeId = sandbox.Seed();
        for (var day = 1; day <= 41; day++) sandbox.Own(volumeId, day);
        sandbox.TeachContents();
        sandbox.Server.Ledger.Clear();

        var outcome = await sandbox.RemoveAsync(Rule(keepLast: 1));

        Assert.Equal(40, outcome.Items.Count);
        Assert.All(outcome.Items, snapshot => Assert.Equal(("deleted", KopsCluster.Name, "test"), (snapshot.State, snapshot.ClusterName, snapshot.Context)));
        Assert.Single(sandbox.Snapshots);
        Assert.Equal(
            new Dictionary<string, int>
            {
                ["ec2 DeleteSnapshot"] = 40,
                ["ec2 DescribeInstances"] = 5,
                ["ec2 DescribeSnapshots"] = 2,
                ["ec2 DescribeVolumes"] = 2,
                ["kubernetes list nodes"] = 1,
                ["kubernetes list persistentvolumeclaims"] = 2,
                ["kubernetes list persistentvolumes"] = 2,
                ["kubernetes list volumesnapshotcontents"] = 2,
            },
            sandbox.Server.Ledger.Counts);
    }

    [Fact]
    public async Task More_than_200_go_in_waves_each_read_anew()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var volumeId = sandbox.Seed();
        for (var day = 1; day <= 251; day++) sandbox.Own(volumeId, day);

        var outcome = await sandbox.RemoveAsync(Rule(keepLast: 1));

        Assert.Equal(250, outcome.Items.Count);
        Assert.Equal((250, 1 + 2), (sandbox.Count("DeleteSnapshot"), sandbox.Count("DescribeSnapshots")));
        Assert.DoesNotContain(sandbox.Server.Ledger.Calls, call => call.Error == "RequestLimitExceeded");
    }

    [Theory]
    [InlineData(FaultKind.CutAfter, 1)]
    [InlineData(FaultKind.CutBefore, 2)]
    [InlineData(FaultKind.Error, 2)]
    public async Task A_lost_answer_is_looked_up(FaultKind fault, int calls)
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var volumeId = sandbox.Seed();
        var old = sandbox.Own(volumeId, 2);
        sandbox.Own(volumeId, 1);
        sandbox.Fail(fault, "DeleteSnapshot");

        var outcome = await sandbox.RemoveAsync(Rule(keepLast: 1));

        Assert.Equal([old], outcome.Items.Select(snapshot => snapshot.SnapshotId));
        Assert.Single(sandbox.Snapshots);
        Assert.Equal((calls, 3), (sandbox.Count("DeleteSnapshot"), sandbox.Count("DescribeSnapshots")));
    }

    [Fact]
    public async Task What_an_image_uses_stays_and_the_others_go()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var volumeId = sandbox.Seed();
        var (used, old) = (sandbox.Own(volumeId, 3), sandbox.Own(volumeId, 2));
        sandbox.Own(volumeId, 1);
        sandbox.Fail(FaultKind.Error, "DeleteSnapshot", -1, "InvalidSnapshot.InUse", 400, used);

        var outcome = await sandbox.RemoveAsync(Rule(keepLast: 1));

        var failure = outcome.Failure(ErrorIds.SnapshotInUse);
        Assert.Equal(used, failure.Target);
        Assert.Contains("AMI", failure.RecommendedAction);
        Assert.EndsWith($"The snapshot {used} is not removed.", failure.Message);
        Assert.Equal([old], outcome.Items.Select(snapshot => snapshot.SnapshotId));
    }

    [Fact]
    public async Task What_came_into_use_while_somebody_was_asked_stays()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var volumeId = sandbox.Seed();
        var (named, old) = (sandbox.Own(volumeId, 3), sandbox.Own(volumeId, 2));
        sandbox.Own(volumeId, 1);

        var outcome = await sandbox.RemoveAsync(Rule(keepLast: 1), () =>
        {
            sandbox.AddContent(named);
            return Task.CompletedTask;
        });

        Assert.Equal(named, outcome.Failure(ErrorIds.SnapshotInUse).Target);
        Assert.Equal([old], outcome.Items.Select(snapshot => snapshot.SnapshotId));
    }

    [Fact]
    public async Task What_became_the_last_of_its_volume_meanwhile_stays()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var volumeId = sandbox.Seed();
        var (old, last) = (sandbox.Own(volumeId, 41), sandbox.Own(volumeId, 40));

        var outcome = await sandbox.RemoveAsync(Rule(olderThanDays: 30), () =>
        {
            sandbox.Server.Ec2.Force(volumeId, "deleted");
            return Task.CompletedTask;
        });

        Assert.Equal(last, outcome.Failure(ErrorIds.SnapshotIsOnlyCopy).Target);
        Assert.Equal([old], outcome.Items.Select(snapshot => snapshot.SnapshotId));
    }

    [Fact]
    public async Task What_went_meanwhile_is_done()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var volumeId = sandbox.Seed();
        var old = sandbox.Own(volumeId, 2);
        sandbox.Own(volumeId, 1);

        var outcome = await sandbox.RemoveAsync(Rule(keepLast: 1), () =>
        {
            sandbox.Server.Ec2.Snapshots.Delete(KopsCluster.Region, old);
            return Task.CompletedTask;
        });

        Assert.Equal([old], outcome.Items.Select(snapshot => snapshot.SnapshotId));
        Assert.Equal(0, sandbox.Count("DeleteSnapshot"));
    }

    [Fact]
    public async Task A_cluster_that_falls_silent_keeps_everything()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var volumeId = sandbox.Seed();
        sandbox.Own(volumeId, 2);
        sandbox.Own(volumeId, 1);

        var outcome = await sandbox.RemoveAsync(Rule(keepLast: 1), () =>
        {
            sandbox.Fail(FaultKind.Error, "list persistentvolumeclaims", -1, "Forbidden", 403);
            return Task.CompletedTask;
        });

        outcome.Failure(ErrorIds.SnapshotUseCheckFailed);
        Assert.Equal((0, 2), (sandbox.Count("DeleteSnapshot"), sandbox.Snapshots.Count));
    }
}
