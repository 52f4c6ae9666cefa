using EbsPv.Module.Tests.Backends;
using EbsPv.Module.Tests.Engine;
using Xunit;

namespace EbsPv.Module.Tests.Scenarios;

/// <summary>Volumes that Remove-ClusterEbsVolume removes, and those that it does not.</summary>
public abstract class RemovalScenarios(IBackend backend) : ScenarioBase(backend)
{
    private const string Make = "Get-WorkerZone | New-ClusterEbsVolume -Size 10";
    private const string Remove = "Get-ClusterEbsVolume -SetName manual-ebs | Remove-ClusterEbsVolume -Confirm:$false";

    [Scenario]
    public async Task Volumes_without_a_PersistentVolume_go_after_a_final_snapshot()
    {
        var made = Session.Run(Make).WithoutErrors();

        var removed = Session.Run($"{Remove} -PassThru").WithoutErrors();

        Assert.Empty(await LivingAsync());
        Assert.Equal(made.Each("VolumeId").Order(), removed.Each("VolumeId").Order());
        Assert.Equal(["deleting", "deleting"], removed.Each("State"));
        var snapshots = await Backend.Ec2.SnapshotsAsync();
        Assert.Equal(removed.Each("FinalSnapshotId").Order(), snapshots.Select(snapshot => snapshot.Id).Order());
        Assert.All(snapshots, snapshot => Assert.Equal("completed", snapshot.State));
        Assert.All(snapshots, snapshot => Assert.Equal(
            (snapshot.VolumeId, IBackend.Cluster, "manual-ebs"),
            (snapshot.Tags["ebspv/final-snapshot-of"], snapshot.Tags["KubernetesCluster"], snapshot.Tags["ebspv/set"])));
    }

    [Scenario]
    public async Task Without_PassThru_nothing_comes_out_and_without_a_snapshot_none_is_made()
    {
        Session.Run(Make).WithoutErrors();

        var result = Session.Run($"{Remove} -SkipFinalSnapshot").WithoutErrors();

        Assert.Empty(result.Output);
        Assert.Empty(await LivingAsync());
        Assert.Empty(await Backend.Ec2.SnapshotsAsync());
    }

    [Scenario]
    public async Task Volumes_that_a_PersistentVolume_points_to_stay()
    {
        var made = Session.Run(Line).WithoutErrors();

        var result = Session.Run(Remove);

        Assert.Equal(["VolumeHasPersistentVolume", "VolumeHasPersistentVolume"], result.Errors.Select(ScriptResult.Id));
        Assert.All(made.Each("Name"), name => Assert.Contains(result.Errors, error => error.Exception.Message.Contains(name!, StringComparison.Ordinal)));
        Assert.StartsWith("NothingRemoved", Assert.Single(result.Warnings));
        await AssertNothingHappenedAsync(2);
    }

    [Scenario]
    public async Task One_volume_that_must_stay_keeps_all_of_them()
    {
        Session.Run($"'{IBackend.ZoneB}' | New-ClusterEbsVolume -Size 10 | Register-EbsPersistentVolume").WithoutErrors();
        Session.Run($"'{IBackend.ZoneC}' | New-ClusterEbsVolume -Size 10").WithoutErrors();

        Session.Run(Remove).OnlyError("VolumeHasPersistentVolume");

        await AssertNothingHappenedAsync(2);
    }

    [Scenario]
    public async Task After_its_PersistentVolume_is_deleted_a_volume_goes()
    {
        foreach (var name in Session.Run(Line).WithoutErrors().Each("Name"))
        {
            await Backend.Kube.DeleteAsync($"{KubeHttp.Volumes}/{name}");
            await Until.TrueAsync($"{name} is gone", async () => await Backend.Kube.FindAsync($"{KubeHttp.Volumes}/{name}") is null);
        }

        Session.Run(Remove).WithoutErrors();

        Assert.Empty(await LivingAsync());
        Assert.Equal(2, (await Backend.Ec2.SnapshotsAsync()).Count);
    }

    [Scenario]
    public async Task WhatIf_says_what_would_go_and_removes_nothing()
    {
        var made = Session.Run(Make).WithoutErrors();

        var result = Session.Run("Get-ClusterEbsVolume -SetName manual-ebs | Remove-ClusterEbsVolume -WhatIf").WithoutErrors();

        Assert.Equal(
            made.Output.Select(volume =>
                $"What if: Delete the EBS volume {ScriptResult.Text(volume, "VolumeId")} ({ScriptResult.Text(volume, "Name")}, 10 GiB, {ScriptResult.Text(volume, "AvailabilityZone")}) "
                + $"of the cluster {IBackend.Cluster}. Its data is kept in a final snapshot, which is completed before the volume is deleted."),
            result.WhatIf.OrderBy(line => line[line.IndexOf('(', StringComparison.Ordinal)..], StringComparer.Ordinal));
        Assert.Empty(result.Output);
        await AssertNothingHappenedAsync(2);
    }

