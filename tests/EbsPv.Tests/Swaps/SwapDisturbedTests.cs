using System.Text.Json.Nodes;
using EbsPv.Errors;
using EbsPv.PersistentVolumes;
using EbsPv.Sandbox.Ec2;
using EbsPv.Sandbox.Ec2.Model;
using EbsPv.Swaps;
using EbsPv.Tests.Sandbox.Kubernetes;
using EbsPv.Tests.Support;
using EbsPv.Volumes;
using Xunit;

namespace EbsPv.Tests.Swaps;

/// <summary>What others do between a plan and its fence, or to a swap that stopped in the middle.</summary>
public class SwapDisturbedTests
{
    [Fact]
    public async Task What_a_claim_got_at_the_prompt_is_left_to_it()
    {
        await using var sandbox = await SwapHarness.StartAsync();
        await sandbox.RegisterAsync(SwapHarness.Provisioned);

        // The policy Delete makes it be read again on the way to the fence.
        await Refusal.OfAsync(ErrorIds.SwapConflict, () => sandbox.SwapAsync(atPrompt: () => sandbox.BindAsync()));

        var (volume, claim) = ((await sandbox.PersistentVolumeAsync())!, (await sandbox.ClaimAsync())!);
        Assert.Equal(("Bound", claim.Uid, sandbox.VolumeId), (volume.Status, volume.ClaimUid, volume.VolumeId));
        Assert.Empty(sandbox.Snapshots);
        Assert.Null(await sandbox.PersistentVolumeAsync(SwapHolder.NameFor(SwapHarness.Name)));
    }

    [Fact]
    public async Task A_copy_of_which_nothing_was_told_is_given_up_when_the_claim_gets_its_disk_back()
    {
        await using var sandbox = await SwapHarness.StartAsync();
        await sandbox.RegisterAsync();
        await sandbox.BindAsync();
        sandbox.Changes.After = change => { if (change == "CreateVolume") throw new EbsPvException(ErrorKind.PermissionDenied, ErrorIds.AwsPermissionDenied, "Not any more.") { RecommendedAction = "Ask." }; };

        await Refusal.OfAsync(ErrorIds.AwsPermissionDenied, () => sandbox.SwapAsync());

        AssertGivenUp(sandbox);
    }

    [Fact]
    public async Task So_is_the_copy_of_an_earlier_run_when_a_pod_is_there_before_the_fence_is_looked_at_again()
    {
        await using var sandbox = await SwapHarness.StartAsync();
        await sandbox.RegisterAsync();
        await sandbox.BindAsync();
        sandbox.Changes.After = change => { if (change == "CreateVolume") throw new CutOffException(); };
        await Assert.ThrowsAsync<CutOffException>(() => sandbox.SwapAsync());
        sandbox.Changes.After = null;
        sandbox.AddPod("web-0");

        await Refusal.OfAsync(ErrorIds.ClaimInUse, () => sandbox.SwapAsync());

        AssertGivenUp(sandbox);
    }

    [Fact]
    public async Task A_copy_that_came_too_late_for_a_PersistentVolume_that_somebody_deleted_is_given_up()
    {
        await using var sandbox = await SwapHarness.StartAsync();
        await sandbox.RegisterAsync();
        await sandbox.BindAsync();
        sandbox.Changes.Before = change => { if (change == "patch persistentvolumes") sandbox.Server.Kubernetes.State.Remove("persistentvolumes", SwapHarness.Name); };
        sandbox.Changes.After = change => { if (change == "CreateVolume") sandbox.AddPod("web-0"); };

        await Refusal.OfAsync(ErrorIds.ClaimInUse, () => sandbox.SwapAsync());

        AssertGivenUp(sandbox);
    }

    [Fact]
    public async Task An_old_disk_that_somebody_deletes_behind_the_fence_does_not_take_the_copy_with_it()
    {
        await using var sandbox = await SwapHarness.StartAsync();
        await sandbox.RegisterAsync();
        var claim = await sandbox.BindAsync();
        sandbox.Changes.Before = change => { if (change == "CreateTags") sandbox.Server.Ec2.Force(sandbox.VolumeId, "deleted"); };

        var after = await sandbox.SwapAsync();

        Assert.Equal(("Bound", claim.Uid), (after.Status, after.ClaimUid));
        Assert.Null(Tag(Volume(sandbox, after.VolumeId!), VolumeTags.RetiredBy));
        Assert.StartsWith($"VolumeGone: the old volume {sandbox.VolumeId} of {SwapHarness.Name} was deleted", Assert.Single(sandbox.Reporter.Warnings));
    }

    [Fact]
    public async Task What_another_run_has_done_is_seen_also_where_the_old_disk_is_gone()
    {
        await using var sandbox = await SwapHarness.StartAsync();
        await sandbox.RegisterAsync();
        await sandbox.BindAsync();
        EbsPersistentVolume? done = null;

        var after = await sandbox.SwapAsync(atPrompt: async () =>
        {
            sandbox.Changes.Before = change => { if (change == "CreateTags") sandbox.Server.Ec2.Force(sandbox.VolumeId, "deleted"); };
            done = await sandbox.SwapAsync();
        });

        Assert.Equal((done!.Uid, done.VolumeId, "Bound"), (after.Uid, after.VolumeId, after.Status));
    }

