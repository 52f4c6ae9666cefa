using EbsPv.Module.Tests.Backends;
using EbsPv.Module.Tests.Engine;
using Xunit;

namespace EbsPv.Module.Tests.Scenarios;

[Collection(SandboxBackend.CollectionName)]
[RunsWith(SandboxBackend.Can)]
public sealed class RestoresOnSandbox(SandboxBackend backend) : RestoreScenarios(backend)
{
    [Fact]
    public async Task What_was_written_before_the_snapshot_is_there_and_what_was_written_since_is_on_the_old_disk()
    {
        Session.Run("Get-WorkerZone | New-ClusterEbsVolume -Size 10 -Iops 4000 -Throughput 200 -Tag @{ team = 'web' } | Register-EbsPersistentVolume").WithoutErrors();
        var old = await VolumeIdAsync("manual-ebs-02");
        await backend.Admin.WriteAsync(old, "monday");
        var snapshot = await SnapshotAsync(old);
        await backend.Admin.AppendAsync(old, " tuesday");

        var restored = Session.Run($"{Restore(snapshot)} -VolumeInitializationRate 200").WithoutErrors();

        var id = restored.Each("VolumeId")[0]!;
        Assert.Equal("monday", await backend.Admin.ReadAsync(id));
        Assert.Equal("monday tuesday", await backend.Admin.ReadAsync(old));
        var made = Session.Run($"Get-ClusterEbsVolume -VolumeId {id}").WithoutErrors();
        Assert.Equal(("gp3", "4000", "200"), (made.Each("VolumeType")[0], made.Each("Iops")[0], made.Each("Throughput")[0]));
        var answer = await Backend.Ec2.CallAsync("DescribeVolumes", ("VolumeId.1", id));
        Assert.Equal("200", answer.Descendants("volumeInitializationRate").Single().Value);
        Assert.Equal("web", (await Backend.Ec2.AllVolumesAsync()).Single(volume => volume.Id == id).Tags["team"]);
    }

    [Fact]
    public async Task A_deleted_disk_comes_back_as_what_its_snapshot_of_ours_says_of_it()
    {
        Session.Run("Get-WorkerZone | New-ClusterEbsVolume -Size 10 -Iops 4000 -Throughput 200 | Register-EbsPersistentVolume").WithoutErrors();
        var old = await VolumeIdAsync("manual-ebs-02");
        await backend.Admin.WriteAsync(old, "monday");
        var removed = Session.Run($"Unregister-EbsPersistentVolume manual-ebs-02 -Confirm:$false; Get-ClusterEbsVolume -VolumeId {old} | Remove-ClusterEbsVolume -Confirm:$false").WithoutErrors();
        var snapshot = Assert.Single(await Backend.Ec2.SnapshotsAsync());
        await Backend.Kube.CreateAsync(KubeHttp.Volumes, KubeObjects.PersistentVolume("manual-ebs-02", $"\"csi\":{{\"driver\":\"ebs.csi.aws.com\",\"volumeHandle\":\"{old}\"}}"));

        await PhaseAsync("manual-ebs-02", "Available");

        var restored = Session.Run($"{Restore(snapshot.Id)} -DestinationZone {IBackend.ZoneC}").WithoutErrors();

        Assert.Equal([("manual-ebs-02", "Available", null, IBackend.ZoneC)], restored.Output.Select(Row));
        var id = restored.Each("VolumeId")[0]!;
        Assert.Equal("monday", await backend.Admin.ReadAsync(id));
        var made = Session.Run($"Get-ClusterEbsVolume -VolumeId {id}").WithoutErrors();
        Assert.Equal(("gp3", "4000", "200"), (made.Each("VolumeType")[0], made.Each("Iops")[0], made.Each("Throughput")[0]));
        Assert.Empty(removed.Output);
    }
}
