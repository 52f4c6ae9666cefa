using EbsPv.Moves;
using EbsPv.Pricing;
using EbsPv.Swaps;
using EbsPv.Usage;
using Xunit;

namespace EbsPv.Tests.Moves;

public class MoveDescriptionTests
{
    private static readonly DateTime s_now = new(2026, 11, 26, 9, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void A_move_is_told_step_by_step_with_its_time_and_its_cost()
    {
        var plan = Plan(claim: MoveFacts.Claim("claim", "data")) with { LastSnapshot = Snapshot(s_now.AddHours(-6)) };

        Assert.Equal(
            """
            Move data (gp3, 10 GiB, 3000 IOPS, 125 MiB/s, claim default/claim) from eu-west-1c to eu-west-1b.
              1. The claim default/claim becomes Lost, so that no pod can start with it.
              2. A snapshot of vol-0aaaaaaaaaaaaaaa1 is made.
              3. A new disk is made of it in eu-west-1b, with the type, performance, key and tags of the old one.
              4. The old disk vol-0aaaaaaaaaaaaaaa1 is kept and marked as retired.
              5. The PersistentVolume is replaced under its name.
              6. The claim is Bound again; it is the same one.
              Time: about a minute in the cluster, whose controllers look every 15 seconds, and the snapshot, which copies what has changed in 6 hours since snap-1.
              Cost: 0.95 USD a month for the old disk until it is removed, as much as for the new one; and the snapshot's blocks.
            """.ReplaceLineEndings("\n"),
            MoveDescription.Of(plan, s_now, VolumePrices.Read("eu-west-1.gp3=0.095")));
    }

    [Fact]
    public void One_whose_claim_is_gone_stays_Released_and_the_line_that_gives_it_to_a_new_one_is_told()
    {
        var released = MoveFacts.Volume("data", "Released", "data") with { ReclaimPolicy = "Delete" };

        var text = MoveDescription.Of(Plan() with { Volume = released }, s_now, VolumePrices.Read(null));

        Assert.Contains("1. The reclaim policy becomes Retain, and stays so: no claim has it.", text);
        Assert.Contains("7. It is Released as before, kept for the claim default/data, which is gone.", text);
        Assert.Contains("Test-EbsPersistentVolume -Code PersistentVolumeReleased | Repair-EbsPersistentVolume -Code PersistentVolumeReleased", text);
        Assert.DoesNotContain("It can be claimed as before", text);
    }

    [Fact]
    public void A_policy_that_becomes_Retain_is_the_first_step_and_an_unclaimed_one_can_be_claimed_as_before()
    {
        var text = MoveDescription.Of(Plan() with { Volume = MoveFacts.Volume("data") with { ReclaimPolicy = "Delete" } }, s_now, VolumePrices.Read(null));

        Assert.Contains("1. The reclaim policy becomes Retain, and Delete again at the end.\n  2. A claim that does not exist gets it", text);
        Assert.Contains("7. It can be claimed as before.", text);
        Assert.Contains("the first of this volume: up to 10 GiB are copied", text);
        Assert.Contains("USD a month for the old disk", text);
        Assert.Contains("no price is known for it", MoveDescription.Of(Plan("snap-1", region: "mars-1"), s_now, VolumePrices.Read(null)));
    }

    [Fact]
    public void Of_an_older_snapshot_the_age_and_the_skew_are_told()
    {
        var plan = Plan("snap-1") with { Snapshot = Snapshot(s_now.AddHours(-30)), Skew = TimeSpan.FromMinutes(4) };

        var text = MoveDescription.Of(plan, s_now, VolumePrices.Read(null));

        Assert.Contains("The data is taken from snap-1.", text);
        Assert.Contains("DATA: as of 2026-11-25 03:00:00 UTC, 30 hours ago (snap-1): what was written since is on vol-0aaaaaaaaaaaaaaa1 only; the snapshots of the volumes that are used together with it are 4 minutes apart.", text);
        Assert.DoesNotContain("snapshot's blocks", text);
    }

    [Fact]
    public void What_is_left_on_dead_nodes_is_told()
    {
        var use = new VolumeUse([MoveFacts.Pod("one", "claim") with { NodeName = "node-c", Phase = "Running" }], [], [], IsOnlyOnDeadNodes: true);

        Assert.Contains(
            "STILL THERE, on nodes that are not Ready: pod default/one (Running on node-c); if such a node comes back, it writes to vol-0aaaaaaaaaaaaaaa1, not to the new disk.",
            MoveDescription.Of(Plan("snap-1") with { DeadUse = use }, s_now, VolumePrices.Read(null)));
    }

    [Fact]
    public void A_move_that_was_begun_is_only_finished() =>
        Assert.Equal(
            "Finish the move of data (gp3, 10 GiB, 3000 IOPS, 125 MiB/s) from eu-west-1c to eu-west-1b, which an earlier run began: from where it stopped.",
            MoveDescription.Of(Plan() with { IsResumed = true }, s_now, VolumePrices.Read(null)));

    [Fact]
    public void A_begun_one_tells_the_skew_as_well()
    {
        var plan = Plan("snap-1") with { IsResumed = true, Snapshot = Snapshot(s_now.AddHours(-6)), Skew = TimeSpan.FromHours(5) };

        Assert.EndsWith("; the snapshots of the volumes that are used together with it are 5 hours apart.", MoveDescription.Of(plan, s_now, VolumePrices.Read(null)), StringComparison.Ordinal);
    }

    private static MovePlan Plan(string? snapshotId = null, EbsPersistentVolumeClaim? claim = null, string region = "eu-west-1") => new()
    {
        Volume = MoveFacts.Volume("data"),
        Swap = new SwapPlan
        {
            Claim = claim,
            OldVolume = new ClusterEbsVolume
            {
                VolumeId = "vol-0aaaaaaaaaaaaaaa1", AvailabilityZone = "eu-west-1c", Region = region, State = "available", Size = 10, VolumeType = "gp3", Iops = 3000, Throughput = 125,
            },
            Intent = new SwapIntent
            {
                Operation = "0", Kind = SwapKind.Move, PersistentVolume = "data", PersistentVolumeUid = "1", VolumeId = "vol-0aaaaaaaaaaaaaaa1", Region = "eu-west-1",
                DestinationZone = "eu-west-1b", SnapshotId = snapshotId, Manifest = "{}",
            },
        },
    };

    private static ClusterEbsSnapshot Snapshot(DateTime made) =>
        new() { SnapshotId = "snap-1", VolumeId = "vol-0aaaaaaaaaaaaaaa1", Region = "eu-west-1", State = "completed", StartTime = made };
}
