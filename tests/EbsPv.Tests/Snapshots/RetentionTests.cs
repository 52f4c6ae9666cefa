using EbsPv.Errors;
using EbsPv.Sandbox.Ec2;
using EbsPv.Snapshots;
using EbsPv.Tests.Removal;
using EbsPv.Tests.Support;
using Xunit;
using static EbsPv.Tests.Snapshots.RetentionHarness;

namespace EbsPv.Tests.Snapshots;

/// <summary>Which snapshots a rule lets go: none that is needed, none of anybody else, and never the last of a volume that is gone.</summary>
public class RetentionTests
{
    private const string Gone = "vol-0dead000000000001", AlsoGone = "vol-0dead000000000002";

    [Fact]
    public async Task The_last_completed_ones_of_each_volume_stay()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var (one, other) = (sandbox.Seed(), sandbox.Seed());
        var (oldest, old) = (sandbox.Own(one, 4), sandbox.Own(one, 3));
        sandbox.Own(one, 2);
        sandbox.Own(one, 1);
        sandbox.Own(other, 9);
        sandbox.Own(other, 8);

        Assert.Equal([oldest, old], await sandbox.ChosenAsync(Rule(keepLast: 2)));
    }

    [Fact]
    public async Task What_is_not_completed_is_not_counted_and_what_is_pending_stays()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var volumeId = sandbox.Seed();
        sandbox.Own(volumeId, 3);
        var failed = sandbox.Own(volumeId, 2, "error");
        sandbox.Own(volumeId, 1, "pending");

        Assert.Equal([failed], await sandbox.ChosenAsync(Rule(keepLast: 1)));
    }

    [Fact]
    public async Task Old_ones_go_and_with_both_rules_only_what_both_let_go()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var volumeId = sandbox.Seed();
        var (oldest, old) = (sandbox.Own(volumeId, 40), sandbox.Own(volumeId, 31));
        sandbox.Own(volumeId, 29);

        Assert.Equal([oldest, old], await sandbox.ChosenAsync(Rule(olderThanDays: 30)));
        Assert.Equal([oldest], await sandbox.ChosenAsync(Rule(keepLast: 2, olderThanDays: 30)));
        Assert.Empty(await sandbox.ChosenAsync(Rule(keepLast: 3, olderThanDays: 30)));
        Assert.Equal([oldest], await sandbox.ChosenAsync(Rule(keepLast: 2)));
    }

    [Fact]
    public async Task Nobody_else_s_and_no_other_cluster_s_is_counted_or_goes()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var volumeId = sandbox.Seed();
        foreach (var maker in Enum.GetValues<SnapshotMaker>()) sandbox.By(maker, volumeId, 0.5);
        sandbox.Own(volumeId, 40, ("KubernetesCluster", KopsCluster.ForeignCluster));
        sandbox.Own(volumeId, 40, ("ebs.csi.aws.com/cluster-name", KopsCluster.ForeignCluster));
        sandbox.Own(volumeId, 40, ("k8s.io/etcd/main", "a/a"));
        sandbox.Own(volumeId, 40, ("aws:backup:source-resource", "x"));
        var (old, kept) = (sandbox.Own(volumeId, 40), sandbox.Own(volumeId, 1));

        var chosen = await sandbox.ChosenAsync(Rule(keepLast: 1));

        Assert.Equal([old], chosen);
        Assert.DoesNotContain(kept, chosen);
    }

    [Fact]
    public async Task What_is_all_that_is_left_of_a_volume_stays_until_it_is_consented_to()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var living = sandbox.Seed();
        sandbox.Own(living, 50);
        var (early, final, late) = (sandbox.Own(Gone, 60), sandbox.Own(Gone, 55, (SnapshotTags.FinalSnapshotOf, Gone)), sandbox.Own(Gone, 50));
        var last = sandbox.Own(AlsoGone, 70);
        var failed = sandbox.Own(AlsoGone, 60, "error");

        var chosen = (await sandbox.ChosenAsync(Rule(olderThanDays: 30))).ToList();

        Assert.Contains(early, chosen);
        Assert.Contains(failed, chosen);
        Assert.DoesNotContain(final, chosen);
        Assert.DoesNotContain(late, chosen);
        Assert.DoesNotContain(last, chosen);
        Assert.Equal(6, (await sandbox.ChosenAsync(Rule(olderThanDays: 30) with { IncludeFinal = true })).Count());
    }

    [Fact]
    public async Task The_final_one_of_a_volume_that_is_still_there_is_one_like_others()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var volumeId = sandbox.Seed();
        var final = sandbox.Own(volumeId, 2, (SnapshotTags.FinalSnapshotOf, volumeId));
        sandbox.Own(volumeId, 1);

        Assert.Equal([final], await sandbox.ChosenAsync(Rule(keepLast: 1)));
    }

    [Fact]
    public async Task What_a_VolumeSnapshotContent_names_stays()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var volumeId = sandbox.Seed();
        var (named, other) = (sandbox.Own(volumeId, 3), sandbox.Own(volumeId, 2));
        sandbox.Own(volumeId, 1);
        sandbox.AddContent(named);

        Assert.Equal([other], await sandbox.ChosenAsync(Rule(keepLast: 1)));
        Assert.Contains(sandbox.Reporter.Lines, line => line.Contains(named, StringComparison.Ordinal) && line.Contains("VolumeSnapshotContent", StringComparison.Ordinal));
        Assert.Equal([ErrorIds.SnapshotInUse], await sandbox.RefusedAsync(Request(named, other)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_a_move_or_restore_under_way_made_or_takes_its_data_from_stays(bool onClaim)
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var volumeId = sandbox.Seed();
        const string Operation = "6f9619ff-8b86-4011-b42d-00c04fc964ff";
        var (made, taken, other) = (sandbox.Own(volumeId, 4, (SnapshotTags.Operation, Operation)), sandbox.Own(volumeId, 3), sandbox.Own(volumeId, 2));
        sandbox.Own(volumeId, 1);
        // Not even a note that cannot be read sets free what it names.
        var note = $"{{\"operation\":\"{Operation}\",\"kind\":\"Restore\",\"snapshotId\":\"{taken}\"";
        if (onClaim) sandbox.AddNote(note);
        else sandbox.AddHolder(note);

        Assert.Equal([other], await sandbox.ChosenAsync(Rule(keepLast: 1)));
        Assert.Equal([ErrorIds.SnapshotInUse, ErrorIds.SnapshotInUse], await sandbox.RefusedAsync(Request(made, taken)));
    }

    [Fact]
    public async Task Of_named_ones_only_those_go_and_the_others_count()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var volumeId = sandbox.Seed();
        var (oldest, old) = (sandbox.Own(volumeId, 4), sandbox.Own(volumeId, 3));
        var (kept, foreign) = (sandbox.Own(volumeId, 1), sandbox.By(SnapshotMaker.Dlm, volumeId, 40));
        sandbox.Own(volumeId, 0.5);

        Assert.Equal([old], await sandbox.ChosenAsync(Request(old, kept, foreign) with { Rule = Rule(keepLast: 2).Rule }));
        Assert.Equal([old, oldest], await sandbox.ChosenAsync(Request(old, oldest)));
    }

    [Fact]
    public async Task A_rule_may_be_for_some_volumes()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var (one, other) = (sandbox.Seed(), sandbox.Seed());
        var old = sandbox.Own(one, 4);
        sandbox.Own(one, 3);
        sandbox.Own(other, 4);
        sandbox.Own(other, 3);

        Assert.Equal([old], await sandbox.ChosenAsync(Rule(keepLast: 1) with { VolumeIds = [one] }));
    }

    [Fact]
    public async Task One_named_that_must_stay_keeps_all_of_them_and_each_says_why()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var volumeId = sandbox.Seed();
        string[] ids =
        [
            sandbox.Own(volumeId, 9), sandbox.By(SnapshotMaker.Velero, volumeId), sandbox.Own(volumeId, 8, ("KubernetesCluster", "otro")), sandbox.Own(volumeId, 7, ("KubernetesCluster", null)),
            sandbox.Own(volumeId, 6, ("k8s.io/role/master", "1")), sandbox.Own(volumeId, 5, "pending"), sandbox.Own(Gone, 4), sandbox.Own(AlsoGone, 3, (SnapshotTags.FinalSnapshotOf, AlsoGone)),
        ];

        Assert.Equal(
            [
                ErrorIds.SnapshotNotManaged, ErrorIds.SnapshotNotOwned, ErrorIds.SnapshotNotOwned, ErrorIds.ControlPlaneVolume, ErrorIds.SnapshotNotCompleted,
                ErrorIds.SnapshotIsOnlyCopy, ErrorIds.SnapshotIsOnlyCopy,
            ],
            await sandbox.RefusedAsync(Request(ids)));
    }

    [Fact]
    public async Task Named_ones_that_are_gone_are_no_failure()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var there = sandbox.Own(sandbox.Seed(), 1);

        var plan = await sandbox.PlanAsync(Request("snap-0dead00000000001f", there));

        Assert.Equal(["snap-0dead00000000001f"], plan.Gone);
        Assert.Equal([there], plan.Snapshots.Select(snapshot => snapshot.SnapshotId));
    }

    [Theory]
    [InlineData("list volumesnapshotcontents")]
    [InlineData("list persistentvolumeclaims")]
    [InlineData("list persistentvolumes")]
    public async Task A_cluster_that_does_not_tell_what_it_needs_keeps_everything(string operation)
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var volumeId = sandbox.Seed();
        sandbox.Own(volumeId, 2);
        sandbox.Own(volumeId, 1);
        sandbox.TeachContents();
        sandbox.Fail(EbsPv.Sandbox.Server.FaultKind.Error, operation, -1, "Forbidden", 403);

        Assert.Equal([ErrorIds.SnapshotUseCheckFailed], await sandbox.RefusedAsync(Rule(keepLast: 1)));
        Assert.Single(await sandbox.ChosenAsync(Rule(keepLast: 1) with { SkipSnapshotUseCheck = true }));
    }

    [Fact]
    public async Task A_cluster_that_is_not_shown_to_be_the_snapshots_keeps_everything()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var volumeId = sandbox.Seed();
        sandbox.Own(volumeId, 2, ("KubernetesCluster", "otro"));
        sandbox.Own(volumeId, 1, ("KubernetesCluster", "otro"));
        var other = Rule(keepLast: 1) with { ClusterName = "otro" };

        Assert.Equal([ErrorIds.ClusterNotVerified], await sandbox.RefusedAsync(other));
        Assert.Single(await sandbox.ChosenAsync(other with { SkipClusterCheck = true }));
        Assert.Single(await sandbox.ChosenAsync(other with { SkipClusterCheck = true, SkipSnapshotUseCheck = true }));
    }

    [Fact]
    public async Task Without_a_cluster_both_checks_must_be_skipped()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        await Assert.ThrowsAsync<ArgumentException>(() => Retention.SnapshotRemovalPlanner.PlanAsync(sandbox.Ec2, null, Rule(1) with { SkipClusterCheck = true }, sandbox.Reporter, RemoveHarness.Stop));
    }
}
