using EbsPv.Errors;
using EbsPv.Sandbox.Ec2;
using EbsPv.Sandbox.Ec2.Model;
using EbsPv.Sandbox.Kubernetes;
using EbsPv.Swaps;
using EbsPv.Tests.Sandbox.Kubernetes;
using EbsPv.Tests.Support;
using EbsPv.Volumes;
using Xunit;

namespace EbsPv.Tests.Swaps;

/// <summary>Another disk under the same claim, as it is seen from both sides.</summary>
public class SwapRunTests
{
    [Fact]
    public async Task A_move_keeps_the_claim_and_everything_the_PersistentVolume_says_but_its_disk()
    {
        await using var sandbox = await SwapHarness.StartAsync();
        await sandbox.RegisterAsync();
        var claim = await sandbox.BindAsync();
        var before = (await sandbox.PersistentVolumeAsync())!;

        var after = await sandbox.SwapAsync();

        Assert.Equal((SwapHarness.Name, "Bound", "default/data", claim.Uid), (after.Name, after.Status, after.Claim, after.ClaimUid));
        Assert.NotEqual(before.VolumeId, after.VolumeId);
        Assert.Equal((before.Capacity, before.ReclaimPolicy, before.StorageClassName, before.FileSystemType), (after.Capacity, after.ReclaimPolicy, after.StorageClassName, after.FileSystemType));
        Assert.Equal([KopsCluster.ZoneB], after.NodeAffinityZone);
        Assert.Equal(("web", KopsCluster.ZoneB), (after.Labels["team"], after.Labels["topology.kubernetes.io/zone"]));
        Assert.Contains("noatime", sandbox.Server.Kubernetes.State.Get("persistentvolumes", SwapHarness.Name)!.ToJsonString());
        Assert.Contains(after.VolumeId!, after.Annotations["kubectl.kubernetes.io/last-applied-configuration"]);
        var bound = (await sandbox.ClaimAsync())!;
        Assert.Equal((claim.Uid, "Bound", SwapHarness.Name), (bound.Uid, bound.Status, bound.VolumeName));
        Assert.DoesNotContain(bound.Annotations.Keys, key => key.StartsWith("ebspv/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_new_disk_is_as_the_old_one_and_the_old_one_is_retired()
    {
        await using var sandbox = await SwapHarness.StartAsync();
        await sandbox.RegisterAsync();
        await sandbox.BindAsync();

        var after = await sandbox.SwapAsync();

        var (old, made) = (Volume(sandbox, sandbox.VolumeId), Volume(sandbox, after.VolumeId!));
        Assert.Equal(KopsCluster.ZoneB, made.AvailabilityZone);
        Assert.Equal((old.Size, old.VolumeType, old.Iops, old.Throughput, old.Encrypted, old.KmsKeyId), (made.Size, made.VolumeType, made.Iops, made.Throughput, made.Encrypted, made.KmsKeyId));
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["Name"] = SwapHarness.Name,
                ["KubernetesCluster"] = KopsCluster.Name,
                [$"kubernetes.io/cluster/{KopsCluster.Name}"] = "shared",
                ["ebspv/set"] = "manual-ebs",
                ["ebspv/slot"] = $"{KopsCluster.ZoneC}/1",
                ["ebspv/replaces"] = sandbox.VolumeId,
                ["ebspv/operation"] = Tag(made, "ebspv/operation")!,
                ["team"] = "web",
            },
            made.Tags.ToDictionary(tag => tag.Key, tag => tag.Value));
        Assert.Equal((null, null, "manual-ebs", $"{KopsCluster.ZoneC}/1"), (Tag(old, "ebspv/set"), Tag(old, "ebspv/slot"), Tag(old, "ebspv/retired-set"), Tag(old, "ebspv/retired-slot")));
        Assert.StartsWith("move ", Tag(old, "ebspv/retired-by"));
        Assert.Equal("default/data", Assert.Single(sandbox.Snapshots).Tags.Single(tag => tag.Key == "ebspv/claim").Value);
    }

    [Theory]
    [InlineData(null, "Available", null, null)]
    [InlineData("""{"namespace":"default","name":"kept"}""", "Available", "default/kept", null)]
    [InlineData("""{"namespace":"default","name":"gone","uid":"11111111-2222-3333-4444-555555555555"}""", "Released", "default/gone", "11111111-2222-3333-4444-555555555555")]
    public async Task A_PersistentVolume_that_no_claim_has_stays_what_it_was(string? claimRef, string status, string? claim, string? uid)
    {
        await using var sandbox = await SwapHarness.StartAsync();
        await sandbox.RegisterAsync(manifest => { if (claimRef is not null) manifest.With("spec.claimRef", claimRef); });

        var after = await sandbox.SwapAsync();

        Assert.Equal((status, claim, uid), (after.Status, after.Claim, after.ClaimUid));
        Assert.NotEqual(sandbox.VolumeId, after.VolumeId);
        Assert.Null(await sandbox.PersistentVolumeAsync(SwapHolder.NameFor(SwapHarness.Name)));
        Assert.Single(sandbox.Server.Kubernetes.State.List("persistentvolumes"));
    }

    [Fact]
    public async Task A_restore_takes_the_snapshot_that_is_named_and_makes_none()
    {
        await using var sandbox = await SwapHarness.StartAsync();
        await sandbox.RegisterAsync();
        var claim = await sandbox.BindAsync();
        var snapshot = await sandbox.Ec2.CreateSnapshotAsync(new Ports.NewSnapshot(sandbox.VolumeId, "op", "d", [new("ebspv/operation", "op")]), SwapHarness.Stop);

        var after = await sandbox.SwapAsync(SwapKind.Restore, KopsCluster.ZoneC, snapshot.SnapshotId);

        Assert.Equal(snapshot.SnapshotId, Volume(sandbox, after.VolumeId!).SnapshotId);
        Assert.Single(sandbox.Snapshots);
        Assert.Equal([KopsCluster.ZoneC], after.NodeAffinityZone);
        Assert.Equal(claim.Uid, after.ClaimUid);
        Assert.StartsWith("restore ", Tag(Volume(sandbox, sandbox.VolumeId), "ebspv/retired-by"));
    }

    [Fact]
    public async Task A_conversion_keeps_the_disk_and_changes_the_source()
    {
        await using var sandbox = await SwapHarness.StartAsync();
        await sandbox.RegisterAsync(manifest => manifest.With("spec.csi", null)
            .With("spec.awsElasticBlockStore", $$"""{"volumeID":"aws://{{KopsCluster.ZoneC}}/{{sandbox.VolumeId}}","fsType":"xfs","partition":2}""")
            .With("metadata.labels", $$"""{"failure-domain.beta.kubernetes.io/zone":"{{KopsCluster.ZoneC}}"}""")
            .With("spec.nodeAffinity", $$$"""{"required":{"nodeSelectorTerms":[{"matchExpressions":[{"key":"failure-domain.beta.kubernetes.io/zone","operator":"In","values":["{{{KopsCluster.ZoneC}}}"]},{"key":"failure-domain.beta.kubernetes.io/region","operator":"In","values":["eu-west-1"]}]}]}}""")
            .With("metadata.annotations", """{"pv.kubernetes.io/migrated-to":"ebs.csi.aws.com"}"""));
        var claim = await sandbox.BindAsync();

        var after = await sandbox.SwapAsync(SwapKind.Convert, KopsCluster.ZoneC);

        Assert.Equal((VolumeSource.Csi, sandbox.VolumeId, "xfs", "Bound", claim.Uid), (after.VolumeSource, after.VolumeId, after.FileSystemType, after.Status, after.ClaimUid));
        var spec = sandbox.Server.Kubernetes.State.Get("persistentvolumes", SwapHarness.Name)!["spec"]!;
        Assert.Equal("2", spec["csi"]!["volumeAttributes"]!["partition"]!.GetValue<string>());
        Assert.Null(spec["awsElasticBlockStore"]);
        Assert.Equal(
            ["topology.kubernetes.io/zone", "topology.kubernetes.io/region"],
            spec["nodeAffinity"]!["required"]!["nodeSelectorTerms"]![0]!["matchExpressions"]!.AsArray().Select(expression => expression!["key"]!.GetValue<string>()));
        Assert.Equal(KopsCluster.ZoneC, after.Labels["topology.kubernetes.io/zone"]);
        Assert.DoesNotContain(after.Annotations.Keys, key => key.StartsWith("pv.kubernetes.io/migrated", StringComparison.Ordinal));
        Assert.Empty(sandbox.Snapshots);
        Assert.Null(Tag(Volume(sandbox, sandbox.VolumeId), "ebspv/retired-by"));
    }

    [Fact]
    public async Task A_pod_that_came_before_the_fence_was_noticed_gets_its_volume_back_as_it_was()
    {
        await using var sandbox = await SwapHarness.StartAsync();
        await sandbox.RegisterAsync();
        var claim = await sandbox.BindAsync();
        sandbox.Changes.After = change => { if (change == "patch persistentvolumes") sandbox.AddPod("web-0"); };

        var refusal = await Refusal.OfAsync(ErrorIds.ClaimInUse, () => sandbox.SwapAsync());

        Assert.Contains("pod default/web-0 (Running on ip-172-20-83-140.eu-west-1.compute.internal)", refusal.Message);
        Assert.Contains(sandbox.VolumeId, refusal.Message);
        Assert.Contains("Move-EbsPersistentVolume manual-ebs-02 -DestinationZone eu-west-1b", refusal.RecommendedAction);
        await AssertGivenBackAsync(sandbox, claim);
        Assert.Empty(sandbox.Snapshots);
    }

    [Fact]
    public async Task A_pod_that_came_between_the_fence_and_the_new_disk_loses_nothing()
    {
        await using var sandbox = await SwapHarness.StartAsync();
        await sandbox.RegisterAsync();
        var claim = await sandbox.BindAsync();
        sandbox.Changes.After = change => { if (change == "CreateSnapshot") sandbox.AddPod("web-0"); };

        await Refusal.OfAsync(ErrorIds.ClaimInUse, () => sandbox.SwapAsync());

        await AssertGivenBackAsync(sandbox, claim);
        var copy = Assert.Single(sandbox.Volumes, volume => volume.VolumeId != sandbox.VolumeId);
        Assert.StartsWith("given up ", Tag(copy, "ebspv/retired-by"));
        Assert.Null(Tag(copy, "ebspv/set"));
    }

    [Fact]
    public async Task After_it_was_given_back_the_next_move_takes_a_new_snapshot()
    {
        await using var sandbox = await SwapHarness.StartAsync();
        await sandbox.RegisterAsync();
        await sandbox.BindAsync();
        sandbox.Changes.After = change => { if (change == "CreateSnapshot") sandbox.AddPod("web-0"); };
        await Refusal.OfAsync(ErrorIds.ClaimInUse, () => sandbox.SwapAsync());
        sandbox.Changes.After = null;
        sandbox.Server.Kubernetes.State.Remove("pods", "web-0", "default");
        sandbox.Server.Clock.Advance(TimeSpan.FromMinutes(1));

        var after = await sandbox.SwapAsync();

        Assert.Equal(2, sandbox.Snapshots.Count);
        Assert.Equal(sandbox.Snapshots.OrderBy(snapshot => snapshot.StartTime).Last().SnapshotId, Volume(sandbox, after.VolumeId!).SnapshotId);
    }

    [Fact]
    public async Task What_EC2_refuses_under_the_fence_gives_the_claim_back_its_volume()
    {
        await using var sandbox = await SwapHarness.StartAsync();
        await sandbox.RegisterAsync();
        var claim = await sandbox.BindAsync();
        sandbox.Server.Ec2.Settings = sandbox.Server.Ec2.Settings with { ZonesWithoutCapacity = [KopsCluster.ZoneB] };

        var refusal = await Refusal.OfAsync(ErrorIds.InsufficientVolumeCapacity, () => sandbox.SwapAsync());

        Assert.Contains("was given back as it was", refusal.Message);
        Assert.Equal("Run the same line later, or choose another -DestinationZone.", refusal.RecommendedAction);
        await AssertGivenBackAsync(sandbox, claim);
    }

    [Fact]
    public async Task What_passes_leaves_the_fence_and_the_same_line_finishes()
    {
        await using var sandbox = await SwapHarness.StartAsync();
        await sandbox.RegisterAsync();
        var claim = await sandbox.BindAsync();
        sandbox.Server.Ec2.Settings = sandbox.Server.Ec2.Settings with { ExpiredAccessKeys = new Dictionary<string, string>() };
        sandbox.Changes.Before = change => { if (change == "CreateVolume") throw new EbsPvException(ErrorKind.Authentication, ErrorIds.AwsAuthenticationFailed, "The credentials have expired.") { RecommendedAction = "Log in." }; };

        var refusal = await Refusal.OfAsync(ErrorIds.AwsAuthenticationFailed, () => sandbox.SwapAsync());
        Assert.Contains("the same line goes on from here", refusal.Message);
        Assert.Equal("Lost", (await sandbox.ClaimAsync())!.Status);
        sandbox.Changes.Before = null;

        var after = await sandbox.SwapAsync();

        Assert.Equal(("Bound", claim.Uid), (after.Status, after.ClaimUid));
        Assert.Single(sandbox.Snapshots);
    }

    [Fact]
    public async Task Another_swap_of_the_same_volume_is_refused_with_the_line_that_finishes_the_first()
    {
        await using var sandbox = await SwapHarness.StartAsync();
        await sandbox.RegisterAsync();
        await sandbox.BindAsync();
        sandbox.Changes.Before = change => { if (change == "CreateVolume") throw new CutOffException(); };
        await Assert.ThrowsAsync<CutOffException>(() => sandbox.SwapAsync());
        sandbox.Changes.Before = null;

        var refusal = await Refusal.OfAsync(ErrorIds.SwapUnderWay, () => sandbox.SwapAsync(zone: KopsCluster.ZoneA));

        Assert.Contains("a move to eu-west-1b", refusal.Message);
        Assert.Contains("Move-EbsPersistentVolume manual-ebs-02 -DestinationZone eu-west-1b", refusal.RecommendedAction);
    }

    [Fact]
    public async Task A_fence_that_is_not_noticed_in_time_stays_and_the_same_line_goes_on()
    {
        await using var sandbox = await SwapHarness.StartAsync();
        await sandbox.RegisterAsync();
        await sandbox.BindAsync();
        sandbox.Server.KubernetesOptions.RunBinder = false;
        var patient = sandbox.Options;
        sandbox.Options = patient with { StepTimeout = TimeSpan.FromSeconds(5) };

        var refusal = await Refusal.OfAsync(ErrorIds.FenceTimedOut, () => sandbox.SwapAsync());
        Assert.Contains("the PersistentVolume is not Released after", refusal.Message);
        Assert.Contains("kube-controller-manager", refusal.RecommendedAction);
        Assert.Empty(sandbox.Snapshots);
        sandbox.Options = patient;
        sandbox.Server.KubernetesOptions.RunBinder = true;
        sandbox.Server.Kubernetes.State.Seed(Manifests.Volume("unrelated"));

        Assert.Equal("Bound", (await sandbox.SwapAsync()).Status);
    }

    private static async Task AssertGivenBackAsync(SwapHarness sandbox, EbsPersistentVolumeClaim claim)
    {
        await SwapHarness.UntilAsync(async () => (await sandbox.ClaimAsync())!.Status == "Bound" && (await sandbox.PersistentVolumeAsync())!.Status == "Bound");
        var (now, volume) = ((await sandbox.ClaimAsync())!, (await sandbox.PersistentVolumeAsync())!);
        Assert.Equal((claim.Uid, sandbox.VolumeId, claim.Uid), (now.Uid, volume.VolumeId, volume.ClaimUid));
        Assert.DoesNotContain(SwapIntent.Annotation, now.Annotations.Keys);
        Assert.Null(Tag(Volume(sandbox, sandbox.VolumeId), VolumeTags.RetiredBy));
    }

    private static EbsVolume Volume(SwapHarness sandbox, string volumeId) => sandbox.Server.Ec2.FindVolume(volumeId)!;

    private static string? Tag(EbsVolume volume, string key) => volume.Tags.FirstOrDefault(tag => tag.Key == key)?.Value;
}
