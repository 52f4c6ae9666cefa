using EbsPv.Errors;
using EbsPv.Tests.Support;
using EbsPv.Volumes;
using Xunit;
using static EbsPv.Tests.Core.Sets;

namespace EbsPv.Tests.Core;

public class VolumeSetPlannerTests
{
    [Fact]
    public void A_first_run_names_its_volumes_zone_by_zone()
    {
        var plan = VolumeSetPlanner.Plan(Request(ZoneB, ZoneC) with { CountPerZone = 2 }, []);
        Assert.Equal(
            ["eu-west-1b/1 manual-ebs-01", "eu-west-1b/2 manual-ebs-02", "eu-west-1c/1 manual-ebs-03", "eu-west-1c/2 manual-ebs-04"], Shown(plan));
        Assert.Empty(plan.Warnings);
    }

    [Theory]
    [InlineData(1, "1 0 0")]
    [InlineData(2, "1 1 0")]
    [InlineData(3, "1 1 1")]
    [InlineData(4, "2 1 1")]
    [InlineData(8, "3 3 2")]
    public void A_total_is_shared_and_the_first_zones_get_the_rest(int count, string shares)
    {
        var slots = VolumeSetPlanner.Plan(Request(ZoneA, ZoneB, ZoneC) with { Count = count }, []).Slots;
        string[] zones = [ZoneA, ZoneB, ZoneC];
        Assert.Equal(shares, string.Join(' ', zones.Select(zone => slots.Count(slot => slot.Zone.AvailabilityZone == zone))));
    }

    [Fact]
    public void A_member_that_comes_later_takes_the_next_free_number_and_keeps_its_slot()
    {
        var plan = VolumeSetPlanner.Plan(
            Request(ZoneA, ZoneB) with { CountPerZone = 2 }, [Member("eu-west-1a/1", "manual-ebs-01"), Member("eu-west-1b/1", "manual-ebs-02")]);
        Assert.Equal(
            ["eu-west-1a/1 manual-ebs-01 +", "eu-west-1a/2 manual-ebs-03", "eu-west-1b/1 manual-ebs-02 +", "eu-west-1b/2 manual-ebs-04"], Shown(plan));
    }

    [Fact]
    public void A_hole_is_filled_under_a_new_number() => Assert.Equal(
        ["eu-west-1b/1 manual-ebs-08", "eu-west-1b/2 manual-ebs-07 +"],
        Shown(VolumeSetPlanner.Plan(Request(ZoneB) with { CountPerZone = 2 }, [Member("eu-west-1b/2", "manual-ebs-07")])));

    [Theory]
    [InlineData("manual-ebs-99", "manual-ebs-100")]
    [InlineData("manual-ebs-0009", "manual-ebs-10")]
    [InlineData("renamed by hand", "manual-ebs-01")]
    [InlineData("manual-ebs-x-7", "manual-ebs-01")]
    [InlineData("manual-ebs-2147483647", "manual-ebs-01")]
    public void Only_numbers_that_the_set_could_have_given_count(string present, string next) =>
        Assert.Equal(next, VolumeSetPlanner.Plan(Request(ZoneB) with { CountPerZone = 2 }, [Member("eu-west-1b/1", present)]).Slots[1].Name);

    [Fact]
    public void Fewer_than_there_are_means_the_lowest_slots() => Assert.Equal(
        ["eu-west-1b/1 manual-ebs-03 +"],
        Shown(VolumeSetPlanner.Plan(
            Request(ZoneB), [Member("eu-west-1b/3", "manual-ebs-01"), Member("eu-west-1b/2", "manual-ebs-02"), Member("eu-west-1b/1", "manual-ebs-03")])));

    [Fact]
    public void A_zone_that_is_no_longer_piped_is_neither_missing_nor_a_mismatch()
    {
        var plan = VolumeSetPlanner.Plan(Request(ZoneB), [Member("eu-west-1a/1", "manual-ebs-01", size: 1), Member("eu-west-1b/1", "manual-ebs-02")]);
        Assert.Equal(["eu-west-1b/1 manual-ebs-02 +"], Shown(plan));
    }

