using EbsPv.Module.Tests.Backends;
using EbsPv.Module.Tests.Engine;
using Xunit;

namespace EbsPv.Module.Tests.Scenarios;

/// <summary>Volumes that no PersistentVolume stands for, and those whose place another one took.</summary>
public abstract class RetiringScenarios(IBackend backend) : ScenarioBase(backend)
{
    private const string Move = $"Move-EbsPersistentVolume manual-ebs-02 -DestinationZone {IBackend.ZoneB} -Confirm:$false";

    [Scenario]
    public void Unregistered_volumes_are_registered_and_then_are_none()
    {
        Session.Run($"'{IBackend.ZoneB}' | New-ClusterEbsVolume -Size 10 | Register-EbsPersistentVolume").WithoutErrors();
        var free = Session.Run($"'{IBackend.ZoneC}' | New-ClusterEbsVolume -Size 10").WithoutErrors().Each("VolumeId");

        Assert.Equal(free, Session.Run("Get-ClusterEbsVolume -Unregistered").WithoutErrors().Each("VolumeId"));
        Assert.Equal(free, Session.Run("Get-ClusterEbsVolume -Unregistered | Register-EbsPersistentVolume").WithoutErrors().Each("VolumeId"));
        Assert.Empty(Session.Run("Get-ClusterEbsVolume -Unregistered").WithoutErrors().Output);
    }

    [Scenario]
    public async Task Unregistered_volumes_may_be_removed()
    {
        var kept = Session.Run($"'{IBackend.ZoneB}' | New-ClusterEbsVolume -Size 10 | Register-EbsPersistentVolume").WithoutErrors().Each("VolumeId");
        Session.Run($"'{IBackend.ZoneC}' | New-ClusterEbsVolume -Size 10").WithoutErrors();

        Session.Run("Get-ClusterEbsVolume -Unregistered | Remove-ClusterEbsVolume -Confirm:$false").WithoutErrors();

        Assert.Equal(kept, (await Backend.Ec2.VolumesAsync()).Where(volume => volume.State == "available").Select(volume => volume.Id));
    }

    [Scenario]
    public async Task The_driver_s_own_volumes_and_those_of_a_move_under_way_are_not_free()
    {
        var ids = Session.Run("Get-WorkerZone | New-ClusterEbsVolume -Size 10 -Count 3").WithoutErrors().Each("VolumeId");
        await TagAsync(ids[0]!, "CSIVolumeName", "pvc-1");
        await Backend.Kube.CreateAsync(KubeHttp.Claims, KubeObjects.Claim("data", "manual-ebs-01"));
        await Backend.Kube.PatchAsync(
            $"{KubeHttp.Claims}/data",
            new System.Text.Json.Nodes.JsonObject { ["metadata"] = new System.Text.Json.Nodes.JsonObject { ["annotations"] = new System.Text.Json.Nodes.JsonObject { ["ebspv/swap"] = $"{{\"volumeId\":\"{ids[1]}\"}}" } } });

        var listed = Session.Run("Get-ClusterEbsVolume -Unregistered").WithoutErrors().Each("VolumeId");

        Assert.Equal([ids[2]], listed);
        Assert.DoesNotContain(Backend.EtcdVolume, listed);
    }

    [Scenario]
    public void A_cluster_that_cannot_be_asked_is_an_error_and_no_empty_answer()
    {
        Session.Run("Get-WorkerZone | New-ClusterEbsVolume -Size 10").WithoutErrors();

        var result = Session.Run($"Get-ClusterEbsVolume -Unregistered -ClusterName {IBackend.Cluster} -Context elsewhere -Kubeconfig '{UnreachableKubeconfig()}'");

        Assert.Empty(result.Output);
        result.OnlyError("KubeUnreachable");
    }

    [Scenario]
    public async Task A_moved_volume_is_listed_as_retired_is_not_registered_again_and_may_be_removed()
    {
        Session.Run(Line).WithoutErrors();
        var old = await VolumeIdAsync("manual-ebs-02");
        Session.Run(Move).WithoutErrors();

        var retired = Session.Run("Get-ClusterEbsVolume -Retired").WithoutErrors();

        Assert.Equal([(old, "True")], retired.Output.Select(volume => (ScriptResult.Text(volume, "VolumeId"), ScriptResult.Text(volume, "Retired"))));
        Assert.Contains(" available, retired ", Session.Render(retired.Output));
        Assert.Empty(Session.Run("Get-ClusterEbsVolume -Unregistered").WithoutErrors().Output);
        Assert.Contains(old, Session.Run("Get-ClusterEbsVolume").WithoutErrors().Each("VolumeId"));
        Session.Run("Get-ClusterEbsVolume -Retired | Register-EbsPersistentVolume").OnlyError("VolumeRetired");
        Session.Run("Get-ClusterEbsVolume -Retired | Remove-ClusterEbsVolume -Confirm:$false").WithoutErrors();
        Assert.DoesNotContain(await Backend.Ec2.AllVolumesAsync(), volume => volume.Id == old && volume.State == "available");
    }

    [Scenario]
    public async Task A_copy_of_a_disk_that_a_PersistentVolume_stands_for_is_not_registered_beside_it()
    {
        var ids = Session.Run("Get-WorkerZone | New-ClusterEbsVolume -Size 10 -Count 2").WithoutErrors().Each("VolumeId");
        Session.Run($"Get-ClusterEbsVolume -VolumeId {ids[0]} | Register-EbsPersistentVolume -Name uno").WithoutErrors();
        await TagAsync(ids[1]!, "ebspv/replaces", ids[0]!);

        var refused = Session.Run("Get-ClusterEbsVolume -Unregistered | Register-EbsPersistentVolume -Name dos").OnlyError("VolumeRetired");

        Assert.Contains($"a copy that was to take the place of {ids[0]}, which the PersistentVolume uno stands for", refused.Exception.Message);
        Session.Run("Unregister-EbsPersistentVolume uno -Confirm:$false").WithoutErrors();
        Session.Run($"Get-ClusterEbsVolume -VolumeId {ids[1]} | Register-EbsPersistentVolume -Name dos").WithoutErrors();
    }

    private Task TagAsync(string volumeId, string key, string value) =>
        Backend.Ec2.CallAsync("CreateTags", ("ResourceId.1", volumeId), ("Tag.1.Key", key), ("Tag.1.Value", value));
}