    [Scenario]
    public async Task Without_being_told_it_asks_and_No_keeps_the_volume()
    {
        Session.Run(Make).WithoutErrors();
        Session.Screen.Answers.Enqueue("No");
        Session.Screen.Answers.Enqueue("Yes");

        var result = Session.Run("Get-ClusterEbsVolume -SetName manual-ebs | Remove-ClusterEbsVolume -PassThru").WithoutErrors();

        var removed = Assert.Single(result.Each("VolumeId"))!;
        Assert.DoesNotContain(removed, (await LivingAsync()).Select(volume => volume.Id));
        Assert.Single(await LivingAsync());
        Assert.Equal(2, Session.Screen.Questions.Count);
        Assert.Contains($"volume {removed} ", Session.Screen.Questions[1]);
        Assert.Equal(removed, Assert.Single(await Backend.Ec2.SnapshotsAsync()).VolumeId);
    }

    [Scenario]
    public async Task The_volume_of_etcd_is_refused_whatever_is_consented_to()
    {
        var script = $"Remove-ClusterEbsVolume {Backend.EtcdVolume} -Confirm:$false -SkipPersistentVolumeCheck -SkipClusterCheck -AllowBulk -SkipFinalSnapshot";

        var error = Session.Run(script).OnlyError("ControlPlaneVolume");

        Assert.Contains(Backend.EtcdVolume, error.Exception.Message);
        Assert.Equal("available", (await Backend.Ec2.AllVolumesAsync()).Single(volume => volume.Id == Backend.EtcdVolume).State);
    }

    [Scenario]
    public async Task An_attached_volume_is_refused()
    {
        var id = Session.Run($"'{IBackend.ZoneB}' | New-ClusterEbsVolume -Size 10").WithoutErrors().Each("VolumeId")[0]!;
        await Backend.AttachAsync(id, Session.Run("(Get-WorkerZone)[0].InstanceId[0]").WithoutErrors().Output[0].ToString());

        Session.Run(Remove).OnlyError("VolumeInUse");

        await AssertNothingHappenedAsync(1);
    }

    [Scenario]
    public async Task Many_of_the_cluster_s_volumes_need_consent()
    {
        Session.Run("Get-WorkerZone | New-ClusterEbsVolume -Size 10 -Count 6").WithoutErrors();

        var error = Session.Run(Remove).OnlyError("ScopeTooWide");

        Assert.Contains("6 volumes", error.Exception.Message);
        await AssertNothingHappenedAsync(6);
        Session.Run($"{Remove} -AllowBulk").WithoutErrors();
        Assert.Empty(await LivingAsync());
    }

    [Scenario]
    public async Task A_cluster_that_cannot_be_asked_is_a_refusal()
    {
        Session.Run(Make).WithoutErrors();

        var result = Session.Run($"{Remove} -Context elsewhere -Kubeconfig '{UnreachableKubeconfig()}'");

        Assert.Contains("PersistentVolumeCheckFailed", result.Errors.Select(ScriptResult.Id));
        await AssertNothingHappenedAsync(2);
    }

    [Scenario]
    public async Task A_cluster_that_is_gone_is_left_out_by_two_switches()
    {
        Session.Run(Make).WithoutErrors();
        var elsewhere = $"{Remove} -Context elsewhere -Kubeconfig '{UnreachableKubeconfig()}'";

        Session.Run($"{elsewhere} -SkipPersistentVolumeCheck").OnlyError("ClusterNotVerified");
        Session.Run($"{elsewhere} -SkipClusterCheck").OnlyError("PersistentVolumeCheckFailed");
        await AssertNothingHappenedAsync(2);

        Session.Run($"{elsewhere} -SkipPersistentVolumeCheck -SkipClusterCheck").WithoutErrors();
        Assert.Empty(await LivingAsync());
    }

    [Scenario]
    public async Task Volumes_that_are_gone_count_as_removed()
    {
        Session.Run(Make).WithoutErrors();
        var listed = Session.Run("Get-ClusterEbsVolume -SetName manual-ebs").WithoutErrors().Output;
        Session.Run(Remove).WithoutErrors();

        var again = Session.Run("param($volumes) $volumes | Remove-ClusterEbsVolume -Confirm:$false", ("volumes", listed.ToArray())).WithoutErrors();

        Assert.StartsWith("VolumeGone", Assert.Single(again.Warnings));
        Assert.Equal(2, (await Backend.Ec2.SnapshotsAsync()).Count);
    }

    private async Task<IReadOnlyList<Ec2Volume>> LivingAsync() =>
        [.. (await Backend.Ec2.VolumesAsync()).Where(volume => volume.State is not ("deleting" or "deleted"))];

    private async Task AssertNothingHappenedAsync(int volumes)
    {
        Assert.Equal(volumes, (await LivingAsync()).Count);
        Assert.Empty(await Backend.Ec2.SnapshotsAsync());
    }
}