    [Fact]
    public void What_is_there_carries_the_run_s_cluster_context_and_workers()
    {
        var plan = VolumeSetPlanner.Plan(Request(ZoneB) with { Context = "mine" }, [Member("eu-west-1b/1", "manual-ebs-01")]);
        var member = plan.Slots[0].Existing!;
        Assert.Equal((true, Cluster, "mine", "i-of-eu-west-1b"), (member.Adopted, member.ClusterName, member.Context, member.InstanceId.Single()));
    }

    [Fact]
    public void A_larger_volume_satisfies_a_smaller_request() =>
        Assert.NotNull(VolumeSetPlanner.Plan(Request(ZoneB), [Member("eu-west-1b/1", "manual-ebs-01", size: 20)]).Slots[0].Existing);

    [Fact]
    public void A_smaller_volume_is_a_mismatch_of_the_whole_set()
    {
        var found = Enumerable.Range(1, 5).Select(slot => Member($"eu-west-1b/{slot}", $"manual-ebs-0{slot}", size: slot < 5 ? 5 : 10)).ToList();
        var refusal = Refusal.Of(
            ErrorIds.VolumeSetMismatch, () => VolumeSetPlanner.Plan(Request(ZoneB) with { CountPerZone = 9 }, found));
        Assert.Contains($"{found[0].VolumeId} has 5 GiB, and 10 are asked for", refusal.Message);
        Assert.Contains("and 1 more", refusal.Message);
        Assert.Equal("manual-ebs", refusal.Target);
    }

    [Fact]
    public void Only_a_type_that_was_typed_is_compared()
    {
        ClusterEbsVolume[] found = [Member("eu-west-1b/1", "manual-ebs-01") with { VolumeType = "gp2" }];
        Assert.NotNull(VolumeSetPlanner.Plan(Request(ZoneB), found).Slots[0].Existing);
        Refusal.Of(ErrorIds.VolumeSetMismatch, () => VolumeSetPlanner.Plan(Request(ZoneB) with { VolumeTypeTyped = true }, found));
    }

    [Fact]
    public void Tags_never_contradict() => Assert.NotNull(
        VolumeSetPlanner.Plan(
            Request(ZoneB) with { Tags = new Dictionary<string, string> { ["team"] = "a" } },
            [Member("eu-west-1b/1", "manual-ebs-01").Tagged("team", "b")]).Slots[0].Existing);

    [Fact]
    public void Of_two_in_one_slot_the_older_is_taken_and_both_are_named()
    {
        var older = Member("eu-west-1b/1", "manual-ebs-01");
        var younger = Member("eu-west-1b/1", "manual-ebs-01", size: 1);
        var plan = VolumeSetPlanner.Plan(Request(ZoneB), [younger, older]);
        Assert.Equal(older.VolumeId, plan.Slots[0].Existing!.VolumeId);
        var warning = Assert.Single(plan.Warnings, text => text.StartsWith("VolumeSlotDoubled", StringComparison.Ordinal));
        Assert.Contains(older.VolumeId!, warning);
        Assert.Contains(younger.VolumeId!, warning);
    }

    [Fact]
    public void One_warning_counts_what_was_adopted_and_names_what_is_in_use()
    {
        var found = Enumerable.Range(1, 8).Select(slot => Member($"eu-west-1b/{slot}", $"manual-ebs-{slot:d2}", state: slot > 1 ? "in-use" : "available")).ToList();
        var warning = Assert.Single(VolumeSetPlanner.Plan(Request(ZoneB) with { CountPerZone = 9 }, found).Warnings);
        Assert.StartsWith("VolumesAdopted: 8 of 9", warning);
        Assert.Contains(found[1].VolumeId!, warning);
        Assert.Contains("and 2 more", warning);
        Assert.DoesNotContain(found[0].VolumeId!, warning);
    }

    [Theory]
    [InlineData("deleting")]
    [InlineData("deleted")]
    [InlineData("error")]
    public void A_volume_that_is_going_is_no_member(string state) => AssertNoMember(Member("eu-west-1b/1", "n", state: state));

