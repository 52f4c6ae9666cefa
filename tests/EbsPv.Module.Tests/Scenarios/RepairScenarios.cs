using System.Text.Json.Nodes;
using EbsPv.Module.Tests.Backends;
using EbsPv.Module.Tests.Engine;
using Xunit;

namespace EbsPv.Module.Tests.Scenarios;

/// <summary>Findings that are repaired, each looked at again before and afterwards.</summary>
public abstract class RepairScenarios(IBackend backend) : ScenarioBase(backend)
{
    private const string Repair = "Test-EbsPersistentVolume | Repair-EbsPersistentVolume -Confirm:$false";

    [Scenario]
    public async Task Missing_tags_are_added_and_the_same_line_again_has_nothing_to_do()
    {
        Session.Run(Line).WithoutErrors();
        var ids = (await Backend.Ec2.VolumesAsync()).Select(volume => volume.Id).ToList();
        await UntagAsync(ids, $"kubernetes.io/cluster/{IBackend.Cluster}");

        var repaired = Session.Run(Repair).WithoutErrors();
        var again = Session.Run(Repair).WithoutErrors();

        Assert.Equal([("Repaired", "KopsProtectionMissing"), ("Repaired", "KopsProtectionMissing")], repaired.Output.Select(Told));
        Assert.All(await Backend.Ec2.VolumesAsync(), volume => Assert.Equal("shared", volume.Tags[$"kubernetes.io/cluster/{IBackend.Cluster}"]));
        Assert.Empty(again.Output);
    }

    [Scenario]
    public async Task A_node_affinity_that_is_missing_is_set()
    {
        var id = await VolumeAsync();
        await Backend.Kube.CreateAsync(KubeHttp.Volumes, KubeObjects.PersistentVolume("data", $"\"csi\":{{\"driver\":\"ebs.csi.aws.com\",\"volumeHandle\":\"{id}\"}}"));
        await PhaseAsync("data", "Available");

        var repaired = Session.Run(Repair).WithoutErrors();

        Assert.Equal([("Repaired", "NodeAffinityMissing")], repaired.Output.Select(Told));
        var expression = (await PersistentVolumeAsync("data"))["spec"]!["nodeAffinity"]!["required"]!["nodeSelectorTerms"]![0]!["matchExpressions"]![0]!;
        Assert.Equal(("topology.kubernetes.io/zone", IBackend.ZoneB), (expression["key"]!.GetValue<string>(), expression["values"]![0]!.GetValue<string>()));
    }

    [Scenario]
    public async Task Delete_becomes_Retain_while_the_claim_is_bound()
    {
        Session.Run($"{Line} -ReclaimPolicy Delete -AllowDeletePolicy").WithoutErrors();
        await BindAsync("data", "manual-ebs-02");
        var uid = Uid(await PersistentVolumeAsync("manual-ebs-02"));

        var repaired = Session.Run("Get-EbsPersistentVolume manual-ebs-02 | Test-EbsPersistentVolume | Repair-EbsPersistentVolume -Confirm:$false").WithoutErrors();

        Assert.Equal([("Repaired", "ReclaimPolicyDelete")], repaired.Output.Select(Told));
        var volume = await PersistentVolumeAsync("manual-ebs-02");
        Assert.Equal(("Retain", "Bound", uid), (volume["spec"]!["persistentVolumeReclaimPolicy"]!.GetValue<string>(), Phase(volume), Uid(volume)));
        Assert.Equal("Delete", (await PersistentVolumeAsync("manual-ebs-01"))["spec"]!["persistentVolumeReclaimPolicy"]!.GetValue<string>());
    }

    [Scenario]
    public async Task A_released_PersistentVolume_goes_back_to_its_own_claim_s_name_when_it_is_named()
    {
        await ReleaseAsync();

        var left = Session.Run(Repair).WithoutErrors();
        var repaired = Session.Run($"{Repair} -Code PersistentVolumeReleased").WithoutErrors();

        Assert.Empty(left.Output);
        Assert.Contains(left.Warnings, warning => warning == "ReleasedNotNamed: PersistentVolumeReleased (1): left as they are; -Code PersistentVolumeReleased gives them back to the names of their claims.");
        Assert.Equal([("Repaired", "PersistentVolumeReleased")], repaired.Output.Select(Told));
        var reference = (await PersistentVolumeAsync("manual-ebs-02"))["spec"]!["claimRef"]!;
        Assert.Equal(("data", null), (reference["name"]!.GetValue<string>(), reference["uid"]));
        // Another claim of the class cannot have it; its own can.
        await BindAsync("data", "manual-ebs-02");
    }

