using EbsPv.Errors;
using EbsPv.Ports;
using EbsPv.Removal;
using EbsPv.Sandbox.Ec2;
using EbsPv.Sandbox.Ec2.Model;
using EbsPv.Snapshots;
using Xunit;

namespace EbsPv.Tests.Removal;

/// <summary>What stands on a later page counts as much as what stands on the first.</summary>
public class RemovePagingTests
{
    [Fact]
    public async Task A_PersistentVolume_on_the_last_page_keeps_its_volume()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var ids = sandbox.Seed(3);
        foreach (var (id, name) in ids.Zip(["a", "b", "c"])) await sandbox.RegisterAsync(name, id);
        sandbox.Server.KubernetesOptions.MaxListPage = 1;
        Assert.Equal(ErrorIds.VolumeHasPersistentVolume, Assert.Single(await sandbox.RefusedAsync(RemoveHarness.Request(ids[2]))).ErrorId);
        Assert.Equal(3, sandbox.Count("list persistentvolumes"));
    }

    [Fact]
    public async Task Every_PersistentVolume_of_a_volume_is_named()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var volumeId = sandbox.Seed();
        await sandbox.RegisterAsync("uno", volumeId);
        await sandbox.RegisterAsync("dos", volumeId, VolumeSource.InTree);
        var refusal = Assert.Single(await sandbox.RefusedAsync(RemoveHarness.Request(volumeId)));
        Assert.Contains("uno", refusal.Message);
        Assert.Contains("dos", refusal.Message);
    }

    [Fact]
    public async Task An_empty_page_is_not_the_end()
    {
        await using var sandbox = await RemoveHarness.StartAsync(new Ec2Settings { EmptyFirstPage = true });
        var (attached, free) = (sandbox.Seed(), sandbox.Seed());
        sandbox.Server.Ec2.Attach(attached, KopsCluster.WorkerB);
        Assert.Equal(ErrorIds.VolumeInUse, Assert.Single(await sandbox.RefusedAsync(RemoveHarness.Request(attached))).ErrorId);
        Assert.Equal([free], (await sandbox.RemoveAsync(RemoveHarness.Request(free))).Ids);
    }

    [Fact]
    public async Task A_snapshot_of_others_or_of_another_operation_is_not_taken_for_ours()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var volumeId = sandbox.Seed();
        var wanted = new NewSnapshot(volumeId, "op*", "", []);
        Add(1, "op*", owner: "999988887777");
        Add(2, "op-1");
        Add(3, "op*", volume: KopsCluster.ForeignVolume);
        Assert.Null(await SnapshotLookup.FindAsync(sandbox.Ec2, wanted, RemoveHarness.Stop));
        Add(5, "op*", age: 1);
        Add(4, "op*", age: 2);
        Assert.Equal(IdOf(4), (await SnapshotLookup.FindAsync(sandbox.Ec2, wanted, RemoveHarness.Stop))!.SnapshotId);

        void Add(int number, string operation, string owner = KopsCluster.AccountId, string? volume = null, int age = 0) =>
            sandbox.Server.Ec2.AddSnapshot(new EbsSnapshot
            {
                SnapshotId = IdOf(number),
                VolumeId = volume ?? volumeId,
                VolumeSize = 1,
                OwnerId = owner,
                StartTime = DateTimeOffset.UnixEpoch.AddDays(-age),
                Tags = new() { [SnapshotTags.Operation] = operation },
            });
    }

    [Fact]
    public async Task A_disk_that_takes_one_snapshot_at_a_time_waits_for_the_one_before()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var volumeId = sandbox.Seed();
        sandbox.Server.Ec2.Change(volumeId, volume => volume with { VolumeType = "st1" });
        var now = sandbox.Server.Clock.GetUtcNow();
        sandbox.Server.Ec2.AddSnapshot(new EbsSnapshot
        {
            SnapshotId = IdOf(1), VolumeId = volumeId, VolumeSize = 10, Status = "pending", StartTime = now, EndsAt = now.AddSeconds(33),
        });
        var outcome = await sandbox.RemoveAsync(RemoveHarness.Request(volumeId));
        Assert.Equal([volumeId], outcome.Ids);
        Assert.NotEqual(IdOf(1), outcome.Removed[0].FinalSnapshotId);
        Assert.Equal(8, sandbox.Count("CreateSnapshot"));
    }

    [Fact]
    public async Task A_disk_that_never_takes_a_snapshot_stays()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var volumeId = sandbox.Seed();
        sandbox.Fail(EbsPv.Sandbox.Server.FaultKind.Error, "CreateSnapshot", -1, "ConcurrentSnapshotLimitExceeded", 400);
        var outcome = await sandbox.RemoveAsync(RemoveHarness.Request(volumeId), new RemovalOptions { Timeout = TimeSpan.FromSeconds(60) });
        Assert.Equal("ConcurrentSnapshotLimitExceeded", Assert.Single(outcome.Failures).ServiceCode);
        Assert.Equal((13, 0), (sandbox.Count("CreateSnapshot"), sandbox.Count("DeleteVolume")));
    }

    private static string IdOf(int number) => $"snap-{number:x17}";
}
