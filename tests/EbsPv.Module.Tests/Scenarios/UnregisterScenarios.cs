using System.Text.Json.Nodes;
using EbsPv.Module.Tests.Backends;
using EbsPv.Module.Tests.Engine;
using Xunit;

namespace EbsPv.Module.Tests.Scenarios;

/// <summary>PersistentVolumes that go, while their volumes and the data stay.</summary>
public abstract class UnregisterScenarios(IBackend backend) : ScenarioBase(backend)
{
    private const string Unregister = "Unregister-EbsPersistentVolume -Confirm:$false";

    [Scenario]
    public async Task The_PersistentVolumes_go_and_the_volumes_stay()
    {
        Session.Run(Line).WithoutErrors();

        var result = Session.Run($"Get-EbsPersistentVolume | {Unregister}").WithoutErrors();

        Assert.Empty(result.Output);
        Assert.Empty(await Backend.Kube.PersistentVolumesAsync());
        Assert.Equal(["available", "available"], (await Backend.Ec2.VolumesAsync()).Select(volume => volume.State));
        Assert.Equal(["False", "False"], Session.Run(Line).WithoutErrors().Each("Adopted"));
    }

    [Scenario]
    public async Task Names_ids_and_volumes_are_taken_too()
    {
        var made = Session.Run("Get-WorkerZone | New-ClusterEbsVolume -Size 10 -Count 5 -OutVariable volumes | Register-EbsPersistentVolume").WithoutErrors();

        Session.Run($"{Unregister} manual-ebs-01, {made.Each("VolumeId")[1]}; 'manual-ebs-03', '{made.Each("VolumeId")[3]}' | {Unregister}; $volumes[4] | {Unregister}").WithoutErrors();

        Assert.Empty(await Backend.Kube.PersistentVolumesAsync());
    }

    [Scenario]
    public async Task A_bound_one_is_refused_and_the_others_go()
    {
        Session.Run(Line).WithoutErrors();
        await BindAsync("data", "manual-ebs-01");

        var result = Session.Run($"Get-EbsPersistentVolume | {Unregister} -PassThru");

        Assert.Contains("is bound to the claim default/data", result.OnlyError("PersistentVolumeBound").Exception.Message);
        Assert.Equal(["manual-ebs-02"], result.Each("Name"));
        Assert.Equal("Bound", Phase(await PersistentVolumeAsync("manual-ebs-01")));
    }

    [Scenario]
    public async Task A_released_one_goes()
    {
        Session.Run(Line).WithoutErrors();
        await BindAsync("data", "manual-ebs-01");
        await Backend.Kube.DeleteAsync($"{KubeHttp.Claims}/data");
        await PhaseAsync("manual-ebs-01", "Released");

        Session.Run($"{Unregister} manual-ebs-01").WithoutErrors();

        Assert.Equal(["manual-ebs-02"], (await Backend.Kube.PersistentVolumesAsync()).Select(Name));
    }

    [Scenario]
    public async Task PassThru_emits_what_is_gone_so_that_the_volumes_can_go_too()
    {
        Session.Run($"{Line}").WithoutErrors();
        await BindAsync("data", "manual-ebs-02");

        var result = Session.Run($"Get-EbsPersistentVolume | {Unregister} -PassThru -OutVariable gone | Remove-ClusterEbsVolume -Confirm:$false -PassThru");

        result.OnlyError("PersistentVolumeBound");
        var removed = Assert.Single(result.Each("VolumeId"));
        Assert.Equal(["Deleted"], Session.Run("$gone").Each("Status"));
        Assert.Equal(["manual-ebs-02"], (await Backend.Ec2.VolumesAsync()).Where(volume => volume.State == "available").Select(volume => volume.Name));
        Assert.Equal(removed, Assert.Single(await Backend.Ec2.SnapshotsAsync()).VolumeId);
    }

    [Scenario]
    public async Task Where_the_policy_is_Delete_Retain_is_set_first()
    {
        Session.Run($"{Line} -ReclaimPolicy Delete -AllowDeletePolicy").WithoutErrors();

        var shown = Session.Run("Unregister-EbsPersistentVolume manual-ebs-01 -WhatIf").WithoutErrors();
        Session.Run($"Get-EbsPersistentVolume | {Unregister}").WithoutErrors();

        Assert.EndsWith("and its data are kept: the reclaim policy becomes Retain first.", Assert.Single(shown.WhatIf));
        Assert.Empty(await Backend.Kube.PersistentVolumesAsync());
        Assert.Equal(["available", "available"], (await Backend.Ec2.VolumesAsync()).Select(volume => volume.State));
    }