    [Scenario]
    public async Task DropReservation_makes_it_free_for_any_claim()
    {
        await ReleaseAsync();

        var told = Session.Run($"{Repair} -Code PersistentVolumeReleased -DropReservation -WhatIf").WithoutErrors();
        var repaired = Session.Run($"{Repair} -Code PersistentVolumeReleased -DropReservation").WithoutErrors();

        Assert.Equal("What if: Keep the Released PersistentVolume manual-ebs-02 for no claim any more: any claim that fits takes it at once, with all data that default/data left on it.", Assert.Single(told.WhatIf));
        Assert.Equal([("planned", "PersistentVolumeReleased")], told.Output.Select(Told));
        Assert.Equal([("Repaired", "PersistentVolumeReleased")], repaired.Output.Select(Told));
        Assert.Null((await PersistentVolumeAsync("manual-ebs-02"))["spec"]!["claimRef"]);
    }

    [Scenario]
    public async Task An_in_tree_PersistentVolume_is_written_for_the_CSI_driver_under_the_same_claim()
    {
        await InstallDriverAsync();
        Session.Run("Get-WorkerZone | New-ClusterEbsVolume -Size 10 | Register-EbsPersistentVolume -VolumeSource InTree -FileSystemType xfs").WithoutErrors();
        await BindAsync("data", "manual-ebs-02");
        var (uid, id) = (await ClaimUidAsync("data"), (await Backend.Ec2.VolumesAsync())[1].Id);

        var repaired = Session.Run("Test-EbsPersistentVolume -Code InTreeSource | Repair-EbsPersistentVolume -Confirm:$false").WithoutErrors();
        var again = Session.Run("Test-EbsPersistentVolume -Code InTreeSource | Repair-EbsPersistentVolume -Confirm:$false").WithoutErrors();

        Assert.Equal([("Repaired", "InTreeSource"), ("Repaired", "InTreeSource")], repaired.Output.Select(Told));
        Assert.Empty(again.Output);
        var spec = (await PersistentVolumeAsync("manual-ebs-02"))["spec"]!;
        Assert.Null(spec["awsElasticBlockStore"]);
        Assert.Equal(("ebs.csi.aws.com", id, "xfs"), (spec["csi"]!["driver"]!.GetValue<string>(), spec["csi"]!["volumeHandle"]!.GetValue<string>(), spec["csi"]!["fsType"]!.GetValue<string>()));
        Assert.Equal(uid, spec["claimRef"]!["uid"]!.GetValue<string>());
        Assert.Equal((uid, "Bound"), (await ClaimUidAsync("data"), Phase((await Backend.Kube.FindAsync($"{KubeHttp.Claims}/data"))!)));
        Assert.Equal(2, (await Backend.Ec2.VolumesAsync()).Count);
        Assert.Empty(await Backend.Ec2.SnapshotsAsync());
        Session.Run(Line).WithoutErrors();
    }

