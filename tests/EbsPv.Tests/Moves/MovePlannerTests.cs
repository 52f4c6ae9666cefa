using EbsPv.Errors;
using EbsPv.Moves;
using EbsPv.PersistentVolumes;
using EbsPv.Sandbox.Ec2;
using EbsPv.Swaps;
using EbsPv.Tests.Sandbox.Kubernetes;
using EbsPv.Tests.Swaps;
using EbsPv.Volumes;
using Xunit;

namespace EbsPv.Tests.Moves;

/// <summary>What a line of moves makes of what earlier runs left.</summary>
public class MovePlannerTests
{
    private const string WithoutWorkers = "eu-west-1a";

    [Fact]
    public async Task What_was_given_back_to_a_disk_that_somebody_deletes_is_not_done_for_the_copy_that_was_left()
    {
        await using var sandbox = await SwapHarness.StartAsync();
        await sandbox.RegisterAsync();
        await sandbox.BindAsync();
        sandbox.Changes.Before = change => { if (change == "delete persistentvolumes") throw new EbsPvException(ErrorKind.PermissionDenied, ErrorIds.KubePermissionDenied, "No.") { RecommendedAction = "Ask." }; };
        // The fence, and the fence opened.
        sandbox.Changes.After = change => { if (change == "patch persistentvolumes" && sandbox.Changes.Made.Count(made => made == change) == 2) throw new CutOffException(); };
        await Assert.ThrowsAsync<CutOffException>(() => sandbox.SwapAsync());
        await SwapHarness.UntilAsync(async () => (await sandbox.PersistentVolumeAsync())!.Status == "Bound");
        sandbox.Server.Ec2.Force(sandbox.VolumeId, "deleted");

        var planning = await PlanAsync(sandbox, KopsCluster.ZoneB, SwapHarness.Name);

        Assert.Empty(planning.Done);
        Assert.Equal(ErrorIds.VolumeNotFound, Assert.Single(planning.Refusals).ErrorId);
    }

    [Fact]
    public async Task What_was_begun_goes_on_to_a_zone_that_lost_its_workers_and_what_was_not_is_refused_by_name()
    {
        await using var sandbox = await SwapHarness.StartAsync();
        await sandbox.RegisterAsync();
        await sandbox.BindAsync();
        sandbox.Changes.Before = change => { if (change == "CreateSnapshot") throw new CutOffException(); };
        await Assert.ThrowsAsync<CutOffException>(() => sandbox.SwapAsync(zone: WithoutWorkers));
        var seed = new VolumeSeed { AvailabilityZones = [KopsCluster.ZoneC], Tags = new Dictionary<string, string> { [VolumeTags.KubernetesCluster] = KopsCluster.Name } };
        var other = sandbox.Server.Ec2.AddVolume(seed.Volumes(sandbox.Server.Clock.GetUtcNow()).Single()).VolumeId;
        sandbox.Changes.Before = null;
        await sandbox.RegisterAsync(manifest => manifest.With("metadata.name", "\"other\"").With("spec.csi.volumeHandle", $"\"{other}\""));

        var planning = await PlanAsync(sandbox, WithoutWorkers, SwapHarness.Name, "other");

        Assert.True(Assert.Single(planning.Plans).IsResumed);
        var refusal = Assert.Single(planning.Refusals);
        Assert.Equal((ErrorIds.NoWorkerInZone, "other"), (refusal.ErrorId, refusal.Target));
        Assert.StartsWith($"The PersistentVolume other is not moved: {WithoutWorkers} has no worker", refusal.Message);
    }

    private static Task<MovePlanning> PlanAsync(SwapHarness sandbox, string zone, params string[] names) => MovePlanner.PlanAsync(
        sandbox.Ec2,
        sandbox.Cluster,
        new MoveRequest { Wanted = [.. names.Select(name => new WantedPersistentVolume { Name = name })], ClusterName = KopsCluster.Name, DestinationZone = zone, SkipClusterCheck = true },
        sandbox.Reporter,
        SwapHarness.Stop);
}
