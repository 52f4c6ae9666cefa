using EbsPv.Errors;
using EbsPv.Removal;
using EbsPv.Sandbox.Ec2;
using EbsPv.Sandbox.Server;
using Xunit;

namespace EbsPv.Tests.Removal;

public class RemoveRunTests
{
    private static readonly RemovalOptions NoSnapshot = new() { FinalSnapshot = false };

    [Fact]
    public async Task A_volume_goes_after_its_final_snapshot_is_completed()
    {
        await using var sandbox = await RemoveHarness.StartAsync(new Ec2Settings { SnapshotTime = TimeSpan.FromSeconds(90) });
        var volumeId = sandbox.Seed();
        var outcome = await sandbox.RemoveAsync(RemoveHarness.Request(volumeId));
        var removed = Assert.Single(outcome.Removed);
        var snapshot = Assert.Single(sandbox.Snapshots);
        Assert.Equal((volumeId, "deleting", snapshot.SnapshotId, KopsCluster.Name, "test"),
            (removed.VolumeId, removed.State, removed.FinalSnapshotId, removed.ClusterName, removed.Context));
        Assert.Equal("deleting", sandbox.StateOf(volumeId));
        var done = sandbox.Server.Ledger.Calls.Single(call => call.Operation == "DeleteVolume").Time;
        Assert.Equal("completed", snapshot.StatusAt(done));
        Assert.InRange(sandbox.Time.Waits.Sum(), 90, 90 + 15);
    }