    [Scenario]
    public async Task What_is_in_use_or_looked_after_by_others_is_refused_and_the_rest_is_repaired()
    {
        await InstallDriverAsync();
        Session.Run("Get-WorkerZone | New-ClusterEbsVolume -Size 10 | Register-EbsPersistentVolume -VolumeSource InTree -ReclaimPolicy Delete -AllowDeletePolicy").WithoutErrors();
        await BindAsync("data", "manual-ebs-02");
        await Backend.Kube.CreateAsync(KubeHttp.Pods, KubeObjects.Pod("one", await WorkerAsync(IBackend.ZoneC), null, "data"));
        await Backend.Kube.PatchAsync($"{KubeHttp.Volumes}/manual-ebs-01", JsonNode.Parse("""{"metadata":{"annotations":{"argocd.argoproj.io/tracking-id":"shop:/PersistentVolume:/manual-ebs-01"} } }""")!);

        var run = Session.Run(Repair);

        Assert.Equal([("Repaired", "ReclaimPolicyDelete", "manual-ebs-02")], run.Output.Select(one => (ScriptResult.Text(one, "Status"), ScriptResult.Text(one, "Code"), ScriptResult.Text(one, "Target"))));
        Assert.Equal(["ClaimInUse", "ManagedElsewhere", "ManagedElsewhere"], run.Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]).Order());
        Assert.Contains("is not converted: it is in use by pod default/one", run.Errors.Single(error => error.FullyQualifiedErrorId.StartsWith("ClaimInUse", StringComparison.Ordinal)).Exception.Message);
        Assert.Equal(3, Session.Run($"{Repair} -AllowManaged -Code ReclaimPolicyDelete, InTreeSource").Output.Count + 1);
    }

    [Scenario]
    public async Task Volumes_of_nobody_need_consent_and_those_of_others_are_never_tagged()
    {
        var id = await VolumeAsync();
        await Backend.Kube.CreateAsync(KubeHttp.Volumes, KubeObjects.PersistentVolume("data", $"\"csi\":{{\"driver\":\"ebs.csi.aws.com\",\"volumeHandle\":\"{id}\"}}"));
        await PhaseAsync("data", "Available");
        await UntagAsync([id], "KubernetesCluster", $"kubernetes.io/cluster/{IBackend.Cluster}");

        const string Tags = "Test-EbsPersistentVolume data -Code DriverTagMissing | Repair-EbsPersistentVolume -Confirm:$false";
        var refused = Session.Run(Tags).OnlyError("VolumeNotOfCluster");
        var repaired = Session.Run($"{Tags} -AllowUntagged").WithoutErrors();

        Assert.Contains("its tags name no cluster", refused.Exception.Message);
        Assert.Contains("-AllowUntagged", refused.ErrorDetails.RecommendedAction);
        Assert.Equal([("Repaired", "DriverTagMissing")], repaired.Output.Select(Told));
        Assert.Equal(IBackend.Cluster, (await Backend.Ec2.AllVolumesAsync()).Single(volume => volume.Id == id).Tags["KubernetesCluster"]);
        await Backend.Ec2.CallAsync("CreateTags", ("ResourceId.1", id), ("Tag.1.Key", "KubernetesCluster"), ("Tag.1.Value", "other"));
        Assert.Empty(Session.Run($"{Tags} -AllowUntagged").WithoutErrors().Output);
    }

    [Scenario]
    public async Task A_finding_that_is_over_or_of_another_object_of_the_name_changes_nothing()
    {
        Session.Run($"{Line} -ReclaimPolicy Delete -AllowDeletePolicy").WithoutErrors();
        Session.Run("$findings = Test-EbsPersistentVolume -Code ReclaimPolicyDelete; $findings.Count").WithoutErrors();
        await Backend.Kube.PatchAsync($"{KubeHttp.Volumes}/manual-ebs-01", JsonNode.Parse("""{"spec":{"persistentVolumeReclaimPolicy":"Retain"} }""")!);
        Session.Run("Unregister-EbsPersistentVolume manual-ebs-02 -Confirm:$false; Get-ClusterEbsVolume -SetName manual-ebs | Register-EbsPersistentVolume -ReclaimPolicy Delete -AllowDeletePolicy -ErrorAction SilentlyContinue");

        var run = Session.Run("$findings | Repair-EbsPersistentVolume -Confirm:$false");

        Assert.Equal([("Unchanged", "ReclaimPolicyDelete")], run.Output.Select(Told));
        Assert.Contains("was made anew after it was looked at", run.OnlyError("FindingNotRepairable").Exception.Message);
    }

    [Scenario]
    public void What_is_no_finding_and_what_is_not_repaired_is_said()
    {
        Session.Run(Line).WithoutErrors();

        Assert.Contains("is no finding", Session.Run("Get-EbsPersistentVolume manual-ebs-01 | Repair-EbsPersistentVolume").OnlyError("InputNotFinding").Exception.Message);
        Session.Run("'x' | Repair-EbsPersistentVolume").OnlyError("InputNotFinding");
        Session.Run("$null | Repair-EbsPersistentVolume").OnlyError("InputNull");
        Session.Run("Test-EbsPersistentVolume | Repair-EbsPersistentVolume -Code Nonsense").OnlyError("FindingCodeUnknown");
        Session.Run("Test-EbsPersistentVolume | Repair-EbsPersistentVolume -DropReservation").OnlyError("RepairParametersConflict");
    }

    private async Task<string> VolumeAsync()
    {
        Session.Run("Get-WorkerZone | New-ClusterEbsVolume -Size 10 -Count 1").WithoutErrors();
        return (await Backend.Ec2.VolumesAsync())[0].Id;
    }

    private async Task ReleaseAsync()
    {
        Session.Run(Line).WithoutErrors();
        await BindAsync("data", "manual-ebs-02");
        await Backend.Kube.DeleteAsync($"{KubeHttp.Claims}/data");
        await PhaseAsync("manual-ebs-02", "Released");
    }

    private async Task InstallDriverAsync()
    {
        if (await Backend.Kube.FindAsync("apis/storage.k8s.io/v1/csidrivers/ebs.csi.aws.com") is not null) return;
        await Backend.Kube.CreateAsync("apis/storage.k8s.io/v1/csidrivers", JsonNode.Parse("""{"apiVersion":"storage.k8s.io/v1","kind":"CSIDriver","metadata":{"name":"ebs.csi.aws.com"},"spec":{"attachRequired":true} }""")!);
    }

    private Task UntagAsync(IReadOnlyList<string> ids, params string[] keys) => Backend.Ec2.CallAsync(
        "DeleteTags",
        [.. ids.Select((id, index) => ($"ResourceId.{index + 1}", id)), .. keys.Select((key, index) => ($"Tag.{index + 1}.Key", key))]);

    private static (string?, string?) Told(System.Management.Automation.PSObject repair) => (ScriptResult.Text(repair, "Status"), ScriptResult.Text(repair, "Code"));
}
