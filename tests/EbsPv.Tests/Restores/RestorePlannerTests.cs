using EbsPv.PersistentVolumes;
using EbsPv.Ports;
using EbsPv.Restores;
using EbsPv.Sandbox.Ec2;
using EbsPv.Swaps;
using EbsPv.Tests.Swaps;
using Xunit;

namespace EbsPv.Tests.Restores;

/// <summary>What a restore makes of what an earlier run left.</summary>
public class RestorePlannerTests
{
    [Theory]
    [InlineData("eu-west-1a")]
    [InlineData(null)]
    public async Task What_was_begun_goes_on_to_a_zone_that_lost_its_workers(string? zone)
    {
        await using var sandbox = await SwapHarness.StartAsync();
        await sandbox.RegisterAsync();
        await sandbox.BindAsync();
        var snapshot = (await sandbox.Ec2.CreateSnapshotAsync(new NewSnapshot(sandbox.VolumeId, "op", "d", [new("ebspv/operation", "op")]), SwapHarness.Stop)).SnapshotId!;
        sandbox.Changes.Before = change => { if (change == "CreateVolume") throw new CutOffException(); };
        await Assert.ThrowsAsync<CutOffException>(() => sandbox.SwapAsync(SwapKind.Restore, "eu-west-1a", snapshot));

        var plan = await RestorePlanner.PlanAsync(
            sandbox.Ec2,
            sandbox.Cluster,
            new RestoreRequest { Wanted = new WantedPersistentVolume { Name = SwapHarness.Name }, ClusterName = KopsCluster.Name, SnapshotId = snapshot, DestinationZone = zone, SkipClusterCheck = true },
            sandbox.Reporter,
            SwapHarness.Stop);

        Assert.Equal((true, "eu-west-1a"), (plan.IsResumed, plan.Swap!.Intent.DestinationZone));
    }
}
