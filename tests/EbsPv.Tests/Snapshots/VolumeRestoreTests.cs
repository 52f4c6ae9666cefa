using EbsPv.Errors;
using EbsPv.VolumeRestores;
using EbsPv.Sandbox.Ec2;
using EbsPv.Sandbox.Ec2.Model;
using EbsPv.Sandbox.Server;
using EbsPv.Snapshots;
using EbsPv.Tests.Removal;
using EbsPv.Volumes;
using Xunit;

namespace EbsPv.Tests.Snapshots;

/// <summary>Volumes made of snapshots: as their originals, once, and of no set.</summary>
public class VolumeRestoreTests
{
    private const string Gone = "vol-0dead000000000001";

    [Fact]
    public async Task A_restored_volume_is_as_its_original_and_of_no_set()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var volumeId = sandbox.Seed(("equipo", "datos"), ("aws:x", "x"), ("k8s.io/role/node", "1"));
        sandbox.Server.Ec2.Change(volumeId, volume => volume with { Iops = 4000, Throughput = 500 });
        var snapshotId = sandbox.Own(volumeId, 1);

        var made = Assert.Single((await RestoreAsync(sandbox, snapshotId)).Items);

        Assert.Equal(("available", false, KopsCluster.ZoneB, KopsCluster.Name, "ctx"), (made.State, made.Adopted, made.AvailabilityZone, made.ClusterName, made.Context));
        Assert.Equal((10, "gp3", 4000, 500, snapshotId), (made.Size, made.VolumeType, made.Iops, made.Throughput, made.SnapshotId));
        Assert.Matches("^manual-ebs-1-[0-9]{8}-[0-9]{6}$", made.Name);
        Assert.Equal(
            ["KubernetesCluster", "Name", "ebspv/operation", "ebspv/restored-from", "equipo", $"kubernetes.io/cluster/{KopsCluster.Name}"],
            made.Tags.Keys.Order(StringComparer.Ordinal));
        Assert.Equal((snapshotId, null), (made.Tags[VolumeTags.RestoredFrom], made.SetName));
    }

    [Fact]
    public async Task Several_cost_three_looks_a_create_each_and_one_poll()
    {
        await using var sandbox = await RemoveHarness.StartAsync(new Ec2Settings { CreateTime = TimeSpan.Zero });
        string[] ids = [.. sandbox.Seed(5).Select(volumeId => sandbox.Own(volumeId, 1))];
        sandbox.Server.Ledger.Clear();

        var outcome = await RestoreAsync(sandbox, ids);

        Assert.Equal(ids, outcome.Items.Select(volume => volume.SnapshotId));
        Assert.Equal(new Dictionary<string, int> { ["ec2 CreateVolume"] = 5, ["ec2 DescribeSnapshots"] = 1, ["ec2 DescribeVolumes"] = 2 + 1 }, sandbox.Server.Ledger.Counts);
    }

    [Fact]
    public async Task The_same_again_finds_what_was_made()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var snapshotId = sandbox.Own(sandbox.Seed(), 1);
        var first = Assert.Single((await RestoreAsync(sandbox, snapshotId)).Items);

        var again = Assert.Single((await RestoreAsync(sandbox, snapshotId)).Items);

        Assert.Equal((first.VolumeId, true), (again.VolumeId, again.Adopted));
        Assert.Equal(1, sandbox.Count("CreateVolume"));
    }

    [Fact]
    public async Task It_finds_it_also_when_the_original_was_renamed_or_is_gone()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var volumeId = sandbox.Seed();
        var snapshotId = sandbox.By(SnapshotMaker.Dlm, volumeId);
        var first = Assert.Single((await RestoreAsync(sandbox, snapshotId)).Items);
        sandbox.Server.Ec2.Change(volumeId, volume => volume with { Tags = [.. volume.Tags.Where(tag => tag.Key != "Name"), new("Name", "otro")] });

        var renamed = Assert.Single((await RestoreAsync(sandbox, snapshotId)).Items);
        sandbox.Server.Ec2.Force(volumeId, "deleted");
        var gone = Assert.Single((await RestoreAsync(sandbox, request => request with { DestinationZone = KopsCluster.ZoneB }, snapshotId)).Items);

        Assert.Equal([first.VolumeId, first.VolumeId], new[] { renamed, gone }.Select(volume => volume.VolumeId));
    }

    [Fact]
    public async Task Another_zone_another_name_or_another_snapshot_is_another_volume()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var volumeId = sandbox.Seed();
        var (snapshotId, other) = (sandbox.Own(volumeId, 1), sandbox.Own(volumeId, 2));

        RunOutcome<ClusterEbsVolume>[] outcomes =
        [
            await RestoreAsync(sandbox, snapshotId), await RestoreAsync(sandbox, request => request with { DestinationZone = KopsCluster.ZoneC }, snapshotId),
            await RestoreAsync(sandbox, request => request with { Name = "otro" }, snapshotId), await RestoreAsync(sandbox, other),
        ];

        Assert.Equal(4, outcomes.Select(outcome => Assert.Single(outcome.Items).VolumeId).Distinct().Count());
        Assert.Equal("otro", Assert.Single(outcomes[2].Items).Name);
    }

    [Theory]
    [InlineData(FaultKind.CutAfter)]
    [InlineData(FaultKind.CutBefore)]
    [InlineData(FaultKind.Error)]
    public async Task A_lost_answer_makes_no_second_volume(FaultKind fault)
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var snapshotId = sandbox.Own(sandbox.Seed(), 1);
        sandbox.Fail(fault, "CreateVolume");

        var made = Assert.Single((await RestoreAsync(sandbox, snapshotId)).Items);

        Assert.Equal(made.VolumeId, Assert.Single(Restored(sandbox)).VolumeId);
    }

    [Fact]
    public async Task Two_runs_side_by_side_make_one_volume_also_when_EC2_does_not_show_it_yet()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var snapshotId = sandbox.Own(sandbox.Seed(), 1);
        sandbox.Server.Ec2.Settings = sandbox.Server.Ec2.Settings with { VisibilityDelay = TimeSpan.FromSeconds(30) };
        var (one, other) = (await PlanAsync(sandbox, Same, snapshotId), await PlanAsync(sandbox, Same, snapshotId));

        var first = await RunAsync(sandbox, one);
        var second = await RunAsync(sandbox, other);

        Assert.Equal(Assert.Single(first.Items).VolumeId, Assert.Single(second.Items).VolumeId);
        Assert.Single(Restored(sandbox));
    }

    [Fact]
    public async Task One_that_was_replaced_or_removed_meanwhile_is_made_anew()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var snapshotId = sandbox.Own(sandbox.Seed(), 1);
        var first = Assert.Single((await RestoreAsync(sandbox, snapshotId)).Items);
        sandbox.Server.Ec2.Change(first.VolumeId!, volume => volume with { Tags = [.. volume.Tags, new(VolumeTags.RetiredBy, "x")] });

        var second = Assert.Single((await RestoreAsync(sandbox, snapshotId)).Items);
        sandbox.Server.Ec2.Force(second.VolumeId!, "deleted");
        var third = Assert.Single((await RestoreAsync(sandbox, snapshotId)).Items);

        Assert.Equal(3, new[] { first, second, third }.Select(volume => volume.VolumeId).Distinct().Count());
        Assert.All(new[] { second, third }, volume => Assert.False(volume.Adopted));
    }

    [Fact]
    public async Task What_was_typed_and_differs_from_what_an_earlier_run_made_is_refused()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var snapshotId = sandbox.Own(sandbox.Seed(), 1);
        await RestoreAsync(sandbox, request => request with { Overrides = new VolumeRestoreOverrides { Size = 20 } }, snapshotId);

        var larger = (await PlanAsync(sandbox, request => request with { Overrides = new VolumeRestoreOverrides { Size = 30 } }, snapshotId))[0];
        var smaller = (await PlanAsync(sandbox, request => request with { Overrides = new VolumeRestoreOverrides { Size = 15 } }, snapshotId))[0];

        Assert.Equal(ErrorIds.RestoreMismatch, larger.Refusal!.ErrorId);
        Assert.Contains("20 GiB, and 30 are asked for", larger.Refusal.Message);
        Assert.NotNull(smaller.Plan!.Existing);
    }

    [Fact]
    public async Task Of_a_volume_that_is_gone_the_snapshot_tells_type_zone_and_tags()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var snapshotId = sandbox.Own(
            Gone, 1, (SnapshotTags.VolumeType, "io2"), (SnapshotTags.VolumeIops, "4000"), (SnapshotTags.VolumeZone, KopsCluster.ZoneC), ("equipo", "datos"), ("ebspv/set", "manual-ebs"));

        var made = Assert.Single((await RestoreAsync(sandbox, snapshotId)).Items);

        Assert.Equal(("io2", 4000, KopsCluster.ZoneC, "datos", false), (made.VolumeType, made.Iops, made.AvailabilityZone, made.Tags["equipo"], made.Tags.ContainsKey("ebspv/set")));
    }

    [Fact]
    public async Task Of_a_volume_nobody_knows_of_a_zone_is_needed_and_the_drivers_tags_are_all_given()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var snapshotId = sandbox.By(SnapshotMaker.Backup, Gone);

        Assert.Equal(ErrorIds.DestinationZoneMissing, (await PlanAsync(sandbox, Same, snapshotId))[0].Refusal!.ErrorId);
        var plan = (await PlanAsync(sandbox, request => request with { DestinationZone = KopsCluster.ZoneC }, snapshotId))[0].Plan!;

        Assert.False(plan.IsTypeKnown);
        Assert.Equal(("gp3", null), (plan.Wanted.Spec.VolumeType, plan.Wanted.Spec.Iops));
        Assert.Equal(
            [
                "KubernetesCluster", "Name", "ebs.csi.aws.com/cluster", "ebs.csi.aws.com/cluster-name", "ebspv/operation", "ebspv/restored-from", "eks:eks-cluster-name",
                $"kubernetes.io/cluster/{KopsCluster.Name}",
            ],
            plan.Wanted.Tags.Select(tag => tag.Key).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(KopsCluster.EtcdVolume, ErrorIds.ControlPlaneVolume)]
    [InlineData(KopsCluster.RootVolumeB, ErrorIds.ControlPlaneVolume)]
    [InlineData(KopsCluster.ForeignVolume, ErrorIds.SnapshotNotOwned)]
    public async Task Of_what_is_not_the_cluster_s_storage_no_volume_is_made(string volumeId, string errorId)
    {
        await using var sandbox = await RemoveHarness.StartAsync();

        Assert.Equal(errorId, (await PlanAsync(sandbox, Same, sandbox.By(SnapshotMaker.Dlm, volumeId)))[0].Refusal!.ErrorId);
    }

    [Theory]
    [InlineData("pending", "Run the line again")]
    [InlineData("error", "earlier one")]
    public async Task Of_what_is_not_completed_no_volume_is_made(string state, string action)
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var refusal = (await PlanAsync(sandbox, Same, sandbox.Own(sandbox.Seed(), 1, state)))[0].Refusal!;

        Assert.Equal(ErrorIds.SnapshotNotCompleted, refusal.ErrorId);
        Assert.Contains(action, refusal.RecommendedAction);
    }

    [Fact]
    public async Task What_is_refused_is_refused_alone()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var (good, small) = (sandbox.Own(sandbox.Seed(), 1), sandbox.Own(sandbox.Seed(("ebs.csi.aws.com/cluster-name", "otro")), 1));

        var candidates = await PlanAsync(sandbox, Same, good, "snap-0dead00000000001f", small);

        Assert.NotNull(candidates[0].Plan);
        Assert.Equal([ErrorIds.SnapshotNotFound, ErrorIds.VolumeClusterAmbiguous], candidates.Skip(1).Select(candidate => candidate.Refusal!.ErrorId));
    }

    [Fact]
    public async Task A_volume_that_fails_fails_alone()
    {
        await using var sandbox = await RemoveHarness.StartAsync(new Ec2Settings { ZonesWithoutCapacity = [KopsCluster.ZoneC] });
        var good = sandbox.Own(sandbox.Seed(), 1);
        var bad = sandbox.Own(Gone, 1, (SnapshotTags.VolumeZone, KopsCluster.ZoneC));

        var outcome = await RestoreAsync(sandbox, good, bad);

        Assert.Equal([good], outcome.Items.Select(volume => volume.SnapshotId));
        outcome.Failure(ErrorIds.InsufficientVolumeCapacity);
    }

    [Fact]
    public async Task A_zone_of_another_region_and_too_many_tags_are_refused_before_anything_is_made()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var snapshotId = sandbox.Own(sandbox.Seed([.. Enumerable.Range(1, 44).Select(number => ($"tag{number}", (string?)"x"))]), 1);

        Assert.Equal(ErrorIds.ZoneOutsideRegion, (await PlanAsync(sandbox, request => request with { DestinationZone = "us-east-1a" }, snapshotId))[0].Refusal!.ErrorId);
        var many = Enumerable.Range(1, 4).ToDictionary(number => $"mine{number}", _ => "x");
        Assert.Equal(ErrorIds.TagInvalid, (await PlanAsync(sandbox, request => request with { Tags = many }, snapshotId))[0].Refusal!.ErrorId);
    }

    private static VolumeRestoreRequest Same(VolumeRestoreRequest request) => request;

    private static IReadOnlyList<EbsVolume> Restored(RemoveHarness sandbox) =>
        [.. sandbox.Server.Ec2.Volumes.Where(volume => volume.Tags.Any(tag => tag.Key == VolumeTags.RestoredFrom))];

    private static Task<IReadOnlyList<VolumeRestoreCandidate>> PlanAsync(RemoveHarness sandbox, Func<VolumeRestoreRequest, VolumeRestoreRequest> vary, params string[] ids) => VolumeRestorePlanner.PlanAsync(
        sandbox.Ec2,
        vary(new VolumeRestoreRequest { Region = KopsCluster.Region, ClusterName = KopsCluster.Name, Context = "ctx", Snapshots = [.. ids.Select(id => new SnapshotToRestore(id))] }),
        RemoveHarness.Stop);

    private static Task<RunOutcome<ClusterEbsVolume>> RestoreAsync(RemoveHarness sandbox, params string[] ids) => RestoreAsync(sandbox, Same, ids);

    private static async Task<RunOutcome<ClusterEbsVolume>> RestoreAsync(RemoveHarness sandbox, Func<VolumeRestoreRequest, VolumeRestoreRequest> vary, params string[] ids) =>
        await RunAsync(sandbox, await PlanAsync(sandbox, vary, ids));

    private static async Task<RunOutcome<ClusterEbsVolume>> RunAsync(RemoveHarness sandbox, IReadOnlyList<VolumeRestoreCandidate> candidates)
    {
        Assert.All(candidates, candidate => Assert.Null(candidate.Refusal));
        var run = new VolumeRestoreRun(sandbox.Ec2, [.. candidates.Select(candidate => candidate.Plan!)], new VolumeRunOptions(), sandbox.Reporter, sandbox.Time);
        await run.RunAsync(RemoveHarness.Stop);
        return await RunOutcome<ClusterEbsVolume>.OfAsync(candidates.Select((_, index) => run.VolumeAsync(index)));
    }
}