    [Scenario]
    public async Task A_finalizer_that_holds_it_is_explained_and_stays()
    {
        Session.Run(Line).WithoutErrors();
        await Backend.Kube.CreateAsync(KubeHttp.VolumeAttachments, KubeObjects.VolumeAttachment("manual-ebs-01", await Backend.Workers.OfZoneAsync(IBackend.ZoneB)));
        await HoldAsync("manual-ebs-01", "kubernetes.io/pv-protection", "external-attacher/ebs-csi-aws-com", "acme.io/backup");

        var error = Session.Run($"{Unregister} manual-ebs-01 -TimeoutSeconds 2").OnlyError("PersistentVolumeHeld");

        Assert.Contains("external-attacher/ebs-csi-aws-com, until the external-attacher has detached it", error.Exception.Message);
        Assert.Contains("acme.io/backup, which is none of Kubernetes' own", error.Exception.Message);
        var held = await PersistentVolumeAsync("manual-ebs-01");
        Assert.Contains("acme.io/backup", Text(held, "metadata.finalizers"));
        await HoldAsync("manual-ebs-01");
        await Until.TrueAsync("it is gone", async () => (await Backend.Kube.PersistentVolumesAsync()).Count == 1);
    }

    [Scenario]
    public async Task WhatIf_says_what_goes_and_what_stays_and_No_keeps_it()
    {
        var made = Session.Run(Line).WithoutErrors();
        Session.Screen.Answers.Enqueue("No");

        var shown = Session.Run("Unregister-EbsPersistentVolume manual-ebs-01 -WhatIf").WithoutErrors();
        Session.Run("Unregister-EbsPersistentVolume manual-ebs-01").WithoutErrors();

        Assert.Equal(
            $"What if: Remove the PersistentVolume manual-ebs-01 (10Gi, Available). The EBS volume {made.Each("VolumeId")[0]} in eu-west-1b and its data are kept.",
            Assert.Single(shown.WhatIf));
        Assert.StartsWith("Remove the PersistentVolume manual-ebs-01", Session.Screen.Questions[0]);
        Assert.Equal(2, (await Backend.Kube.PersistentVolumesAsync()).Count);
    }

    [Scenario]
    public async Task Volumes_that_have_none_any_more_count_as_done_and_a_name_that_is_unknown_does_not()
    {
        Session.Run($"Get-WorkerZone | New-ClusterEbsVolume -Size 10 -OutVariable volumes | Register-EbsPersistentVolume; $volumes[0] | {Unregister}").WithoutErrors();

        var again = Session.Run($"$volumes | {Unregister} -PassThru").WithoutErrors();

        Assert.Equal(["Deleted", "Deleted"], again.Each("Status"));
        Assert.Empty(await Backend.Kube.PersistentVolumesAsync());
        Session.Run($"{Unregister} manual-ebs-01").OnlyError("PersistentVolumeNotFound");
    }

    [Scenario]
    public async Task Volumes_of_another_cluster_s_workers_are_left_alone()
    {
        Session.Run(Line).WithoutErrors();

        var result = Session.Run($$"""
            Get-EbsPersistentVolume | & { process { [pscustomobject]@{ VolumeId = $_.VolumeId; InstanceId = 'i-0aaaaaaaaaaaaaaa1' } } } | {{Unregister}}
            """);

        Assert.Equal(["ClusterMismatch", "ClusterMismatch"], result.Errors.Select(ScriptResult.Id));
        Assert.Equal(2, (await Backend.Kube.PersistentVolumesAsync()).Count);
    }

    private Task HoldAsync(string name, params string[] finalizers) => Backend.Kube.PatchAsync(
        $"{KubeHttp.Volumes}/{name}",
        new JsonObject { ["metadata"] = new JsonObject { ["finalizers"] = new JsonArray([.. finalizers.Select(one => JsonValue.Create(one))]) } });
}
