using EbsPv.Sandbox.Ec2;
using EbsPv.Sandbox.Ec2.Model;
using EbsPv.Swaps;
using EbsPv.Tests.Sandbox.Kubernetes;
using Xunit;

namespace EbsPv.Tests.Swaps;

/// <summary>A swap is cut off before and after each of its changes, as by a kill, and the same line then finishes it.</summary>
public class SwapCutTests
{
    /// <summary>The changes of a move of a bound PersistentVolume of the policy Delete, in order.</summary>
    private static readonly string[] s_bound =
    [
        "patch persistentvolumes", "patch persistentvolumeclaims", "patch persistentvolumes", "patch persistentvolumeclaims", "CreateSnapshot",
        "CreateVolume", "CreateTags", "DeleteTags", "delete persistentvolumes", "create persistentvolumes", "patch persistentvolumes",
        "patch persistentvolumeclaims",
    ];

    /// <summary>The changes of a move of a PersistentVolume that no claim has, in order.</summary>
    private static readonly string[] s_free =
    [
        "create persistentvolumes", "patch persistentvolumes", "patch persistentvolumes", "CreateSnapshot", "CreateVolume", "CreateTags",
        "DeleteTags", "delete persistentvolumes", "create persistentvolumes", "delete persistentvolumes",
    ];

    /// <summary>The changes of a move of a PersistentVolume whose claim is gone, and whose policy was Delete, in order.</summary>
    private static readonly string[] s_released =
    [
        "create persistentvolumes", "patch persistentvolumes", "patch persistentvolumes", "CreateSnapshot", "CreateVolume", "CreateTags",
        "DeleteTags", "delete persistentvolumes", "create persistentvolumes", "patch persistentvolumes", "delete persistentvolumes",
    ];

    public static TheoryData<int, string, bool> OfBound => Rows(s_bound);

    public static TheoryData<int, string, bool> OfFree => Rows(s_free);

    [Theory]
    [MemberData(nameof(OfBound))]
    public async Task A_move_that_is_cut_off_is_finished_by_the_same_line(int number, string change, bool after)
    {
        await using var sandbox = await SwapHarness.StartAsync();
        await sandbox.RegisterAsync(SwapHarness.Provisioned);
        var claim = await sandbox.BindAsync();

        await CutAsync(sandbox, number, change, after);
        await AssertOneUsableAtMostAsync(sandbox, claim.Uid);
        var moved = await sandbox.SwapAsync();

        Assert.Equal(("Bound", claim.Uid, "Delete"), (moved.Status, moved.ClaimUid, moved.ReclaimPolicy));
        var bound = (await sandbox.ClaimAsync())!;
        Assert.Equal((claim.Uid, "Bound"), (bound.Uid, bound.Status));
        Assert.DoesNotContain(SwapIntent.Annotation, bound.Annotations.Keys);
        AssertOneCopy(sandbox, moved);
    }

    [Theory]
    [MemberData(nameof(OfFree))]
    public async Task So_is_one_of_a_PersistentVolume_that_no_claim_has(int number, string change, bool after)
    {
        await using var sandbox = await SwapHarness.StartAsync();
        await sandbox.RegisterAsync();

        await CutAsync(sandbox, number, change, after);
        await AssertOneUsableAtMostAsync(sandbox, null);
        var moved = await sandbox.SwapAsync(name: await NameAsync(sandbox));

        Assert.Equal(("Available", SwapHarness.Name, null), (moved.Status, moved.Name, moved.Claim));
        Assert.Equal([SwapHarness.Name], sandbox.Server.Kubernetes.State.List("persistentvolumes").Select(one => one["metadata"]!["name"]!.GetValue<string>()));
        AssertOneCopy(sandbox, moved);
    }

    public static TheoryData<int, string, bool> OfReleased => Rows(s_released);

    [Theory]
    [MemberData(nameof(OfReleased))]
    public async Task One_that_is_Released_and_was_of_the_policy_Delete_is_deleted_nowhere_on_the_way(int number, string change, bool after)
    {
        await using var sandbox = await SwapHarness.StartAsync();
        await sandbox.RegisterAsync(SwapHarness.PreparedAndReleased);

        await CutAsync(sandbox, number, change, after);
        var moved = await sandbox.SwapAsync(name: await NameAsync(sandbox));

        Assert.Equal(("Released", "Retain", "default/gone"), (moved.Status, moved.ReclaimPolicy, moved.Claim));
        Assert.DoesNotContain(SwapIntent.PolicyAnnotation, moved.Annotations.Keys);
        Assert.All(sandbox.Volumes, volume => Assert.Equal("available", sandbox.Server.Ec2.StateOf(volume.VolumeId)));
        AssertOneCopy(sandbox, moved);
    }

