using EbsPv.Module.Tests.Backends;
using EbsPv.Module.Tests.Engine;
using Xunit;

namespace EbsPv.Module.Tests.Scenarios;

/// <summary>Snapshots under lost answers and refusals, and what is written on volumes: the sandbox has handles for both.</summary>
public sealed class SnapshotFaultTests(SandboxBackend backend) : SandboxTests(backend)
{
    [Fact]
    public async Task A_restored_volume_holds_what_the_original_held_at_that_moment()
    {
        var id = Session.Run($"'{IBackend.ZoneB}' | New-ClusterEbsVolume -Size 10").WithoutErrors().Each("VolumeId")[0]!;
        await Admin.WriteAsync(id, "lunes");
        var snapshot = Session.Run($"New-ClusterEbsSnapshot {id}").WithoutErrors().Each("SnapshotId")[0];
        await Admin.AppendAsync(id, " martes");

        var restored = Session.Run($"Restore-ClusterEbsVolume {snapshot} -DestinationZone {IBackend.ZoneC}").WithoutErrors().Each("VolumeId")[0]!;
        await Admin.AppendAsync(restored, " mio");
        var again = Session.Run($"Restore-ClusterEbsVolume {snapshot} -DestinationZone {IBackend.ZoneC}").WithoutErrors().Each("VolumeId")[0]!;

        Assert.Equal(restored, again);
        Assert.Equal(("lunes mio", "lunes martes"), (await Admin.ReadAsync(restored), await Admin.ReadAsync(id)));
    }

    [Theory]
    [InlineData("CutAfter")]
    [InlineData("CutBefore")]
    public async Task A_snapshot_whose_answer_is_lost_is_one_snapshot(string kind)
    {
        Session.Run($"'{IBackend.ZoneB}' | New-ClusterEbsVolume -Size 10").WithoutErrors();
        await Admin.AddFaultAsync(new { kind, operation = "CreateSnapshot" });

        var made = Session.Run("Get-ClusterEbsVolume -SetName manual-ebs | New-ClusterEbsSnapshot").WithoutErrors();

        Assert.Equal(Assert.Single(await Backend.Ec2.SnapshotsAsync()).Id, Assert.Single(made.Each("SnapshotId")));
    }

    [Fact]
    public async Task A_restore_whose_answer_is_lost_is_one_volume()
    {
        var id = Session.Run($"'{IBackend.ZoneB}' | New-ClusterEbsVolume -Size 10").WithoutErrors().Each("VolumeId")[0]!;
        var snapshot = Session.Run($"New-ClusterEbsSnapshot {id}").WithoutErrors().Each("SnapshotId")[0];
        await Admin.AddFaultAsync(new { kind = "CutAfter", operation = "CreateVolume" });

        var made = Session.Run($"Restore-ClusterEbsVolume {snapshot}").WithoutErrors().Each("VolumeId");

        Assert.Equal(made, (await Backend.Ec2.AllVolumesAsync()).Where(volume => volume.Tags.ContainsKey("ebspv/restored-from")).Select(volume => volume.Id));
    }

    [Fact]
    public async Task What_an_image_uses_is_an_error_of_its_own_and_the_others_go()
    {
        var ids = Session.Run("Get-WorkerZone | New-ClusterEbsVolume -Size 10").WithoutErrors().Each("VolumeId");
        var snapshots = Session.Run($"'{ids[0]}', '{ids[1]}' | New-ClusterEbsSnapshot").WithoutErrors().Each("SnapshotId");
        await Admin.AddFaultAsync(new { kind = "Error", operation = "DeleteSnapshot", target = snapshots[0], status = 400, code = "InvalidSnapshot.InUse", message = "The snapshot is currently in use by ami-0a1b2c3d4e5f60718", times = -1 });

        var result = Session.Run("Get-ClusterEbsSnapshot | Remove-ClusterEbsSnapshot -Confirm:$false -PassThru");

        Assert.Contains("ami-0a1b2c3d4e5f60718", result.OnlyError("SnapshotInUse").Exception.Message);
        Assert.Equal([snapshots[1]], result.Each("SnapshotId"));
    }

    [Fact]
    public async Task A_denied_action_is_named()
    {
        Session.Run($"'{IBackend.ZoneB}' | New-ClusterEbsVolume -Size 10").WithoutErrors();
        await Admin.SetAsync(new { deniedActions = new Dictionary<string, string[]> { ["*"] = ["CreateSnapshot"] } });

        Assert.Contains("ec2:CreateSnapshot", Session.Run("Get-ClusterEbsVolume -SetName manual-ebs | New-ClusterEbsSnapshot").OnlyError("AwsPermissionDenied").Exception.Message);
    }
}
