using EbsPv.Errors;
using EbsPv.Removal;
using EbsPv.Sandbox.Ec2;
using EbsPv.Sandbox.Server;
using Xunit;

namespace EbsPv.Tests.Removal;

/// <summary>Every refusal comes before the first change, and names its volume.</summary>
public class RemoveRefusalTests
{
    [Theory]
    [InlineData(KopsCluster.EtcdVolume, ErrorIds.ControlPlaneVolume, "etcd")]
    [InlineData(KopsCluster.ForeignVolume, ErrorIds.VolumeNotOwned, KopsCluster.ForeignCluster)]
    [InlineData(KopsCluster.RootVolumeB, ErrorIds.VolumeInUse, "boots from")]
    public async Task Volumes_of_the_seed_are_refused(string volumeId, string errorId, string because)
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var refusal = Assert.Single(await sandbox.RefusedAsync(RemoveHarness.Request(volumeId)));
        Assert.Equal((errorId, volumeId), (refusal.ErrorId, refusal.Target));
        Assert.Contains(volumeId, refusal.Message);
        Assert.Contains(because, refusal.Message);
        Assert.NotEmpty(refusal.RecommendedAction!);
    }

    [Theory]
    [InlineData("k8s.io/etcd/main", "a/a", ErrorIds.ControlPlaneVolume)]
    [InlineData("k8s.io/role/master", "1", ErrorIds.ControlPlaneVolume)]
    [InlineData("kubernetes.io/cluster/otro", "owned", ErrorIds.VolumeClusterAmbiguous)]
    [InlineData("ebs.csi.aws.com/cluster-name", "otro", ErrorIds.VolumeClusterAmbiguous)]
    [InlineData("CSIVolumeName", "pvc-1", ErrorIds.VolumeManagedByDriver)]
    [InlineData("kubernetes.io/created-for/pvc/name", "datos", ErrorIds.VolumeManagedByDriver)]
    [InlineData("kubernetes.io/created-for/pv/name", "pv", ErrorIds.VolumeManagedByDriver)]
    [InlineData("ebspv/set", null, ErrorIds.VolumeNotManaged)]
    public async Task A_tag_too_many_or_too_few_is_a_refusal_that_no_switch_overrides(string key, string? value, string errorId)
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var volumeId = sandbox.Seed((key, value));
        var request = RemoveHarness.Request(volumeId) with { SkipClusterCheck = true, SkipPersistentVolumeCheck = true, AllowBulk = true };
        Assert.Equal(errorId, Assert.Single(await sandbox.RefusedAsync(request)).ErrorId);
    }

    [Theory]
    [InlineData("CSIVolumeName")]
    [InlineData("ebspv/name-of-nobody")]
    public async Task A_retired_volume_may_go_whoever_made_it(string tag)
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var volumeId = sandbox.Seed((tag, "pvc-1"), ("ebspv/set", null), ("ebspv/retired-by", "move-1"));
        var plan = await sandbox.PlanAsync(RemoveHarness.Request(volumeId));
        Assert.Empty(plan.Refusals);
        Assert.Equal(volumeId, Assert.Single(plan.Volumes).VolumeId);
    }

    [Fact]
    public async Task A_volume_without_any_cluster_is_nobody_s_to_remove()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var volumeId = sandbox.Seed(("KubernetesCluster", null), ($"kubernetes.io/cluster/{KopsCluster.Name}", null));
        Assert.Equal(ErrorIds.VolumeNotOwned, Assert.Single(await sandbox.RefusedAsync(RemoveHarness.Request(volumeId))).ErrorId);
    }

    [Fact]
    public async Task A_cluster_s_name_is_compared_exactly()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var volumeId = sandbox.Seed();
        var request = RemoveHarness.Request(volumeId) with { ClusterName = "proyecto.k8s.*", SkipClusterCheck = true };
        Assert.Equal(ErrorIds.VolumeNotOwned, Assert.Single(await sandbox.RefusedAsync(request)).ErrorId);
    }

    [Fact]
    public async Task An_attached_volume_is_refused_with_its_instance()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var volumeId = sandbox.Seed();
        sandbox.Server.Ec2.Attach(volumeId, KopsCluster.WorkerB);
        var refusal = Assert.Single(await sandbox.RefusedAsync(RemoveHarness.Request(volumeId)));
        Assert.Equal(ErrorIds.VolumeInUse, refusal.ErrorId);
        Assert.Contains(KopsCluster.WorkerB, refusal.Message);
    }

    [Theory]
    [InlineData("creating")]
    [InlineData("error")]
    [InlineData("in-use")]
    public async Task A_volume_that_is_not_available_is_refused(string state)
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var volumeId = sandbox.Seed();
        sandbox.Server.Ec2.Force(volumeId, state);
        var refusal = Assert.Single(await sandbox.RefusedAsync(RemoveHarness.Request(volumeId)));
        Assert.Equal(ErrorIds.VolumeInUse, refusal.ErrorId);
        Assert.Contains($"'{state}'", refusal.Message);
    }

    [Theory]
    [InlineData(VolumeSource.Csi)]
    [InlineData(VolumeSource.EksAutoMode)]
    [InlineData(VolumeSource.InTree)]
    public async Task A_volume_behind_a_PersistentVolume_is_refused_whatever_mounts_it(VolumeSource source)
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var volumeId = sandbox.Seed();
        await sandbox.RegisterAsync("datos", volumeId, source);
        var refusal = Assert.Single(await sandbox.RefusedAsync(RemoveHarness.Request(volumeId)));
        Assert.Equal(ErrorIds.VolumeHasPersistentVolume, refusal.ErrorId);
        Assert.Contains("datos", refusal.Message);
        Assert.Equal("When nothing needs its data: Unregister-EbsPersistentVolume datos, then run the line again.", refusal.RecommendedAction);
    }

    [Fact]
    public async Task A_PersistentVolume_whose_policy_is_Delete_is_not_simply_to_be_deleted()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var volumeId = sandbox.Seed();
        await sandbox.RegisterAsync("datos", volumeId, policy: "Delete");
        var refusal = Assert.Single(await sandbox.RefusedAsync(RemoveHarness.Request(volumeId)));
        Assert.Contains("Unregister-EbsPersistentVolume datos", refusal.RecommendedAction);
        Assert.DoesNotContain("kubectl delete pv", refusal.RecommendedAction);
    }

    [Theory]
    [InlineData("Retain", "When nothing needs its data: stop its pods and delete the claim (kubectl delete pvc -n shop data), then Unregister-EbsPersistentVolume datos, then run the line again.")]
    [InlineData("Delete", "When nothing needs its data: set its reclaim policy to Retain first (Move-EbsPersistentVolume datos -PrepareOnly), since with Delete the volume goes with its claim, and without a final snapshot; stop its pods")]
    public void One_that_a_claim_has_is_not_deleted_before_its_claim(string policy, string action)
    {
        var volume = new ClusterEbsVolume
        {
            VolumeId = "vol-0aaaaaaaaaaaaaaa1", State = "available", AvailabilityZone = "eu-west-1b", Region = "eu-west-1", Size = 10,
            Tags = new Dictionary<string, string> { ["KubernetesCluster"] = "proyecto.k8s.local", ["ebspv/set"] = "manual-ebs" },
        };
        var bound = new EbsPersistentVolume { Name = "datos", Status = "Bound", ReclaimPolicy = policy, Claim = "shop/data", VolumeId = volume.VolumeId };
        Assert.StartsWith(action, RemovalRules.Refusal(volume, "proyecto.k8s.local", [bound])!.RecommendedAction);
    }

    [Fact]
    public async Task One_volume_that_must_not_go_keeps_all_and_every_reason_is_named()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var (good, attached) = (sandbox.Seed(), sandbox.Seed());
        sandbox.Server.Ec2.Attach(attached, KopsCluster.WorkerB);
        var refusals = await sandbox.RefusedAsync(RemoveHarness.Request(good, attached, KopsCluster.EtcdVolume));
        Assert.Equal([(ErrorIds.VolumeInUse, attached), (ErrorIds.ControlPlaneVolume, KopsCluster.EtcdVolume)],
            refusals.Select(refusal => (refusal.ErrorId, (string)refusal.Target!)));
    }

    [Theory]
    [InlineData(5, 0, true)]
    [InlineData(6, 0, false)]
    [InlineData(6, 23, false)]
    [InlineData(6, 24, true)]
    [InlineData(8, 31, false)]
    [InlineData(8, 32, true)]
    public async Task More_than_a_fifth_of_the_cluster_s_volumes_needs_consent(int wanted, int others, bool isAllowed)
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var ids = sandbox.Seed(wanted);
        if (others > 0) sandbox.Seed(others);
        var request = RemoveHarness.Request(ids);
        var plan = await sandbox.PlanAsync(request);
        Assert.Equal(isAllowed ? [] : [ErrorIds.ScopeTooWide], plan.Refusals.Select(refusal => refusal.ErrorId));
        Assert.Empty((await sandbox.PlanAsync(request with { AllowBulk = true })).Refusals);
        Assert.Equal(0, sandbox.Mutations);
    }

    [Fact]
    public async Task Volumes_that_are_gone_already_are_no_reason_against_the_others()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var (here, going) = (sandbox.Seed(), sandbox.Seed());
        sandbox.Server.Ec2.Force(going, "deleting");
        var plan = await sandbox.PlanAsync(RemoveHarness.Request("vol-00000000000000001", here, going));
        Assert.Equal([here], plan.Volumes.Select(volume => volume.VolumeId));
        Assert.Equal(["vol-00000000000000001", going], plan.Gone);
        Assert.Empty(plan.Refusals);
    }

    [Fact]
    public async Task A_plan_reads_each_thing_once()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var ids = sandbox.Seed(201);
        await sandbox.PlanAsync(RemoveHarness.Request(ids) with { AllowBulk = true });
        Assert.Equal(
            new Dictionary<string, int>
            {
                ["ec2 DescribeInstances"] = 5, ["ec2 DescribeVolumes"] = 2, ["kubernetes list nodes"] = 1, ["kubernetes list persistentvolumeclaims"] = 1,
                ["kubernetes list persistentvolumes"] = 1,
            },
            sandbox.Server.Ledger.Counts);
    }

    [Fact]
    public async Task A_retired_volume_may_go()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var volumeId = sandbox.Seed(("ebspv/set", null), ("ebspv/slot", null), ("ebspv/retired-set", "manual-ebs"));
        var plan = await sandbox.PlanAsync(RemoveHarness.Request(volumeId));
        Assert.Empty(plan.Refusals);
        Assert.Equal(volumeId, Assert.Single(plan.Volumes).VolumeId);
    }

    [Fact]
    public async Task EC2_that_cannot_be_asked_ends_everything()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var volumeId = sandbox.Seed();
        sandbox.Fail(FaultKind.Error, "DescribeVolumes", -1, "UnauthorizedOperation", 403);
        var failure = await Assert.ThrowsAsync<EbsPvException>(() => sandbox.PlanAsync(RemoveHarness.Request(volumeId)));
        Assert.Equal(ErrorIds.AwsPermissionDenied, failure.ErrorId);
        Assert.Equal(0, sandbox.Mutations);
    }
}
