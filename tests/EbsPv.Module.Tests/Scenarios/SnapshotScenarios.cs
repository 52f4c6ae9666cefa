using EbsPv.Module.Tests.Backends;
using EbsPv.Module.Tests.Engine;
using Xunit;

namespace EbsPv.Module.Tests.Scenarios;

/// <summary>Snapshots that are made, and those that are listed, whoever made them.</summary>
public abstract class SnapshotScenarios(IBackend backend) : ScenarioBase(backend)
{
    private const string Make = "Get-WorkerZone | New-ClusterEbsVolume -Size 10";

    [Scenario]
    public async Task A_snapshot_of_a_PersistentVolume_says_whose_data_it_is()
    {
        var volumeId = Session.Run($"Get-WorkerZone | Where-Object AvailabilityZone -eq {IBackend.ZoneB} | New-ClusterEbsVolume -Size 10 -Iops 4000 -Throughput 125 -Tag @{{ equipo = 'datos' }} | Register-EbsPersistentVolume").WithoutErrors().Each("VolumeId")[0]!;
        await BindAsync("data", "manual-ebs-01");

        var made = Session.Run("Get-EbsPersistentVolume | New-ClusterEbsSnapshot -Description 'antes de la subida' -Tag @{ motivo = 'subida' }").WithoutErrors();

        var snapshot = Assert.Single(await Backend.Ec2.SnapshotsAsync());
        Assert.Equal((volumeId, "completed"), (snapshot.VolumeId, snapshot.State));
        Assert.Equal(
            [
                $"KubernetesCluster={IBackend.Cluster}", "Name=manual-ebs-01", "ebspv/claim=default/data", "ebspv/operation", "ebspv/persistent-volume=manual-ebs-01", "ebspv/set=manual-ebs",
                $"ebspv/slot={IBackend.ZoneB}/1", "ebspv/volume-iops=4000", "ebspv/volume-throughput=125", "ebspv/volume-type=gp3", $"ebspv/volume-zone={IBackend.ZoneB}",
                "equipo=datos", $"kubernetes.io/cluster/{IBackend.Cluster}=shared", "motivo=subida",
            ],
            snapshot.Tags.Select(tag => tag.Key == "ebspv/operation" ? tag.Key : $"{tag.Key}={tag.Value}").Order(StringComparer.Ordinal));
        Assert.Equal(
            [(snapshot.Id, volumeId, "manual-ebs-01", "default/data", "completed", "EbsPv", "antes de la subida")],
            made.Output.Select(one => (Text(one, "SnapshotId"), Text(one, "VolumeId"), Text(one, "PersistentVolume"), Text(one, "Claim"), Text(one, "State"), Text(one, "Source"), Text(one, "Description"))));
    }

    [Scenario]
    public async Task Volumes_ids_and_objects_of_other_modules_may_be_piped_and_each_is_taken_once()
    {
        var ids = Session.Run(Make).WithoutErrors().Each("VolumeId");

        var made = Session.Run($"Get-ClusterEbsVolume -SetName manual-ebs; '{ids[0]}'; [pscustomobject]@{{ VolumeId = '{ids[1]}' }}".Insert(0, "& { ") + " } | New-ClusterEbsSnapshot").WithoutErrors();

        Assert.Equal(ids.Order(), made.Each("VolumeId").Order());
        Assert.Equal(2, (await Backend.Ec2.SnapshotsAsync()).Count);
    }

    [Scenario]
    public async Task Another_run_makes_another_snapshot()
    {
        var ids = Session.Run(Make).WithoutErrors().Each("VolumeId");

        Session.Run($"New-ClusterEbsSnapshot {ids[0]}").WithoutErrors();
        await Backend.PassAsync(TimeSpan.FromSeconds(15));
        Session.Run($"New-ClusterEbsSnapshot {ids[0]}").WithoutErrors();

        Assert.Equal([ids[0], ids[0]], (await Backend.Ec2.SnapshotsAsync()).Select(snapshot => snapshot.VolumeId));
    }

    [Scenario]
    public async Task WhatIf_shows_what_would_be_made_and_makes_nothing()
    {
        var made = Session.Run($"'{IBackend.ZoneB}' | New-ClusterEbsVolume -Size 10").WithoutErrors().Each("VolumeId")[0]!;

        var result = Session.Run("Get-ClusterEbsVolume -SetName manual-ebs | New-ClusterEbsSnapshot -WhatIf").WithoutErrors();

        Assert.Equal(
            [$"What if: Create a snapshot of the EBS volume {made} (manual-ebs-01, 10 GiB, {IBackend.ZoneB}) of the cluster {IBackend.Cluster}."], result.WhatIf);
        Assert.Equal([(null, made, "planned")], result.Output.Select(one => (Text(one, "SnapshotId"), Text(one, "VolumeId"), Text(one, "State"))));
        Assert.Empty(await Backend.Ec2.SnapshotsAsync());
    }

    [Scenario]
    public async Task A_volume_that_is_not_the_cluster_s_storage_is_refused_and_the_others_are_taken()
    {
        var id = Session.Run($"'{IBackend.ZoneB}' | New-ClusterEbsVolume -Size 10").WithoutErrors().Each("VolumeId")[0]!;

        var result = Session.Run($"'{id}', '{Backend.EtcdVolume}', 'vol-0dead000000000001' | New-ClusterEbsSnapshot");

        Assert.Equal(["ControlPlaneVolume", "VolumeNotFound"], result.Errors.Select(ScriptResult.Id));
        Assert.Equal([id], result.Each("VolumeId"));
        Assert.Equal([id], (await Backend.Ec2.SnapshotsAsync()).Select(snapshot => snapshot.VolumeId));
    }

