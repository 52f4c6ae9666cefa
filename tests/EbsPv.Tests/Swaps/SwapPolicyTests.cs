using EbsPv.Errors;
using EbsPv.Sandbox.Ec2;
using EbsPv.Swaps;
using EbsPv.Tests.Sandbox.Kubernetes;
using EbsPv.Tests.Support;
using Xunit;

namespace EbsPv.Tests.Swaps;

/// <summary>The reclaim policy Delete before, during and after a swap: beside a provisioner that deletes what is Released, no disk may go.</summary>
public class SwapPolicyTests
{
    [Theory]
    [InlineData(SwapKind.Move, KopsCluster.ZoneB)]
    [InlineData(SwapKind.Restore, KopsCluster.ZoneC)]
    public async Task It_comes_back_with_the_new_disk_and_deletes_neither(SwapKind kind, string zone)
    {
        await using var sandbox = await SwapHarness.StartAsync();
        await sandbox.RegisterAsync(SwapHarness.Provisioned);
        await sandbox.BindAsync();
        var snapshot = kind == SwapKind.Move ? null : await sandbox.Ec2.CreateSnapshotAsync(new Ports.NewSnapshot(sandbox.VolumeId, "op", "d", [new("ebspv/operation", "op")]), SwapHarness.Stop);
        var posted = "";
        sandbox.Changes.After = change => { if (change == "create persistentvolumes") posted = sandbox.Server.Kubernetes.State.Get("persistentvolumes", SwapHarness.Name)!["spec"]!["persistentVolumeReclaimPolicy"]!.GetValue<string>(); };

        var after = await sandbox.SwapAsync(kind, zone, snapshot?.SnapshotId);

        Assert.Equal(("Retain", "Delete", "Bound"), (posted, after.ReclaimPolicy, after.Status));
        Assert.DoesNotContain(SwapIntent.PolicyAnnotation, after.Annotations.Keys);
        Assert.Equal("ebs.csi.aws.com", after.Annotations["pv.kubernetes.io/provisioned-by"]);
        AssertDisks(sandbox, 2);
        Assert.Empty(sandbox.Reporter.Warnings);
    }

    [Fact]
    public async Task It_comes_back_once_the_claim_has_it_when_it_is_given_back()
    {
        await using var sandbox = await SwapHarness.StartAsync();
        await sandbox.RegisterAsync(SwapHarness.Provisioned);
        var claim = await sandbox.BindAsync();
        sandbox.Server.Ec2.Settings = sandbox.Server.Ec2.Settings with { ZonesWithoutCapacity = [KopsCluster.ZoneB] };

        await Refusal.OfAsync(ErrorIds.InsufficientVolumeCapacity, () => sandbox.SwapAsync());

        var volume = (await sandbox.PersistentVolumeAsync())!;
        Assert.Equal(("Delete", "Bound", claim.Uid), (volume.ReclaimPolicy, volume.Status, volume.ClaimUid));
        Assert.DoesNotContain(SwapIntent.PolicyAnnotation, volume.Annotations.Keys);
        Assert.DoesNotContain(SwapIntent.Annotation, (await sandbox.ClaimAsync())!.Annotations.Keys);
        AssertDisks(sandbox, 1);
    }

    [Fact]
    public async Task Without_a_claim_that_has_it_one_that_is_given_back_keeps_Retain()
    {
        await using var sandbox = await SwapHarness.StartAsync();
        await sandbox.RegisterAsync(SwapHarness.PreparedAndReleased);
        sandbox.Server.Ec2.Settings = sandbox.Server.Ec2.Settings with { ZonesWithoutCapacity = [KopsCluster.ZoneB] };

        await Refusal.OfAsync(ErrorIds.InsufficientVolumeCapacity, () => sandbox.SwapAsync());

        var volume = (await sandbox.PersistentVolumeAsync())!;
        Assert.Equal(("Retain", "Released", "default/gone"), (volume.ReclaimPolicy, volume.Status, volume.Claim));
        AssertDisks(sandbox, 1);
        AssertToldKept(sandbox, "no claim has it");
    }

    [Fact]
    public async Task Nor_does_it_come_back_with_the_new_disk_then()
    {
        await using var sandbox = await SwapHarness.StartAsync();
        await sandbox.RegisterAsync(SwapHarness.PreparedAndReleased);

        var after = await sandbox.SwapAsync();

        Assert.Equal(("Retain", "Released", "default/gone"), (after.ReclaimPolicy, after.Status, after.Claim));
        Assert.DoesNotContain(SwapIntent.PolicyAnnotation, after.Annotations.Keys);
        AssertDisks(sandbox, 2);
        AssertToldKept(sandbox, "no claim has it");
    }

    [Fact]
    public async Task A_claim_that_is_being_deleted_when_it_is_given_back_does_not_take_the_disk_with_it()
    {
        await using var sandbox = await SwapHarness.StartAsync();
        await sandbox.RegisterAsync(SwapHarness.Provisioned);
        await sandbox.BindAsync();
        sandbox.Changes.After = change =>
        {
            if (change != "CreateSnapshot") return;
            sandbox.AddPod("web-0");
            sandbox.Server.Kubernetes.State.Remove("persistentvolumeclaims", "data", "default");
        };

        await Refusal.OfAsync(ErrorIds.ClaimInUse, () => sandbox.SwapAsync());
        await sandbox.Server.Kubernetes.SettleAsync(SwapHarness.Stop);

        Assert.Equal("Retain", (await sandbox.PersistentVolumeAsync())!.ReclaimPolicy);
        Assert.Equal("available", sandbox.Server.Ec2.StateOf(sandbox.VolumeId));
        AssertToldKept(sandbox, "its claim default/data is gone, or is being deleted");
    }

