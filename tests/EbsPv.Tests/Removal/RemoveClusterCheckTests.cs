using EbsPv.Errors;
using EbsPv.Removal;
using EbsPv.Sandbox.Ec2;
using EbsPv.Sandbox.Server;
using Xunit;

namespace EbsPv.Tests.Removal;

/// <summary>The cluster that is asked has to be the volumes' own, and has to answer.</summary>
public class RemoveClusterCheckTests
{
    private const string Other = "i-00000000000000001";

    [Fact]
    public async Task A_cluster_that_runs_on_other_instances_is_a_mismatch()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var volumeId = sandbox.Seed(("KubernetesCluster", "otro"), ($"kubernetes.io/cluster/{KopsCluster.Name}", null));
        sandbox.Server.Ec2.AddInstance(new InstanceSeed { InstanceId = Other, SecurityGroups = ["nodes.otro"] }.Instances(DateTimeOffset.UnixEpoch).Single());
        var request = RemoveHarness.Request(volumeId) with { ClusterName = "otro" };
        var refusal = Assert.Single(await sandbox.RefusedAsync(request));
        Assert.Equal(ErrorIds.ClusterMismatch, refusal.ErrorId);
        Assert.Contains(Other, refusal.Message);
        Assert.Contains(volumeId, refusal.Message);
        Assert.Empty((await sandbox.PlanAsync(request with { SkipClusterCheck = true })).Refusals);
    }

    [Theory]
    [InlineData(null, ErrorIds.ClusterNotVerified)]
    [InlineData(Other, ErrorIds.ClusterMismatch)]
    [InlineData(KopsCluster.WorkerB, null)]
    public async Task Without_workers_in_EC2_the_volumes_own_instances_decide(string? instanceId, string? errorId)
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        StopWorkers(sandbox);
        var volumeId = sandbox.Seed();
        var request = RemoveHarness.Request() with { Volumes = [new VolumeToRemove(volumeId, instanceId is null ? [] : [instanceId])] };
        var plan = await sandbox.PlanAsync(request);
        Assert.Equal(errorId is null ? [] : [errorId], plan.Refusals.Select(refusal => refusal.ErrorId));
        Assert.All(plan.Refusals, refusal => Assert.Contains(volumeId, refusal.Message));
        Assert.Equal(0, sandbox.Mutations);
    }

    [Fact]
    public async Task What_EC2_says_now_counts_more_than_what_the_volume_said_once()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var volumeId = sandbox.Seed();
        var request = RemoveHarness.Request() with { Volumes = [new VolumeToRemove(volumeId, [Other])] };
        Assert.Empty((await sandbox.PlanAsync(request)).Refusals);
    }

    [Fact]
    public async Task Instances_that_may_not_be_seen_leave_the_cluster_unverified()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var volumeId = sandbox.Seed();
        sandbox.Fail(FaultKind.Error, "DescribeInstances", -1, "UnauthorizedOperation", 403);
        var refusal = Assert.Single(await sandbox.RefusedAsync(RemoveHarness.Request(volumeId)));
        Assert.Equal((ErrorIds.ClusterNotVerified, ErrorKind.PermissionDenied), (refusal.ErrorId, refusal.Kind));
        Assert.Contains("ec2:DescribeInstances", refusal.Message);
        Assert.Contains("-SkipClusterCheck", refusal.RecommendedAction);
    }

    [Fact]
    public async Task Nodes_that_may_not_be_listed_leave_the_cluster_unverified()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var volumeId = sandbox.Seed();
        sandbox.Fail(FaultKind.Error, "list nodes", -1, "Forbidden", 403);
        var refusal = Assert.Single(await sandbox.RefusedAsync(RemoveHarness.Request(volumeId)));
        Assert.Equal((ErrorIds.ClusterNotVerified, ErrorKind.PermissionDenied), (refusal.ErrorId, refusal.Kind));
        Assert.Contains("-SkipClusterCheck", refusal.RecommendedAction);
    }

    [Theory]
    [InlineData(403, "Forbidden")]
    [InlineData(500, "InternalError")]
    [InlineData(401, "Unauthorized")]
    public async Task A_cluster_that_does_not_tell_its_PersistentVolumes_keeps_everything(int status, string reason)
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var volumeId = sandbox.Seed();
        sandbox.Fail(FaultKind.Error, "list persistentvolumes", -1, reason, status);
        var request = RemoveHarness.Request(volumeId);
        var refusal = Assert.Single(await sandbox.RefusedAsync(request));
        Assert.Equal(ErrorIds.PersistentVolumeCheckFailed, refusal.ErrorId);
        Assert.Contains(volumeId, refusal.Message);
        Assert.Contains("-SkipPersistentVolumeCheck", refusal.RecommendedAction);
        Assert.Empty((await sandbox.PlanAsync(request with { SkipPersistentVolumeCheck = true })).Refusals);
    }

    [Fact]
    public async Task The_two_switches_are_separate()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var volumeId = sandbox.Seed();
        sandbox.Fail(FaultKind.Error, "list persistentvolumes", -1, "Forbidden", 403);
        sandbox.Fail(FaultKind.Error, "list nodes", -1, "Forbidden", 403);
        var request = RemoveHarness.Request(volumeId);
        Assert.Equal([ErrorIds.PersistentVolumeCheckFailed, ErrorIds.ClusterNotVerified], Ids(await sandbox.RefusedAsync(request)));
        Assert.Equal([ErrorIds.ClusterNotVerified], Ids(await sandbox.RefusedAsync(request with { SkipPersistentVolumeCheck = true })));
        Assert.Equal([ErrorIds.PersistentVolumeCheckFailed], Ids(await sandbox.RefusedAsync(request with { SkipClusterCheck = true })));
        sandbox.Server.Ledger.Clear();
        var plan = await sandbox.PlanAsync(request with { SkipClusterCheck = true, SkipPersistentVolumeCheck = true });
        Assert.Empty(plan.Refusals);
        Assert.Equal(new Dictionary<string, int> { ["ec2 DescribeVolumes"] = 1 }, sandbox.Server.Ledger.Counts);
    }

    [Fact]
    public void A_cluster_that_cannot_even_be_connected_to_keeps_everything()
    {
        var cause = new EbsPvException(ErrorKind.NotFound, ErrorIds.KubeconfigNotFound, "No kubeconfig.") { RecommendedAction = "Give one with -Kubeconfig." };
        var request = RemoveHarness.Request("vol-00000000000000001");
        var unknown = RemovalErrors.CannotAsk(request, cause);
        Assert.Equal((ErrorIds.PersistentVolumeCheckFailed, ErrorKind.NotFound), (unknown.ErrorId, unknown.Kind));
        Assert.Contains("No kubeconfig.", unknown.Message);
        Assert.StartsWith("Give one with -Kubeconfig. ", unknown.RecommendedAction);
        Assert.Equal(ErrorIds.ClusterNotVerified, RemovalErrors.CannotAsk(request with { SkipPersistentVolumeCheck = true }, cause).ErrorId);
    }

    private static IEnumerable<string> Ids(IEnumerable<EbsPvException> refusals) => refusals.Select(refusal => refusal.ErrorId);

    private static void StopWorkers(RemoveHarness sandbox)
    {
        foreach (var instance in sandbox.Server.Ec2.Instances) sandbox.Server.Ec2.AddInstance(instance with { State = "stopped" });
    }
}
