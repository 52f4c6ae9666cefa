using EbsPv.Errors;
using EbsPv.Sandbox.Ec2;
using EbsPv.Sandbox.Server;
using EbsPv.Snapshots;
using EbsPv.Tests.Removal;
using EbsPv.Tests.Support;
using EbsPv.Volumes;
using Xunit;

namespace EbsPv.Tests.Snapshots;

/// <summary>Snapshots of several volumes side by side: one of each, whatever is lost on the way.</summary>
public class NewSnapshotTests
{
    private static readonly SnapshotRunOptions NoWait = new() { Wait = false };

    [Fact]
    public async Task One_create_a_volume_and_one_poll_for_all()
    {
        await using var sandbox = await RemoveHarness.StartAsync(new Ec2Settings { SnapshotTime = TimeSpan.Zero });
        var ids = sandbox.Seed(40);

        var outcome = await RunAsync(sandbox, ids);

        Assert.Equal(ids, outcome.Items.Select(snapshot => snapshot.VolumeId));
        Assert.All(outcome.Items, snapshot => Assert.Equal(("completed", SnapshotSource.EbsPv, KopsCluster.Name, "ctx"), (snapshot.State, snapshot.Source, snapshot.ClusterName, snapshot.Context)));
        Assert.Equal(new Dictionary<string, int> { ["ec2 CreateSnapshot"] = 40, ["ec2 DescribeSnapshots"] = 1, ["ec2 DescribeVolumes"] = 1 }, sandbox.Server.Ledger.Counts);
    }

    [Fact]
    public async Task A_poll_asks_for_two_hundred_a_call()
    {
        await using var sandbox = await RemoveHarness.StartAsync(new Ec2Settings { SnapshotTime = TimeSpan.Zero });

        var outcome = await RunAsync(sandbox, sandbox.Seed(201));

        Assert.Equal(201, outcome.Items.Count);
        Assert.Equal((201, 2), (sandbox.Count("CreateSnapshot"), sandbox.Count("DescribeSnapshots")));
    }

    [Fact]
    public async Task Without_waiting_they_come_as_EC2_began_them()
    {
        await using var sandbox = await RemoveHarness.StartAsync();

        var outcome = await RunAsync(sandbox, [sandbox.Seed()], NoWait);

        Assert.Equal("pending", Assert.Single(outcome.Items).State);
        Assert.Equal(0, sandbox.Count("DescribeSnapshots"));
    }

    [Theory]
    [InlineData(FaultKind.CutAfter, 1)]
    [InlineData(FaultKind.CutBefore, 2)]
    [InlineData(FaultKind.Error, 2)]
    public async Task A_lost_answer_leaves_one_snapshot_of_each(FaultKind fault, int calls)
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var ids = sandbox.Seed(3);
        sandbox.Server.Faults.Add(new Fault { Kind = fault, Operation = "CreateSnapshot", Target = ids[1] });

        var outcome = await RunAsync(sandbox, ids);

