using System.Management.Automation;
using System.Text.Json.Nodes;
using EbsPv.Module.Tests.Backends;
using EbsPv.Module.Tests.Engine;
using Xunit;

namespace EbsPv.Module.Tests.Scenarios;
/// <summary>What Test-EbsPersistentVolume finds about claims, classes, attachments and moves.</summary>
public abstract class ClaimAuditScenarios(IBackend backend) : AuditScenarioBase(backend)
{
    [Scenario]
    public async Task A_claim_that_asks_for_too_much()
    {
        Registered();
        var claim = KubeObjects.Claim("large", "manual-ebs-01");
        claim["spec"]!["resources"]!["requests"]!["storage"] = "20Gi";
        await Backend.Kube.CreateAsync(KubeHttp.Claims, claim);
        await Until.TrueAsync("the claim is Pending", async () => Phase((await Backend.Kube.FindAsync($"{KubeHttp.Claims}/large"))!) == "Pending");

        var finding = Only("ClaimCannotBind");

        Assert.Equal("default/large", Text(finding, "Target"));
        Assert.Contains("it asks for 20Gi, and the PersistentVolume manual-ebs-01 has 10Gi", Text(finding, "Message"));
    }

    [Scenario]
    public async Task A_claim_that_lost_its_PersistentVolume()
    {
        Registered();
        await BindAsync("data", "manual-ebs-01");
        await Backend.Kube.DeleteAsync($"{KubeHttp.Volumes}/manual-ebs-01");
        await Backend.Kube.PatchAsync($"{KubeHttp.Volumes}/manual-ebs-01", Json("""{"metadata":{"finalizers":null}}"""));
        await Until.TrueAsync("the claim is Lost", async () => Phase((await Backend.Kube.FindAsync($"{KubeHttp.Claims}/data"))!) == "Lost");

        Assert.Equal("default/data", Text(Only("ClaimLost"), "Target"));
        Assert.Single(Session.Run("Test-EbsPersistentVolume -Code VolumeUnregistered").WithoutErrors().Output);
        Session.Run("Get-ClusterEbsVolume | Register-EbsPersistentVolume -Name manual-ebs-01 -ClaimNamespace default -ClaimName data").OnlyError("ClaimConflict");
        Session.Run("Get-ClusterEbsVolume | Register-EbsPersistentVolume -Name manual-ebs-01").WithoutErrors();
        await Until.TrueAsync("the claim is Bound again", async () => Phase((await Backend.Kube.FindAsync($"{KubeHttp.Claims}/data"))!) == "Bound");
    }

    [Scenario]
    public async Task A_class_that_makes_volumes_of_its_own()
    {
        Registered();
        await Backend.Kube.CreateAsync(KubeHttp.StorageClasses, KubeObjects.StorageClass("manual-ebs", "gp3"));

        Assert.Equal("manual-ebs", Text(Only("StorageClassProvisions"), "Target"));
    }

    [Scenario]
    public async Task A_volume_that_is_attached_to_another_instance_than_its_pod_s()
    {
        var id = Registered();
        await BindAsync("data", "manual-ebs-01");
        var instances = Session.Run("(Get-WorkerZone).InstanceId").WithoutErrors().Output.Select(one => one.ToString()).ToList();
        await Backend.AttachAsync(id, instances[0]);
        await Backend.Kube.CreateAsync(KubeHttp.Pods, KubeObjects.Pod("web", await NodeAsync(instances[1]), null, "data"));

        var finding = Only("AttachedElsewhere");

        Assert.Contains("pod default/web", Text(finding, "Message"));
        Assert.Contains(instances[0], Text(finding, "Message"));
    }

    [Scenario]
    public void A_volume_that_would_be_cheaper_and_faster()
    {
        Session.Run($"'{IBackend.ZoneB}' | New-ClusterEbsVolume -Size 100 -VolumeType gp2 | Register-EbsPersistentVolume").WithoutErrors();

        var finding = Only("VolumeTypeGp2");

        Assert.Contains("It costs 11.00 USD a month, and would cost 8.80", Text(finding, "Message"));
        Assert.Equal("Information", Text(finding, "Severity"));
        Assert.Equal(["True"], Session.Run("Test-EbsPersistentVolume -Quiet").WithoutErrors().Output.Select(one => one.ToString()));
    }

    [Scenario]
    public async Task A_move_that_is_not_finished_is_the_only_finding_about_its_PersistentVolume()
    {
        Registered();
        await BindAsync("data", "manual-ebs-01");
        var volume = await PersistentVolumeAsync("manual-ebs-01");
        var note = new JsonObject
        {
            ["operation"] = "0f8fad5b-d9cb-469f-a165-70867728950e",
            ["kind"] = "Move",
            ["persistentVolume"] = "manual-ebs-01",
            ["persistentVolumeUid"] = volume["metadata"]!["uid"]!.GetValue<string>(),
            ["volumeId"] = "vol-0aaaaaaaaaaaaaaa1",
            ["region"] = IBackend.Region,
            ["destinationZone"] = IBackend.ZoneC,
            ["manifest"] = new JsonObject(),
        };
        await Backend.Kube.PatchAsync($"{KubeHttp.Claims}/data", new JsonObject { ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { ["ebspv/swap"] = note.ToJsonString() } } });
        await Backend.Kube.PatchAsync($"{KubeHttp.Volumes}/manual-ebs-01", Json("""{"spec":{"claimRef":{"uid":"0f8fad5b-d9cb-469f-a165-70867728950e"}}}"""));
        await PhaseAsync("manual-ebs-01", "Released");

        var finding = Assert.Single(Session.Run("Test-EbsPersistentVolume").WithoutErrors().Output);

        Assert.Equal(("SwapUnderWay", "manual-ebs-01"), (Text(finding, "Code"), Text(finding, "Target")));
        Assert.Contains($"Move-EbsPersistentVolume manual-ebs-01 -DestinationZone {IBackend.ZoneC}", Text(finding, "Recommendation"));
        Assert.Equal(["True"], Session.Run("Get-ClusterStorageReport | ForEach-Object SwapUnderWay").WithoutErrors().Output.Select(one => one.ToString()));
    }

    [Scenario]
    public async Task Only_what_is_piped_is_looked_at()
    {
        Session.Run(Line).WithoutErrors();
        await Backend.Kube.CreateAsync(KubeHttp.Volumes, KubeObjects.PersistentVolume("lost", KubeObjects.Csi(Gone)));

        Assert.Empty(Session.Run("Get-EbsPersistentVolume manual-* | Test-EbsPersistentVolume").WithoutErrors().Output);
        Assert.Equal(["lost"], Session.Run("Get-EbsPersistentVolume | Test-EbsPersistentVolume -Code VolumeGone").WithoutErrors().Each("Target"));
        Assert.Empty(Session.Run("Get-ClusterEbsVolume | Test-EbsPersistentVolume").WithoutErrors().Output);
        Assert.Equal(["lost"], Session.Run("Test-EbsPersistentVolume lost -Code VolumeGone").WithoutErrors().Each("Target"));
        Session.Run("Test-EbsPersistentVolume nobody").OnlyError("PersistentVolumeNotFound");
    }
}