    [Fact]
    public async Task A_copy_that_cannot_be_marked_does_not_leave_the_mark_on_the_old_disk()
    {
        await using var sandbox = await SwapHarness.StartAsync();
        await sandbox.RegisterAsync();
        await sandbox.BindAsync();
        sandbox.Changes.Before = change =>
        {
            if (change == "delete persistentvolumes") throw new EbsPvException(ErrorKind.PermissionDenied, ErrorIds.KubePermissionDenied, "No.") { RecommendedAction = "Ask." };
            // The mark on the old disk; then the one on the copy.
            if (change == "CreateTags" && sandbox.Changes.Made.Count(made => made == change) == 1)
            {
                sandbox.Changes.Before = null;
                throw new EbsPvException(ErrorKind.PermissionDenied, ErrorIds.AwsPermissionDenied, "Not that.") { RecommendedAction = "Ask." };
            }
        };

        await Refusal.OfAsync(ErrorIds.KubePermissionDenied, () => sandbox.SwapAsync());

        Assert.Equal($"TagsNotUndone: the tags of the copy of {sandbox.VolumeId} are not as they should be. Not that.", Assert.Single(sandbox.Reporter.Warnings));
        var old = Volume(sandbox, sandbox.VolumeId);
        Assert.Equal((null, "manual-ebs", $"{KopsCluster.ZoneC}/1"), (Tag(old, VolumeTags.RetiredBy), Tag(old, VolumeTags.Set), Tag(old, VolumeTags.Slot)));
    }

    [Fact]
    public async Task What_a_claim_got_after_a_run_was_cut_off_while_it_gave_back_is_the_claim_s_with_its_pods()
    {
        await using var sandbox = await SwapHarness.StartAsync();
        await sandbox.RegisterAsync();
        sandbox.Server.Ec2.Settings = sandbox.Server.Ec2.Settings with { ZonesWithoutCapacity = [KopsCluster.ZoneB] };
        // The fence, the snapshot that is begun, and the fence opened: the note beside it is left.
        sandbox.Changes.After = change => { if (change == "patch persistentvolumes" && sandbox.Changes.Made.Count(made => made == change) == 3) throw new CutOffException(); };
        await Assert.ThrowsAsync<CutOffException>(() => sandbox.SwapAsync());
        sandbox.Changes.After = null;
        Assert.NotNull(await sandbox.PersistentVolumeAsync(SwapHolder.NameFor(SwapHarness.Name)));
        var claim = await sandbox.BindAsync();
        sandbox.AddPod("web-0");
        sandbox.Server.Ec2.Settings = sandbox.Server.Ec2.Settings with { ZonesWithoutCapacity = [] };
        sandbox.Server.Clock.Advance(TimeSpan.FromMinutes(1));

        await Refusal.OfAsync(ErrorIds.ClaimInUse, () => sandbox.SwapAsync());
        Assert.Equal(sandbox.VolumeId, (await sandbox.PersistentVolumeAsync())!.VolumeId);
        sandbox.Server.Kubernetes.State.Remove("pods", "web-0", "default");
        await SwapHarness.UntilAsync(async () => (await sandbox.PersistentVolumeAsync())!.Status == "Bound");

        var after = await sandbox.SwapAsync();
        Assert.Equal(("Bound", claim.Uid, true), (after.Status, after.ClaimUid, after.VolumeId != sandbox.VolumeId));
        Assert.Null(await sandbox.PersistentVolumeAsync(SwapHolder.NameFor(SwapHarness.Name)));
    }

    [Fact]
    public async Task An_in_tree_one_that_somebody_posts_again_is_not_taken_for_its_conversion()
    {
        await using var sandbox = await SwapHarness.StartAsync();
        await sandbox.RegisterAsync(manifest => manifest.With("spec.csi", null).With("spec.awsElasticBlockStore", $$"""{"volumeID":"aws://{{KopsCluster.ZoneC}}/{{sandbox.VolumeId}}","fsType":"ext4"}"""));
        var claim = await sandbox.BindAsync();
        var inGit = SwapManifest.For(
            (await sandbox.Cluster.GetPersistentVolumeManifestAsync(SwapHarness.Name, SwapHarness.Stop))!, new ClaimReference("default", "data") { Uid = claim.Uid }, KopsCluster.ZoneC, []);
        sandbox.Changes.Before = change => { if (change == "create persistentvolumes") sandbox.Server.Kubernetes.State.Seed(JsonNode.Parse(inGit)!.AsObject()); };

        await Refusal.OfAsync(ErrorIds.SwapConflict, () => sandbox.SwapAsync(SwapKind.Convert, KopsCluster.ZoneC));

        sandbox.Changes.Before = null;
        var after = await sandbox.SwapAsync(SwapKind.Convert, KopsCluster.ZoneC);
        Assert.Equal((VolumeSource.Csi, "Bound", claim.Uid), (after.VolumeSource, after.Status, after.ClaimUid));
    }