    [Fact]
    public async Task A_final_snapshot_says_whose_data_it_keeps()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var volumeId = sandbox.Seed();
        var request = RemoveHarness.Request() with { Volumes = [new VolumeToRemove(volumeId, [], "datos")] };
        await sandbox.RemoveAsync(request, new RemovalOptions { Operation = "op" });
        var snapshot = Assert.Single(sandbox.Snapshots);
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["Name"] = "manual-ebs-1",
                ["KubernetesCluster"] = KopsCluster.Name,
                ["ebspv/operation"] = "op",
                ["ebspv/final-snapshot-of"] = volumeId,
                ["ebspv/set"] = "manual-ebs",
                ["ebspv/slot"] = $"{KopsCluster.ZoneB}/1",
                ["ebspv/persistent-volume"] = "datos",
                ["ebspv/volume-type"] = "gp3",
                ["ebspv/volume-iops"] = "3000",
                ["ebspv/volume-throughput"] = "125",
                ["ebspv/volume-zone"] = KopsCluster.ZoneB,
                [$"kubernetes.io/cluster/{KopsCluster.Name}"] = "shared",
            },
            snapshot.Tags);
        Assert.Equal($"Final snapshot of {volumeId} (10 GiB gp3, {KopsCluster.ZoneB}) by EbsPv", snapshot.Description);
    }

    [Fact]
    public async Task A_retired_volume_s_snapshot_is_of_no_set_any_more()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var volumeId = sandbox.Seed(("ebspv/set", null), ("ebspv/retired-set", "manual-ebs"), ("Name", null), ("ebs.csi.aws.com/cluster-name", KopsCluster.Name));
        await sandbox.RemoveAsync(RemoveHarness.Request(volumeId));
        var tags = Assert.Single(sandbox.Snapshots).Tags;
        Assert.Equal(("manual-ebs", volumeId, false), (tags["ebspv/retired-set"], tags["Name"], tags.ContainsKey("ebspv/set")));
        Assert.Equal(KopsCluster.Name, tags["ebs.csi.aws.com/cluster-name"]);
    }

    [Fact]
    public async Task Without_a_final_snapshot_there_is_none_and_no_wait()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var volumeId = sandbox.Seed();
        var outcome = await sandbox.RemoveAsync(RemoveHarness.Request(volumeId), NoSnapshot);
        Assert.Null(Assert.Single(outcome.Removed).FinalSnapshotId);
        Assert.Equal((0, 1), (sandbox.Count("CreateSnapshot"), sandbox.Count("DeleteVolume")));
        Assert.Empty(sandbox.Time.Waits);
    }

    [Fact]
    public async Task A_run_costs_what_it_must_and_no_more()
    {
        await using var sandbox = await RemoveHarness.StartAsync(new Ec2Settings { SnapshotTime = TimeSpan.Zero });
        var ids = sandbox.Seed(40);
        var outcome = await sandbox.RemoveAsync(RemoveHarness.Request(ids) with { AllowBulk = true });
        Assert.Equal(ids, outcome.Ids);
        Assert.Equal(
            new Dictionary<string, int>
            {
                ["ec2 CreateSnapshot"] = 40,
                ["ec2 DeleteVolume"] = 40,
                ["ec2 DescribeInstances"] = 5,
                ["ec2 DescribeSnapshots"] = 1,
                ["ec2 DescribeVolumes"] = 2,
                ["kubernetes list nodes"] = 1,
                ["kubernetes list persistentvolumeclaims"] = 2,
                ["kubernetes list persistentvolumes"] = 2,
            },
            sandbox.Server.Ledger.Counts);
        Assert.Equal(40, sandbox.Snapshots.Count);
    }

    [Fact]
    public async Task More_than_200_volumes_go_in_waves_each_read_anew()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var ids = sandbox.Seed(250);
        var outcome = await sandbox.RemoveAsync(RemoveHarness.Request(ids) with { AllowBulk = true }, NoSnapshot);
        Assert.Equal(ids, outcome.Ids);
        Assert.Equal((250, 4, 3), (sandbox.Count("DeleteVolume"), sandbox.Count("DescribeVolumes"), sandbox.Count("list persistentvolumes")));
        Assert.DoesNotContain(sandbox.Server.Ledger.Calls, call => call.Error == "RequestLimitExceeded");
    }

    [Fact]
    public async Task A_volume_attached_while_its_snapshot_was_made_stays()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var (one, other) = (sandbox.Seed(), sandbox.Seed());
        sandbox.Time.Waiting = () => sandbox.Server.Ec2.Attach(one, KopsCluster.WorkerB);
        var outcome = await sandbox.RemoveAsync(RemoveHarness.Request(one, other));
        var failure = outcome.Failure(ErrorIds.VolumeInUse);
        Assert.Equal(one, failure.Target);
        Assert.Contains(sandbox.Snapshots.Single(snapshot => snapshot.VolumeId == one).SnapshotId, failure.Message);
        Assert.Equal([other], outcome.Ids);
        Assert.Equal([other], sandbox.Server.Ledger.Calls.Where(call => call.Operation == "DeleteVolume").Select(call => call.Target));
    }

    [Fact]
    public async Task A_volume_attached_between_the_last_look_and_the_delete_stays()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var (one, other) = (sandbox.Seed(), sandbox.Seed());
        sandbox.Ec2.BeforeDelete = id =>
        {
            if (id == one) sandbox.Server.Ec2.Attach(id, KopsCluster.WorkerB);
        };
        var outcome = await sandbox.RemoveAsync(RemoveHarness.Request(one, other), NoSnapshot);
        var failure = outcome.Failure(ErrorIds.VolumeInUse);
        Assert.Equal((one, "VolumeInUse"), (failure.Target, failure.ServiceCode));
        Assert.Contains("is not removed", failure.Message);
        Assert.Equal(("in-use", "deleting"), (sandbox.StateOf(one), sandbox.StateOf(other)));
        Assert.Equal(2, sandbox.Count("DeleteVolume"));
    }

    [Fact]
    public async Task A_PersistentVolume_that_came_meanwhile_keeps_its_volume()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var volumeId = sandbox.Seed();
        var plan = await sandbox.PlanAsync(RemoveHarness.Request(volumeId));
        await sandbox.RegisterAsync("datos", volumeId);
        var outcome = await RunAsync(sandbox, plan, RemoveHarness.Request(volumeId));
        Assert.Contains("datos", outcome.Failure(ErrorIds.VolumeHasPersistentVolume).Message);
        Assert.Equal((0, "available"), (sandbox.Count("DeleteVolume"), sandbox.StateOf(volumeId)));
    }

    [Fact]
    public async Task A_tag_that_changed_meanwhile_keeps_its_volume()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var volumeId = sandbox.Seed();
        var plan = await sandbox.PlanAsync(RemoveHarness.Request(volumeId));
        sandbox.Server.Ec2.Change(volumeId, volume => volume with { Tags = [new("KubernetesCluster", "otro")] });
        var outcome = await RunAsync(sandbox, plan, RemoveHarness.Request(volumeId));
        outcome.Failure(ErrorIds.VolumeNotOwned);
        Assert.Equal(0, sandbox.Count("DeleteVolume"));
    }

    [Fact]
    public async Task A_cluster_that_falls_silent_before_the_delete_keeps_everything()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var volumeId = sandbox.Seed();
        var plan = await sandbox.PlanAsync(RemoveHarness.Request(volumeId));
        sandbox.Fail(FaultKind.Error, "list persistentvolumes", -1, "Forbidden", 403);
        var failure = (await RunAsync(sandbox, plan, RemoveHarness.Request(volumeId))).Failure(ErrorIds.PersistentVolumeCheckFailed);
        Assert.Equal(volumeId, failure.Target);
        Assert.Equal((0, "available"), (sandbox.Count("DeleteVolume"), sandbox.StateOf(volumeId)));
    }

    [Fact]
    public async Task A_volume_that_went_meanwhile_counts_as_removed()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var volumeId = sandbox.Seed();
        var plan = await sandbox.PlanAsync(RemoveHarness.Request(volumeId));
        sandbox.Server.Ec2.Force(volumeId, "deleted");
        var outcome = await RunAsync(sandbox, plan, RemoveHarness.Request(volumeId));
        Assert.Equal([volumeId], outcome.Ids);
        Assert.Equal(0, sandbox.Count("DeleteVolume"));
    }

    [Fact]
    public async Task One_refused_delete_leaves_the_others_finished()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var ids = sandbox.Seed(4);
        sandbox.Fail(FaultKind.Error, "DeleteVolume", -1, "UnauthorizedOperation", 403, ids[1]);
        var outcome = await sandbox.RemoveAsync(RemoveHarness.Request(ids));
        Assert.Equal([ids[0], ids[2], ids[3]], outcome.Ids);
        var failure = outcome.Failure(ErrorIds.AwsPermissionDenied);
        Assert.Equal(ids[1], failure.Target);
        Assert.Contains("ec2:DeleteVolume", failure.Message);
        Assert.EndsWith("is kept.", failure.Message);
        Assert.Equal("available", sandbox.StateOf(ids[1]));
    }

    [Fact]
    public async Task A_stopped_run_starts_nothing_more()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var ids = sandbox.Seed(3);
        var request = RemoveHarness.Request(ids);
        var plan = await sandbox.PlanAsync(request);
        using var stop = new CancellationTokenSource();
        sandbox.Time.Waiting = stop.Cancel;
        var run = new RemovalRun(sandbox.Ec2, sandbox.Cluster, request, plan.Volumes, new RemovalOptions(), sandbox.Reporter, sandbox.Time);
        await run.RunAsync(stop.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.VolumeAsync(2));
        Assert.Equal((3, 0), (sandbox.Count("CreateSnapshot"), sandbox.Count("DeleteVolume")));
    }

    private static async Task<RemoveOutcome> RunAsync(RemoveHarness sandbox, RemovalPlan plan, RemovalRequest request)
    {
        var run = new RemovalRun(sandbox.Ec2, sandbox.Cluster, request, plan.Volumes, NoSnapshot, sandbox.Reporter, sandbox.Time);
        await run.RunAsync(RemoveHarness.Stop);
        var outcome = new RemoveOutcome();
        for (var index = 0; index < plan.Volumes.Count; index++) await outcome.AddAsync(run.VolumeAsync(index));
        return outcome;
    }
}