        Assert.Equal(ids, outcome.Items.Select(snapshot => snapshot.VolumeId));
        Assert.Equal(ids.Order(), sandbox.Snapshots.Select(snapshot => snapshot.VolumeId).Order());
        Assert.Equal(2 + calls, sandbox.Count("CreateSnapshot"));
    }

    [Fact]
    public async Task Each_run_makes_its_own_as_soon_as_EC2_takes_another_one_of_the_volume()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var volumeId = sandbox.Seed();

        var first = Assert.Single((await RunAsync(sandbox, [volumeId])).Items);
        var second = Assert.Single((await RunAsync(sandbox, [volumeId])).Items);

        Assert.NotEqual(first.SnapshotId, second.SnapshotId);
        Assert.Contains(sandbox.Server.Ledger.Calls, call => call.Error == "SnapshotCreationPerVolumeRateExceeded");
        Assert.Equal(2, sandbox.Snapshots.Count);
    }

    [Fact]
    public async Task One_that_fails_concerns_its_volume_alone()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var ids = sandbox.Seed(3);
        sandbox.Fail(FaultKind.Error, "CreateSnapshot", -1, "UnauthorizedOperation", 403, ids[0]);
        sandbox.Time.Waiting = () =>
        {
            foreach (var snapshot in sandbox.Snapshots.Where(snapshot => snapshot.VolumeId == ids[2])) sandbox.Server.Ec2.AddSnapshot(snapshot with { EndStatus = "error" });
        };

        var outcome = await RunAsync(sandbox, ids);

        Assert.Equal([ids[1]], outcome.Items.Select(snapshot => snapshot.VolumeId));
        Assert.Equal([(ErrorIds.AwsPermissionDenied, ids[0]), (ErrorIds.SnapshotFailed, ids[2])], outcome.Failures.Select(failure => (failure.ErrorId, $"{failure.Target}")));
    }

    [Fact]
    public async Task One_that_takes_too_long_goes_on_by_itself_and_is_named()
    {
        await using var sandbox = await RemoveHarness.StartAsync(new Ec2Settings { SnapshotTime = TimeSpan.FromHours(2) });
        var volumeId = sandbox.Seed();

        var failure = (await RunAsync(sandbox, [volumeId], new SnapshotRunOptions { Timeout = TimeSpan.FromSeconds(100) })).Failure(ErrorIds.SnapshotWaitTimedOut);

        Assert.Contains(Assert.Single(sandbox.Snapshots).SnapshotId, failure.Message);
        Assert.Contains("Get-ClusterEbsSnapshot", failure.RecommendedAction);
        Assert.Equal(100, Math.Round(sandbox.Time.Waits.Sum(), 1));
    }

    [Fact]
    public async Task A_stopped_run_begins_no_further_one()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var ids = sandbox.Seed(4);
        var plans = await PlanAsync(sandbox, ids);
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        var run = new SnapshotRun(sandbox.Ec2, plans, new SnapshotRunOptions(), sandbox.Reporter, sandbox.Time);

        await run.RunAsync(stop.Token);

        Assert.Equal(4, (await RunOutcome<ClusterEbsSnapshot>.OfAsync(Enumerable.Range(0, 4).Select(run.SnapshotAsync))).Cancelled);
        Assert.Equal(0, sandbox.Count("CreateSnapshot"));
    }

    [Theory]
    [InlineData(KopsCluster.EtcdVolume, ErrorIds.ControlPlaneVolume)]
    [InlineData(KopsCluster.RootVolumeB, ErrorIds.ControlPlaneVolume)]
    [InlineData(KopsCluster.ForeignVolume, ErrorIds.VolumeNotOfCluster)]
    [InlineData("vol-0dead000000000001", ErrorIds.VolumeNotFound)]
    public async Task Volumes_that_are_not_the_cluster_s_storage_are_refused_also_when_a_PersistentVolume_names_them(string volumeId, string errorId)
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var found = await VolumesById.ReadAsync(sandbox.Ec2, [volumeId], RemoveHarness.Stop);

        Refusal.Of(errorId, () => SnapshotPlan.For(new VolumeToSnapshot(volumeId, "datos", "default/datos"), found, Request()));
    }

    [Fact]
    public async Task A_volume_that_names_no_cluster_is_the_cluster_s_when_its_PersistentVolume_is()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var volumeId = sandbox.Seed(("KubernetesCluster", null), ($"kubernetes.io/cluster/{KopsCluster.Name}", null), ("CSIVolumeName", "pvc-1"));
        var found = await VolumesById.ReadAsync(sandbox.Ec2, [volumeId], RemoveHarness.Stop);

        Refusal.Of(ErrorIds.VolumeNotOfCluster, () => SnapshotPlan.For(new VolumeToSnapshot(volumeId), found, Request()));
        var planned = SnapshotPlan.For(new VolumeToSnapshot(volumeId, "datos", "default/data"), found, Request()).Planned();

        Assert.Equal(("planned", null, volumeId, "datos", "default/data", SnapshotSource.EbsPv), (planned.State, planned.SnapshotId, planned.VolumeId, planned.PersistentVolume, planned.Claim, planned.Source));
        Assert.Equal(KopsCluster.Name, planned.Tags["KubernetesCluster"]);
        Assert.DoesNotContain("CSIVolumeName", planned.Tags.Keys);
    }

    [Theory]
    [InlineData("creating")]
    [InlineData("error")]
    [InlineData("deleting")]
    public async Task Of_a_volume_that_cannot_be_read_there_is_nothing_to_take(string state)
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var volumeId = sandbox.Seed();
        var volume = (await VolumesById.ReadAsync(sandbox.Ec2, [volumeId], RemoveHarness.Stop))[volumeId] with { State = state };

        Refusal.Of(ErrorIds.VolumeUnusable, () => SnapshotRules.CheckVolume(volume, KopsCluster.Name, isNamed: false));
    }

    [Fact]
    public void A_description_has_as_many_characters_as_EC2_takes()
    {
        SnapshotRules.CheckDescription(new string('a', 255));
        Refusal.Of(ErrorIds.DescriptionTooLong, () => SnapshotRules.CheckDescription(new string('a', 256)));
    }

    private static SnapshotRequest Request() => new() { Region = KopsCluster.Region, ClusterName = KopsCluster.Name, Context = "ctx" };

    private static async Task<IReadOnlyList<SnapshotPlan>> PlanAsync(RemoveHarness sandbox, IReadOnlyList<string> ids)
    {
        var found = await VolumesById.ReadAsync(sandbox.Ec2, ids, RemoveHarness.Stop);
        var request = Request();
        return [.. ids.Select(id => SnapshotPlan.For(new VolumeToSnapshot(id), found, request))];
    }

    private static async Task<RunOutcome<ClusterEbsSnapshot>> RunAsync(RemoveHarness sandbox, IReadOnlyList<string> ids, SnapshotRunOptions? options = null)
    {
        var run = new SnapshotRun(sandbox.Ec2, await PlanAsync(sandbox, ids), options ?? new SnapshotRunOptions(), sandbox.Reporter, sandbox.Time);
        await run.RunAsync(RemoveHarness.Stop);
        return await RunOutcome<ClusterEbsSnapshot>.OfAsync(ids.Select((_, index) => run.SnapshotAsync(index)));
    }
}