    [Fact]
    public void A_volume_of_another_cluster_set_zone_or_of_no_slot_is_no_member()
    {
        var member = Member("eu-west-1b/1", "n");
        AssertNoMember(member.Tagged(VolumeTags.KubernetesCluster, "vecino.k8s.local"));
        AssertNoMember(member.Tagged(VolumeTags.KubernetesCluster, null));
        AssertNoMember(member.Tagged(VolumeTags.Set, "manual-ebs-2"));
        AssertNoMember(member.Tagged(VolumeTags.Set, null).Tagged(VolumeTags.RetiredSet, "manual-ebs"));
        AssertNoMember(member.Tagged(VolumeTags.Slot, null));
        AssertNoMember(member.Tagged(VolumeTags.Slot, "eu-west-1c/1"));
    }

    [Fact]
    public void A_volume_that_was_moved_fills_its_old_slot_in_its_new_zone()
    {
        var moved = Member("eu-west-1c/1", "manual-ebs-02").Tagged(VolumeTags.Replaces, "vol-0aaaaaaaaaaaaaaa1") with { AvailabilityZone = ZoneB };
        var plan = VolumeSetPlanner.Plan(Request(ZoneB, ZoneC), [Member("eu-west-1b/1", "manual-ebs-01"), moved]);
        Assert.Equal(["eu-west-1b/1 manual-ebs-01 +", "eu-west-1c/1 manual-ebs-02 +"], Shown(plan));
        Assert.Equal(ZoneB, plan.Slots[1].Existing!.AvailabilityZone);
    }

    [Fact]
    public void While_a_move_is_under_way_the_volume_that_is_moved_is_the_member_and_nobody_is_warned_of_two()
    {
        var old = Member("eu-west-1c/1", "manual-ebs-02");
        var next = Member("eu-west-1c/1", "manual-ebs-02").Tagged(VolumeTags.Replaces, old.VolumeId) with { AvailabilityZone = ZoneB };
        var plan = VolumeSetPlanner.Plan(Request(ZoneC), [next, old]);
        Assert.Equal(old.VolumeId, plan.Slots.Single().Existing!.VolumeId);
        Assert.DoesNotContain(plan.Warnings, warning => warning.StartsWith("VolumeSlotDoubled", StringComparison.Ordinal));
        AssertNoMember(old.Tagged(VolumeTags.RetiredBy, "move-1"));
    }

    [Fact]
    public void The_snapshot_of_a_move_contradicts_no_snapshot_that_is_asked_for()
    {
        var request = Request(ZoneB) with { Spec = new VolumeSpec { Size = 10, SnapshotId = "snap-0aaaaaaaaaaaaaaa1" } };
        var other = Member("eu-west-1b/1", "n") with { SnapshotId = "snap-0bbbbbbbbbbbbbbb2" };
        Assert.NotNull(VolumeSetPlanner.Contradiction(other, request));
        Assert.Null(VolumeSetPlanner.Contradiction(other.Tagged(VolumeTags.Replaces, "vol-0aaaaaaaaaaaaaaa1"), request));
    }

    [Theory]
    [InlineData("creating")]
    [InlineData("available")]
    [InlineData("in-use")]
    public void A_volume_that_is_or_will_be_usable_is_a_member(string state) =>
        Assert.True(VolumeSetPlanner.IsMember(Member("eu-west-1b/1", "n", state: state), Request(ZoneB)));

    [Fact]
    public void A_planned_volume_shows_everything_but_an_id()
    {
        var plan = VolumeSetPlanner.Plan(Request(ZoneB), []);
        var planned = VolumeSetPlanner.Planned(plan.Slots[0], plan.Request);
        Assert.Equal((null, "planned", "manual-ebs-01", ZoneB, 10), (planned.VolumeId, planned.State, planned.Name, planned.AvailabilityZone, planned.Size));
        Assert.True(VolumeSetPlanner.IsMember(planned, plan.Request));
    }

    private static void AssertNoMember(ClusterEbsVolume volume)
    {
        Assert.False(VolumeSetPlanner.IsMember(volume, Request(ZoneB)));
        Assert.Null(VolumeSetPlanner.Plan(Request(ZoneB), [volume]).Slots.Single().Existing);
    }

    private static IEnumerable<string> Shown(VolumeSetPlan plan) =>
        plan.Slots.Select(slot => $"{slot.Slot} {slot.Name}{(slot.Existing is null ? "" : " +")}");
}