    [Fact]
    public async Task A_mark_that_a_run_left_when_it_was_cut_off_while_it_gave_back_goes_with_the_next_giving_back()
    {
        await using var sandbox = await SwapHarness.StartAsync();
        await sandbox.RegisterAsync();
        await sandbox.BindAsync();
        sandbox.Changes.Before = change => { if (change == "delete persistentvolumes") throw new EbsPvException(ErrorKind.PermissionDenied, ErrorIds.KubePermissionDenied, "No.") { RecommendedAction = "Ask." }; };
        // The fence, and the fence opened.
        sandbox.Changes.After = change => { if (change == "patch persistentvolumes" && sandbox.Changes.Made.Count(made => made == change) == 2) throw new CutOffException(); };
        await Assert.ThrowsAsync<CutOffException>(() => sandbox.SwapAsync());
        (sandbox.Changes.Before, sandbox.Changes.After) = (null, null);
        await SwapHarness.UntilAsync(async () => (await sandbox.PersistentVolumeAsync())!.Status == "Bound");
        sandbox.Server.Clock.Advance(TimeSpan.FromMinutes(1));
        sandbox.Server.Ec2.Settings = sandbox.Server.Ec2.Settings with { ZonesWithoutCapacity = [KopsCluster.ZoneB] };

        await Refusal.OfAsync(ErrorIds.InsufficientVolumeCapacity, () => sandbox.SwapAsync());

        AssertGivenUp(sandbox);
        var old = Volume(sandbox, sandbox.VolumeId);
        Assert.Equal((null, null, "manual-ebs", $"{KopsCluster.ZoneC}/1"), (Tag(old, VolumeTags.RetiredBy), Tag(old, VolumeTags.RetiredSet), Tag(old, VolumeTags.Set), Tag(old, VolumeTags.Slot)));
    }

    [Theory]
    [InlineData(SwapKind.Move, KopsCluster.ZoneB)]
    [InlineData(SwapKind.Restore, KopsCluster.ZoneC)]
    public async Task Where_somebody_posts_the_old_one_again_the_same_line_begins_anew_with_what_is_on_it_by_now(SwapKind kind, string zone)
    {
        await using var sandbox = await SwapHarness.StartAsync();
        await sandbox.RegisterAsync();
        var claim = await sandbox.BindAsync();
        var snapshot = kind == SwapKind.Move ? null : (await sandbox.Ec2.CreateSnapshotAsync(new Ports.NewSnapshot(sandbox.VolumeId, "op", "d", [new("ebspv/operation", "op")]), SwapHarness.Stop)).SnapshotId;
        var inGit = SwapManifest.For((await sandbox.Cluster.GetPersistentVolumeManifestAsync(SwapHarness.Name, SwapHarness.Stop))!, null, KopsCluster.ZoneC, []);
        sandbox.Changes.Before = change => { if (change == "create persistentvolumes") throw new CutOffException(); };
        await Assert.ThrowsAsync<CutOffException>(() => sandbox.SwapAsync(kind, zone, snapshot));
        sandbox.Changes.Before = null;
        await sandbox.Cluster.CreatePersistentVolumeAsync(inGit, SwapHarness.Stop);
        await SwapHarness.UntilAsync(async () => (await sandbox.ClaimAsync())!.Status == "Bound");
        sandbox.Server.Clock.Advance(TimeSpan.FromMinutes(1));

        var after = await sandbox.SwapAsync(kind, zone, snapshot);

        Assert.Equal(("Bound", claim.Uid), (after.Status, after.ClaimUid));
        Assert.NotEqual(sandbox.VolumeId, after.VolumeId);
        var (old, first) = (Volume(sandbox, sandbox.VolumeId), Assert.Single(sandbox.Volumes, volume => volume.VolumeId != sandbox.VolumeId && volume.VolumeId != after.VolumeId));
        Assert.StartsWith($"{kind.ToString().ToLowerInvariant()} {Tag(Volume(sandbox, after.VolumeId!), "ebspv/operation")}", Tag(old, VolumeTags.RetiredBy));
        Assert.StartsWith("given up ", Tag(first, VolumeTags.RetiredBy));
        if (kind == SwapKind.Move) Assert.Equal(2, sandbox.Snapshots.Count);
        Assert.DoesNotContain(SwapIntent.Annotation, (await sandbox.ClaimAsync())!.Annotations.Keys);
    }

    private static void AssertGivenUp(SwapHarness sandbox)
    {
        var copy = Assert.Single(sandbox.Volumes, volume => volume.VolumeId != sandbox.VolumeId);
        Assert.StartsWith("given up ", Tag(copy, VolumeTags.RetiredBy));
        Assert.Null(Tag(copy, VolumeTags.Set));
    }

    private static EbsVolume Volume(SwapHarness sandbox, string volumeId) => sandbox.Server.Ec2.FindVolume(volumeId)!;

    private static string? Tag(EbsVolume volume, string key) => volume.Tags.FirstOrDefault(tag => tag.Key == key)?.Value;
}
