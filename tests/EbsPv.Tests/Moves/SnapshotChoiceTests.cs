using EbsPv.Errors;
using EbsPv.Moves;
using EbsPv.Tests.Support;
using Xunit;

namespace EbsPv.Tests.Moves;

public class SnapshotChoiceTests
{
    private static readonly DateTime s_midnight = new(2026, 11, 26, 0, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void A_disk_alone_gets_its_newest_completed_snapshot()
    {
        var chosen = SnapshotChoice.For(["vol-a"], [Of("vol-a", 1, "old"), Of("vol-a", 2, "newest"), Of("vol-a", 3, "pending", "pending"), Of("vol-b", 4, "other")]);

        Assert.Equal("newest", Assert.Single(chosen).Value.SnapshotId);
    }

    [Fact]
    public void Disks_that_are_used_together_get_the_newest_that_were_made_together()
    {
        // b's newest one has no counterpart of a.
        ClusterEbsSnapshot[] all = [Of("vol-a", 60, "a1"), Of("vol-b", 62, "b1"), Of("vol-a", 120, "a2"), Of("vol-b", 123, "b2"), Of("vol-b", 180, "b3")];

        var chosen = SnapshotChoice.For(["vol-a", "vol-b"], all);

        Assert.Equal(("a2", "b2"), (chosen["vol-a"].SnapshotId, chosen["vol-b"].SnapshotId));
        Assert.Equal(TimeSpan.FromMinutes(3), SnapshotChoice.Skew(chosen.Values));
    }

    [Fact]
    public void Where_none_were_made_together_those_are_taken_that_are_closest()
    {
        ClusterEbsSnapshot[] all = [Of("vol-a", 60, "a1"), Of("vol-b", 80, "b1"), Of("vol-a", 200, "a2"), Of("vol-b", 300, "b2")];

        var chosen = SnapshotChoice.For(["vol-a", "vol-b"], all);

        Assert.Equal(("a1", "b1"), (chosen["vol-a"].SnapshotId, chosen["vol-b"].SnapshotId));
        Assert.Equal(TimeSpan.FromMinutes(20), SnapshotChoice.Skew(chosen.Values));
    }

    [Fact]
    public void Of_three_disks_all_three_have_to_be_together()
    {
        ClusterEbsSnapshot[] all =
        [
            Of("vol-a", 60, "a1"), Of("vol-b", 61, "b1"), Of("vol-c", 62, "c1"),
            Of("vol-a", 120, "a2"), Of("vol-b", 121, "b2"), Of("vol-c", 140, "c2"),
        ];

        Assert.Equal(["a1", "b1", "c1"], SnapshotChoice.For(["vol-a", "vol-b", "vol-c"], all).Values.Select(one => one.SnapshotId).Order());
    }

    [Fact]
    public void A_disk_without_a_completed_snapshot_is_named_with_what_it_has()
    {
        var refusal = Refusal.Of(ErrorIds.NoUsableSnapshot, () => SnapshotChoice.For(["vol-a", "vol-b"], [Of("vol-a", 1, "a1"), Of("vol-b", 2, "b1", "error")]));

        Assert.Equal("vol-b", refusal.Target);
        Assert.Equal("The volume vol-b has no completed snapshot to take its data from (b1 is error).", refusal.Message);
    }

    private static ClusterEbsSnapshot Of(string volumeId, int minute, string id, string state = "completed") =>
        new() { SnapshotId = id, VolumeId = volumeId, Region = "eu-west-1", State = state, StartTime = s_midnight.AddMinutes(minute) };
}