    [Fact]
    public async Task A_snapshot_that_EC2_does_not_show_yet_is_waited_for_and_not_made_twice()
    {
        await using var sandbox = await SwapHarness.StartAsync();
        await sandbox.RegisterAsync();
        await sandbox.BindAsync();
        sandbox.Server.Ec2.Settings = sandbox.Server.Ec2.Settings with { VisibilityDelay = TimeSpan.FromSeconds(30) };

        await CutAsync(sandbox, Array.IndexOf(s_bound, "CreateSnapshot") - 1, "CreateSnapshot", after: true);
        var moved = await sandbox.SwapAsync();

        Assert.Equal(sandbox.Snapshots.Single().SnapshotId, sandbox.Server.Ec2.FindVolume(moved.VolumeId!)!.SnapshotId);
    }

    [Fact]
    public async Task Two_cuts_in_a_row_are_no_different()
    {
        await using var sandbox = await SwapHarness.StartAsync();
        await sandbox.RegisterAsync();
        var claim = await sandbox.BindAsync();

        await CutAsync(sandbox, 3, "CreateSnapshot", after: true);
        await CutAsync(sandbox, 0, "CreateVolume", after: true);
        await CutAsync(sandbox, 2, "delete persistentvolumes", after: true);
        await CutAsync(sandbox, 0, "create persistentvolumes", after: true);
        var moved = await sandbox.SwapAsync();

        Assert.Equal(("Bound", claim.Uid), (moved.Status, moved.ClaimUid));
        AssertOneCopy(sandbox, moved);
    }

    private static TheoryData<int, string, bool> Rows(string[] changes)
    {
        var rows = new TheoryData<int, string, bool>();
        for (var number = 0; number < changes.Length; number++)
        {
            rows.Add(number, changes[number], false);
            rows.Add(number, changes[number], true);
        }

        return rows;
    }

    private static async Task CutAsync(SwapHarness sandbox, int number, string change, bool after)
    {
        var first = sandbox.Changes.Made.Count;
        sandbox.Changes.Before = name =>
        {
            if (sandbox.Changes.Made.Count - first != number) return;
            Assert.Equal(change, name);
            if (!after) throw new CutOffException();
        };
        sandbox.Changes.After = _ => { if (sandbox.Changes.Made.Count - first > number) throw new CutOffException(); };
        await Assert.ThrowsAsync<CutOffException>(() => sandbox.SwapAsync());
        sandbox.Changes.Before = sandbox.Changes.After = null;
    }

    // Between the deletion of the old one and the creation of the new one, listing shows the holder.
    private static async Task<string> NameAsync(SwapHarness sandbox)
    {
        var facts = await SwapFacts.ReadAsync(sandbox.Cluster, SwapHarness.Stop);
        return facts.PersistentVolumes.FirstOrDefault(volume => volume.Name == SwapHarness.Name)?.Name ?? Assert.Single(facts.PersistentVolumes).Name;
    }

    private static async Task AssertOneUsableAtMostAsync(SwapHarness sandbox, string? claimUid)
    {
        await sandbox.Server.Kubernetes.SettleAsync(SwapHarness.Stop);
        var usable = (await SwapFacts.ReadAsync(sandbox.Cluster, SwapHarness.Stop)).PersistentVolumes
            .Where(volume => volume.Status == "Available" || (volume.Status == "Bound" && volume.ClaimUid == claimUid)).ToList();
        Assert.True(usable.Count <= 1, string.Join(", ", usable));
    }

    private static void AssertOneCopy(SwapHarness sandbox, EbsPersistentVolume moved)
    {
        Assert.Equal([KopsCluster.ZoneB], moved.NodeAffinityZone);
        Assert.Single(sandbox.Snapshots);
        Assert.Equal([sandbox.VolumeId, moved.VolumeId!], sandbox.Volumes.OrderBy(volume => volume.VolumeId != sandbox.VolumeId).Select(volume => volume.VolumeId));
        Assert.Equal(("manual-ebs", null), (Tag(sandbox, moved.VolumeId!, "ebspv/set"), Tag(sandbox, sandbox.VolumeId, "ebspv/set")));
        Assert.NotNull(Tag(sandbox, sandbox.VolumeId, "ebspv/retired-by"));
    }

    private static string? Tag(SwapHarness sandbox, string volumeId, string key) =>
        sandbox.Server.Ec2.FindVolume(volumeId)!.Tags.FirstOrDefault(tag => tag.Key == key)?.Value;
}
