using EbsPv.Module.Tests.Backends;
using EbsPv.Module.Tests.Engine;
using Xunit;

namespace EbsPv.Module.Tests.Scenarios;

/// <summary>Volumes that Restore-ClusterEbsVolume makes of snapshots.</summary>
public abstract class VolumeRestoreScenarios(IBackend backend) : ScenarioBase(backend)
{
    private const string Key = "arn:aws:kms:eu-west-1:123456789012:key/0a1b2c3d-0000-4000-8000-000000000001";

    private const string Make = $"Get-WorkerZone | Where-Object AvailabilityZone -eq {IBackend.ZoneB} | New-ClusterEbsVolume -Size 10 -Iops 4000 -Throughput 500 -Encrypted $true -KmsKeyId {Key} -Tag @{{ equipo = 'datos' }}";

    [Scenario]
    public async Task A_snapshot_becomes_a_volume_like_its_original_in_another_zone_and_a_PersistentVolume()
    {
        Session.Run(Make).WithoutErrors();

        var registered = Session.Run(
            $"Get-ClusterEbsVolume -SetName manual-ebs | New-ClusterEbsSnapshot | Restore-ClusterEbsVolume -DestinationZone {IBackend.ZoneC} | Register-EbsPersistentVolume").WithoutErrors();

        var volume = Assert.Single(await RestoredAsync());
        Assert.Equal((IBackend.ZoneC, 10, "gp3", 4000, 500), (volume.Zone, volume.Size, volume.Type, volume.Iops, volume.Throughput));
        Assert.Equal((true, Key, Assert.Single(await Backend.Ec2.SnapshotsAsync()).Id), (volume.Encrypted, volume.KmsKeyId, volume.SnapshotId));
        Assert.Matches("^manual-ebs-01-[0-9]{8}-[0-9]{6}$", volume.Name);
        Assert.Equal(
            ["KubernetesCluster", "Name", "ebspv/operation", "ebspv/restored-from", "equipo", $"kubernetes.io/cluster/{IBackend.Cluster}"],
            volume.Tags.Keys.Order(StringComparer.Ordinal));
        Assert.Equal((volume.Id, volume.Name, IBackend.ZoneC), (registered.Each("VolumeId")[0], registered.Each("Name")[0], registered.Each("AvailabilityZone")[0]));
    }

    [Scenario]
    public async Task The_same_line_again_finds_the_volume_and_the_daily_line_makes_nothing_of_it()
    {
        Session.Run(Line).WithoutErrors();
        var snapshot = Session.Run("Get-EbsPersistentVolume manual-ebs-01 | New-ClusterEbsSnapshot").WithoutErrors().Each("SnapshotId")[0];
        var first = Session.Run($"Restore-ClusterEbsVolume {snapshot}").WithoutErrors();

        var again = Session.Run($"'{snapshot}' | Restore-ClusterEbsVolume");

        Assert.Equal((first.Each("VolumeId")[0], "True"), (again.WithoutErrors().Each("VolumeId")[0], again.Each("Adopted")[0]));
        Assert.StartsWith("VolumesAdopted", Assert.Single(again.Warnings));
        Assert.Single(await RestoredAsync());
        Assert.Equal(IBackend.ZoneB, first.Each("AvailabilityZone")[0]);
        Assert.Equal(["True", "True"], Session.Run(Line).WithoutErrors().Each("Adopted"));
        Assert.Equal(2, (await Backend.Ec2.VolumesAsync()).Count);
    }

    [Scenario]
    public async Task What_is_typed_takes_the_place_of_what_is_kept()
    {
        Session.Run(Make).WithoutErrors();
        var snapshot = Session.Run("Get-ClusterEbsVolume -SetName manual-ebs | New-ClusterEbsSnapshot").WithoutErrors().Each("SnapshotId")[0];

        Session.Run($"Restore-ClusterEbsVolume {snapshot} -Name otro -Size 20 -VolumeType io2 -Iops 2000 -Tag @{{ equipo = 'web'; motivo = 'prueba' }}").WithoutErrors();

        var volume = Assert.Single(await RestoredAsync());
        Assert.Equal(("otro", 20, "io2", 2000, "web", "prueba"), (volume.Name, volume.Size, volume.Type, volume.Iops, volume.Tags["equipo"], volume.Tags["motivo"]));
        Session.Run($"Restore-ClusterEbsVolume {snapshot} -Name otro -Size 30").OnlyError("RestoreMismatch");
        Session.Run($"Restore-ClusterEbsVolume {snapshot} -Size 9").OnlyError("SizeBelowSnapshot");
    }