    [Fact]
    public async Task Of_one_that_any_claim_may_have_it_comes_back_once_it_is_Available()
    {
        await using var sandbox = await SwapHarness.StartAsync();
        await sandbox.RegisterAsync(SwapHarness.Provisioned);

        var after = await sandbox.SwapAsync();

        Assert.Equal(("Delete", "Available", null), (after.ReclaimPolicy, after.Status, after.Claim));
        AssertDisks(sandbox, 2);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_somebody_sets_to_Delete_again_before_the_fence_is_not_fenced(bool isBound)
    {
        await using var sandbox = await SwapHarness.StartAsync();
        await sandbox.RegisterAsync(SwapHarness.Provisioned);
        if (isBound) await sandbox.BindAsync();
        sandbox.Changes.After = change =>
        {
            // GitOps, say, as soon as it sees Retain: beside the fence it would be Released, and with that policy.
            if (change != (isBound ? "patch persistentvolumeclaims" : "create persistentvolumes") || sandbox.Changes.Made.Count(made => made == change) != (isBound ? 1 : 2)) return;
            sandbox.Server.Kubernetes.State.Seed(sandbox.Server.Kubernetes.State.Get("persistentvolumes", SwapHarness.Name)!.With("spec.persistentVolumeReclaimPolicy", "\"Delete\""));
        };

        var refusal = await Refusal.OfAsync(ErrorIds.SwapConflict, () => sandbox.SwapAsync());
        await sandbox.Server.Kubernetes.SettleAsync(SwapHarness.Stop);

        Assert.Contains("its policy is Delete", refusal.Message);
        Assert.Equal(isBound ? "Bound" : "Available", (await sandbox.PersistentVolumeAsync())!.Status);
        Assert.Null(await sandbox.PersistentVolumeAsync(SwapHolder.NameFor(SwapHarness.Name)));
        AssertDisks(sandbox, 1);
    }

    [Fact]
    public async Task A_conversion_keeps_it_too()
    {
        await using var sandbox = await SwapHarness.StartAsync();
        await sandbox.RegisterAsync(manifest =>
        {
            manifest["spec"]!.AsObject().Remove("csi");
            manifest.With("spec.awsElasticBlockStore", $$"""{"volumeID":"aws://eu-west-1c/{{sandbox.VolumeId}}","fsType":"ext4"}""")
                .With("metadata.annotations", """{"pv.kubernetes.io/provisioned-by":"kubernetes.io/aws-ebs","pv.kubernetes.io/migrated-to":"ebs.csi.aws.com"}""")
                .With("spec.persistentVolumeReclaimPolicy", "\"Delete\"");
        });
        await sandbox.BindAsync();

        var after = await sandbox.SwapAsync(SwapKind.Convert, KopsCluster.ZoneC);

        Assert.Equal(("Delete", "Bound", VolumeSource.Csi, sandbox.VolumeId), (after.ReclaimPolicy, after.Status, after.VolumeSource, after.VolumeId));
        AssertDisks(sandbox, 1);
    }

    [Fact]
    public async Task A_run_that_is_cut_off_while_it_gives_back_deletes_nothing_and_the_same_line_finishes()
    {
        await using var sandbox = await SwapHarness.StartAsync();
        await sandbox.RegisterAsync(SwapHarness.Provisioned);
        await sandbox.BindAsync();
        sandbox.Server.Ec2.Settings = sandbox.Server.Ec2.Settings with { ZonesWithoutCapacity = [KopsCluster.ZoneB] };
        // Retain, the fence, the fence opened: then the policy.
        sandbox.Changes.Before = change => { if (change == "patch persistentvolumes" && sandbox.Changes.Made.Count(made => made == change) == 3) throw new CutOffException(); };
        await Assert.ThrowsAsync<CutOffException>(() => sandbox.SwapAsync());
        await sandbox.Server.Kubernetes.SettleAsync(SwapHarness.Stop);
        Assert.Equal(("Bound", "Retain"), ((await sandbox.PersistentVolumeAsync())!.Status, (await sandbox.PersistentVolumeAsync())!.ReclaimPolicy));

        sandbox.Changes.Before = null;
        sandbox.Server.Ec2.Settings = sandbox.Server.Ec2.Settings with { ZonesWithoutCapacity = [] };
        sandbox.Server.Clock.Advance(TimeSpan.FromMinutes(1));
        var after = await sandbox.SwapAsync();

        Assert.Equal(("Delete", "Bound"), (after.ReclaimPolicy, after.Status));
        AssertDisks(sandbox, 2);
    }

    private static void AssertDisks(SwapHarness sandbox, int count)
    {
        Assert.Equal(count, sandbox.Volumes.Count);
        Assert.All(sandbox.Volumes, volume => Assert.Equal("available", sandbox.Server.Ec2.StateOf(volume.VolumeId)));
    }

    private static void AssertToldKept(SwapHarness sandbox, string why)
    {
        var warning = Assert.Single(sandbox.Reporter.Warnings, warning => warning.StartsWith("ReclaimPolicyKept: ", StringComparison.Ordinal));
        Assert.Contains($"has the reclaim policy Retain, and not Delete as before: {why}", warning);
        Assert.Contains("kubectl patch pv manual-ebs-02", warning);
    }
}