    [Scenario]
    public async Task Snapshots_are_listed_whoever_made_them_and_the_table_says_who()
    {
        var ids = Session.Run(Make).WithoutErrors().Each("VolumeId");
        var made = new Dictionary<string, string>
        {
            ["DataLifecycleManager"] = await ByAsync(ids[0]!, ("aws:dlm:lifecycle-policy-id", "policy-0a1b2c3d4e5f60718"), ("dlm:managed", "true")),
            ["AwsBackup"] = await ByAsync(ids[0]!, ("aws:backup:source-resource", $"arn:aws:ec2:{IBackend.Region}:123456789012:volume/{ids[0]}")),
            ["VolumeSnapshot"] = await ByAsync(ids[0]!, ("CSIVolumeSnapshotName", "snapshot-1"), ("ebs.csi.aws.com/cluster", "true")),
            ["Velero"] = await ByAsync(ids[1]!, ("velero.io/backup", "nightly"), ("velero.io/pv", "manual-ebs-02")),
            ["Unknown"] = await ByAsync(ids[1]!),
            ["EbsPv"] = Session.Run($"New-ClusterEbsSnapshot {ids[1]}").WithoutErrors().Each("SnapshotId")[0]!,
        };

        var listed = Session.Run("Get-ClusterEbsSnapshot").WithoutErrors();

        Assert.Equal(made.Select(one => (one.Value, one.Key)).Order(), listed.Output.Select(one => (Text(one, "SnapshotId")!, Text(one, "Source")!)).Order());
        Assert.Equal("manual-ebs-02", Text(listed.Output.Single(one => Text(one, "Source") == "Velero"), "PersistentVolume"));
        var table = Session.Render(listed.Output).Split('\n');
        Assert.Equal(["SnapshotId", "VolumeId", "Name", "PersistentVolume", "Size", "State", "Source", "Age"], table.First(line => line.Length > 0).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(table, line => line.StartsWith(made["AwsBackup"], StringComparison.Ordinal) && line.Contains(" AwsBackup ", StringComparison.Ordinal));
    }

    [Scenario]
    public async Task Snapshots_of_volumes_that_are_gone_are_the_cluster_s_by_their_tags_or_by_the_volume_s_id()
    {
        var id = Session.Run($"'{IBackend.ZoneB}' | New-ClusterEbsVolume -Size 10").WithoutErrors().Each("VolumeId")[0]!;
        var untagged = await ByAsync(id, ("dlm:managed", "true"));
        var final = Session.Run("Get-ClusterEbsVolume -SetName manual-ebs | Remove-ClusterEbsVolume -Confirm:$false -PassThru").WithoutErrors().Each("FinalSnapshotId")[0];

        await Until.TrueAsync("EC2 has forgotten the volume", async () => (await Backend.Ec2.AllVolumesAsync()).All(volume => volume.Id != id));

        Assert.Equal([final], Session.Run("Get-ClusterEbsSnapshot").WithoutErrors().Each("SnapshotId"));
        Assert.Equal(new[] { final, untagged }.Order(), Session.Run($"Get-ClusterEbsSnapshot -VolumeId {id}").WithoutErrors().Each("SnapshotId").Order());
    }

    [Scenario]
    public async Task VolumeId_State_Newest_and_what_is_piped_choose()
    {
        var ids = Session.Run(Line).WithoutErrors().Each("VolumeId");
        var (first, second) = (await ByAsync(ids[0]!), await ByAsync(ids[0]!));
        var other = await ByAsync(ids[1]!);

        Assert.Equal([other], Session.Run($"Get-ClusterEbsSnapshot -VolumeId {ids[1]}").WithoutErrors().Each("SnapshotId"));
        Assert.Equal(new[] { other, second }.Order(), Session.Run("Get-ClusterEbsSnapshot -Newest 1").WithoutErrors().Each("SnapshotId").Order());
        Assert.Equal([second, first], Session.Run("Get-EbsPersistentVolume manual-ebs-01 | Get-ClusterEbsSnapshot -Newest 9").WithoutErrors().Each("SnapshotId"));
        Assert.Equal([second], Session.Run($"Get-ClusterEbsVolume -VolumeId {ids[0]} | Get-ClusterEbsSnapshot -Newest 1").WithoutErrors().Each("SnapshotId"));
        Assert.Equal(3, Session.Run("Get-ClusterEbsSnapshot -State COMPLETED").WithoutErrors().Output.Count);
        Assert.Empty(Session.Run("Get-ClusterEbsSnapshot -State pending, error").WithoutErrors().Output);
    }

    [Scenario]
    public async Task Snapshots_of_the_control_plane_s_volume_are_never_listed()
    {
        await ByAsync(Backend.EtcdVolume);
        await ByAsync(Backend.EtcdVolume, ("KubernetesCluster", IBackend.Cluster));

        Assert.Empty(Session.Run("Get-ClusterEbsSnapshot").WithoutErrors().Output);
        Session.Run($"Get-ClusterEbsSnapshot -VolumeId {Backend.EtcdVolume}").OnlyError("ControlPlaneVolume");
    }

    [Scenario]
    public void A_volume_that_never_was_is_an_error_and_no_empty_answer()
    {
        var error = Session.Run("Get-ClusterEbsSnapshot -VolumeId vol-0dead000000000001").OnlyError("VolumeNotFound");

        Assert.Contains("vol-0dead000000000001", error.Exception.Message);
    }

    private static string? Text(System.Management.Automation.PSObject item, string property) => ScriptResult.Text(item, property);

    private Task<string> ByAsync(string volumeId, params (string Key, string Value)[] tags) =>
        Backend.AddSnapshotAsync(volumeId, tags.ToDictionary(tag => tag.Key, tag => tag.Value));
}