    [Scenario]
    public async Task Of_a_removed_volume_its_final_snapshot_tells_what_it_was()
    {
        Session.Run($"'{IBackend.ZoneC}' | New-ClusterEbsVolume -Size 10 -VolumeType io2 -Iops 500 -Tag @{{ equipo = 'datos' }}").WithoutErrors();
        var removed = Session.Run("Get-ClusterEbsVolume -SetName manual-ebs | Remove-ClusterEbsVolume -Confirm:$false -PassThru").WithoutErrors();

        var restored = Session.Run("Get-ClusterEbsSnapshot | Restore-ClusterEbsVolume").WithoutErrors();

        var volume = Assert.Single(await RestoredAsync());
        Assert.Equal((IBackend.ZoneC, "io2", 500, "datos", removed.Each("FinalSnapshotId")[0]), (volume.Zone, volume.Type, volume.Iops, volume.Tags["equipo"], volume.SnapshotId));
        Assert.Empty(restored.Warnings);
    }

    [Scenario]
    public async Task Of_a_volume_nobody_knows_of_the_zone_is_asked_for_and_the_type_is_said()
    {
        var id = Session.Run($"'{IBackend.ZoneB}' | New-ClusterEbsVolume -Size 10").WithoutErrors().Each("VolumeId")[0]!;
        var snapshot = await Backend.AddSnapshotAsync(id, new Dictionary<string, string> { ["dlm:managed"] = "true" });
        Session.Run("Get-ClusterEbsVolume -SetName manual-ebs | Remove-ClusterEbsVolume -SkipFinalSnapshot -Confirm:$false").WithoutErrors();
        await Until.TrueAsync("EC2 has forgotten the volume", async () => (await Backend.Ec2.AllVolumesAsync()).All(volume => volume.Id != id));

        Session.Run($"Restore-ClusterEbsVolume {snapshot}").OnlyError("DestinationZoneMissing");
        var restored = Session.Run($"Restore-ClusterEbsVolume {snapshot} -DestinationZone {IBackend.ZoneC}").WithoutErrors();

        Assert.StartsWith("VolumeTypeAssumed", Assert.Single(restored.Warnings));
        Assert.Equal("shared", Assert.Single(await RestoredAsync()).Tags[$"kubernetes.io/cluster/{IBackend.Cluster}"]);
    }

    [Scenario]
    public async Task A_rehearsal_goes_through_the_whole_line()
    {
        Session.Run(Line).WithoutErrors();
        await Backend.PassAsync(TimeSpan.FromSeconds(15));

        var result = Session.Run(
            $"Get-EbsPersistentVolume manual-ebs-01 | New-ClusterEbsSnapshot -WhatIf | Restore-ClusterEbsVolume -DestinationZone {IBackend.ZoneC} -Name otro -WhatIf | Register-EbsPersistentVolume -WhatIf").WithoutErrors();

        Assert.Equal(3, result.WhatIf.Count);
        Assert.Matches($"^What if: Create the 10 GiB gp3 EBS volume otro in {IBackend.ZoneC} of the snapshot of vol-[0-9a-f]+ for the cluster {IBackend.Cluster}\\.$", result.WhatIf[1]);
        Assert.Equal([("otro", "planned", null, IBackend.ZoneC)], result.Output.Select(Row));
        Assert.Empty(await Backend.Ec2.SnapshotsAsync());
        Assert.Empty(await RestoredAsync());
        Session.Run("Get-EbsPersistentVolume manual-ebs-01 | New-ClusterEbsSnapshot -WhatIf | Restore-ClusterEbsVolume").OnlyError("SnapshotPlanned");
    }

    [Scenario(Needs = Ability.InitializationRate)]
    public async Task The_snapshot_s_blocks_are_loaded_at_the_rate_that_is_asked_for()
    {
        Session.Run(Make).WithoutErrors();

        Session.Run("Get-ClusterEbsVolume -SetName manual-ebs | New-ClusterEbsSnapshot | Restore-ClusterEbsVolume -VolumeInitializationRate 200").WithoutErrors();

        Assert.Equal(200, Assert.Single(await RestoredAsync()).InitializationRate);
    }

    [Scenario]
    public async Task A_restored_volume_may_be_removed_again()
    {
        Session.Run(Make).WithoutErrors();
        Session.Run("Get-ClusterEbsVolume -SetName manual-ebs | New-ClusterEbsSnapshot | Restore-ClusterEbsVolume -Name otro").WithoutErrors();

        Session.Run("Get-ClusterEbsVolume -Name otro | Remove-ClusterEbsVolume -SkipFinalSnapshot -Confirm:$false").WithoutErrors();

        Assert.DoesNotContain(await RestoredAsync(), volume => volume.State is not ("deleting" or "deleted"));
    }

    private async Task<IReadOnlyList<Ec2Volume>> RestoredAsync() =>
        [.. (await Backend.Ec2.AllVolumesAsync()).Where(volume => volume.Tags.ContainsKey("ebspv/restored-from"))];
}
