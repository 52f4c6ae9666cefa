using System.Management.Automation;
using System.Text.Json.Nodes;
using EbsPv.Module.Tests.Backends;
using EbsPv.Module.Tests.Engine;
using Xunit;

namespace EbsPv.Module.Tests.Scenarios;

/// <summary>What Test-EbsPersistentVolume finds: a cluster with one thing wrong, for each thing.</summary>
public abstract class AuditScenarios(IBackend backend) : ScenarioBase(backend)
{
    private const string Gone = "vol-0aaaaaaaaaaaaaaa1";

    [Scenario]
    public void What_the_line_makes_is_well()
    {
        Session.Run(Line).WithoutErrors();

        var findings = Session.Run("Test-EbsPersistentVolume").WithoutErrors();

        Assert.Empty(findings.Output);
        Assert.Equal(["True"], Session.Run("Test-EbsPersistentVolume -Quiet").WithoutErrors().Output.Select(one => one.ToString()));
    }

    [Scenario]
    public async Task A_volume_that_is_gone()
    {
        await Backend.Kube.CreateAsync(KubeHttp.Volumes, KubeObjects.PersistentVolume("lost", KubeObjects.Csi(Gone)));

        var finding = Only("VolumeGone");

        Assert.Equal(("lost", Gone), (Text(finding, "Target"), Text(finding, "VolumeId")));
        Assert.Contains(Gone, Text(finding, "Message"));
        Assert.Equal(["False"], Session.Run("Test-EbsPersistentVolume -Quiet").WithoutErrors().Output.Select(one => one.ToString()));
    }

    [Scenario]
    public void A_volume_that_nothing_stands_for()
    {
        var id = Session.Run($"'{IBackend.ZoneB}' | New-ClusterEbsVolume -Size 10").WithoutErrors().Each("VolumeId")[0];

        var finding = Only("VolumeUnregistered");

        Assert.Equal(id, Text(finding, "Target"));
        Assert.Contains("0.88 USD a month", Text(finding, "Message"));
        Assert.Equal("False", Text(finding, "Fixable"));
    }

    [Scenario]
    public async Task Two_clusters_names_on_one_volume()
    {
        var id = Registered();
        await TagAsync(id, "eks:eks-cluster-name", "vecino");

        var finding = Only("VolumeClusterAmbiguous");

        Assert.Equal(id, Text(finding, "Target"));
        Assert.Contains("vecino", Text(finding, "Message"));
    }

    [Scenario]
    public async Task A_volume_of_another_cluster()
    {
        var id = await VolumeAsync(("KubernetesCluster", "vecino.k8s.local"));
        await Backend.Kube.CreateAsync(KubeHttp.Volumes, KubeObjects.PersistentVolume("theirs", KubeObjects.Csi(id)));

        Assert.Contains("vecino.k8s.local", Text(Only("VolumeNotOfCluster"), "Message"));
        Assert.Empty(Session.Run("Test-EbsPersistentVolume -Code DriverTagMissing").WithoutErrors().Output);
    }

    [Scenario]
    public async Task A_volume_that_is_registered_twice()
    {
        var id = Registered();
        await Backend.Kube.CreateAsync(KubeHttp.Volumes, KubeObjects.PersistentVolume("again", KubeObjects.Csi(id)));

        var finding = Only("VolumeRegisteredTwice");

        Assert.Equal(id, Text(finding, "Target"));
        Assert.Contains("again and manual-ebs-01", Text(finding, "Message"));
    }

    [Scenario]
    public async Task Pods_that_are_sent_to_another_zone()
    {
        var id = await VolumeAsync(("KubernetesCluster", IBackend.Cluster));
        await CreateVolumeAsync("astray", id, spec => spec["nodeAffinity"] = Affinity(IBackend.ZoneC));

        Assert.Equal("astray", Text(Only("ZoneMismatch"), "Target"));
    }

    [Scenario]
    public async Task A_label_that_names_another_zone()
    {
        Registered();
        await Backend.Kube.PatchAsync($"{KubeHttp.Volumes}/manual-ebs-01", Json($$$"""{"metadata":{"labels":{"topology.kubernetes.io/zone":"{{{IBackend.ZoneC}}}"} } }"""));

        Assert.Contains($"topology.kubernetes.io/zone={IBackend.ZoneB}", Text(Only("ZoneLabelMismatch"), "Recommendation"));
    }

    [Scenario]
    public async Task A_PersistentVolume_without_affinity()
    {
        var id = await VolumeAsync(("KubernetesCluster", IBackend.Cluster));
        await CreateVolumeAsync("anywhere", id, _ => { });

        var finding = Only("NodeAffinityMissing");

        Assert.Equal("True", Text(finding, "Fixable"));
        var wanted = Assert.Single((IEnumerable<object>)finding.Properties["WantedNodeAffinity"].Value);
        Assert.Equal($"topology.kubernetes.io/zone In [{IBackend.ZoneB}]", wanted.ToString());
    }

    [Scenario]
    public async Task A_capacity_that_the_volume_does_not_have()
    {
        var id = await VolumeAsync(("KubernetesCluster", IBackend.Cluster));
        await CreateVolumeAsync("boast", id, spec => spec["capacity"] = Json("""{"storage":"20Gi"}"""));

        var finding = Only("CapacityMismatch");

        Assert.Equal("Error", Text(finding, "Severity"));
        Assert.Contains("-Size 20", Text(finding, "Recommendation"));
    }

    [Scenario]
    public async Task A_volume_that_is_not_as_its_class_makes_them()
    {
        await Backend.Kube.CreateAsync(KubeHttp.StorageClasses, KubeObjects.StorageClass("fast", "io2"));
        var id = await VolumeAsync(("KubernetesCluster", IBackend.Cluster), ("CSIVolumeName", "pvc-1"));
        await CreateVolumeAsync("dynamic", id, spec => spec["storageClassName"] = "fast");

        Assert.Contains("type io2", Text(Only("VolumeTypeDrift"), "Message"));
    }

    [Scenario]
    public void Members_of_a_set_that_are_not_alike()
    {
        Session.Run("Get-WorkerZone | New-ClusterEbsVolume -Size 10 -Count 3").WithoutErrors();
        Session.Run("Get-ClusterEbsVolume -Name manual-ebs-03 | Set-ClusterEbsVolume -Iops 4000").WithoutErrors();

        var finding = Only("SetDrift");

        Assert.Equal("manual-ebs", Text(finding, "Target"));
        Assert.Contains("1 of gp3, 4000 IOPS", Text(finding, "Message"));
    }

    [Scenario]
    public async Task A_zone_without_workers()
    {
        await RegisterAsync(await VolumeAsync(IBackend.ZoneA, ("KubernetesCluster", IBackend.Cluster)));

        Assert.Contains($"-DestinationZone {IBackend.ZoneB}", Text(Only("NoWorkerInZone"), "Recommendation"));
    }

    [Scenario]
    public async Task A_driver_that_the_cluster_does_not_have()
    {
        var id = await VolumeAsync(("KubernetesCluster", IBackend.Cluster));
        await Backend.Kube.CreateAsync(KubeHttp.Volumes, KubeObjects.PersistentVolume("auto", $$"""
            "csi":{"driver":"ebs.csi.eks.amazonaws.com","volumeHandle":"{{id}}"}
            """));

        Assert.Equal("ebs.csi.eks.amazonaws.com", Text(Only("DriverMissing"), "Target"));
    }

    [Scenario]
    public async Task A_driver_that_is_nowhere_in_the_zone()
    {
        await Backend.AddWorkerAsync(IBackend.ZoneA);
        await Backend.Kube.DeleteAsync($"{KubeHttp.CsiNodes}/added-{IBackend.ZoneA}");
        await RegisterAsync(await VolumeAsync(IBackend.ZoneA, ("KubernetesCluster", IBackend.Cluster)));

        Assert.Equal(IBackend.ZoneA, Text(Only("DriverNotInZone"), "Target"));
        Assert.Empty(Session.Run("Test-EbsPersistentVolume -Code DriverNotOnNode").WithoutErrors().Output);
    }

    [Scenario]
    public async Task A_driver_that_is_not_on_every_worker()
    {
        await Backend.AddWorkerAsync(IBackend.ZoneB);
        await Backend.Kube.DeleteAsync($"{KubeHttp.CsiNodes}/added-{IBackend.ZoneB}");
        Session.Run("Get-WorkerZone | New-ClusterEbsVolume -Size 10 -CountPerZone 2 | Register-EbsPersistentVolume").WithoutErrors();

        Assert.Equal($"added-{IBackend.ZoneB}", Text(Only("DriverNotOnNode"), "Target"));
    }

    [Scenario]
    public async Task A_volume_without_the_tag_that_its_driver_needs()
    {
        await RegisterAsync(await VolumeAsync());

        var finding = Only("DriverTagMissing");

        Assert.Equal("True", Text(finding, "Fixable"));
        var wanted = (IReadOnlyDictionary<string, string>)finding.Properties["WantedTags"].Value;
        Assert.Equal([new KeyValuePair<string, string>("KubernetesCluster", IBackend.Cluster)], wanted);
    }

    [Scenario]
    public void A_volume_that_kops_would_delete()
    {
        Session.Run($"'{IBackend.ZoneB}' | New-ClusterEbsVolume -Size 10 -AllowKopsDelete | Register-EbsPersistentVolume").WithoutErrors();

        var wanted = (IReadOnlyDictionary<string, string>)Only("KopsProtectionMissing").Properties["WantedTags"].Value;

        Assert.Equal([new KeyValuePair<string, string>($"kubernetes.io/cluster/{IBackend.Cluster}", "shared")], wanted);
    }

    [Scenario]
    public void A_static_volume_that_goes_with_its_claim()
    {
        Session.Run($"'{IBackend.ZoneB}' | New-ClusterEbsVolume -Size 10 | Register-EbsPersistentVolume -ReclaimPolicy Delete -AllowDeletePolicy").WithoutErrors();

        Assert.Equal("Retain", Text(Only("ReclaimPolicyDelete"), "WantedReclaimPolicy"));
    }

    [Scenario]
    public async Task A_PersistentVolume_whose_claim_is_gone()
    {
        Registered();
        await BindAsync("data", "manual-ebs-01");
        await Backend.Kube.DeleteAsync($"{KubeHttp.Claims}/data");
        await PhaseAsync("manual-ebs-01", "Released");

        var finding = Only("PersistentVolumeReleased");

        Assert.Equal(("default/data", "True"), (Text(finding, "Claim"), Text(finding, "Fixable")));
        Assert.Equal((await PersistentVolumeAsync("manual-ebs-01"))["metadata"]!["uid"]!.GetValue<string>(), Text(finding, "PersistentVolumeUid"));
    }

    [Scenario]
    public async Task A_PersistentVolume_that_could_not_be_reclaimed()
    {
        var id = await VolumeAsync(("KubernetesCluster", IBackend.Cluster));
        await CreateVolumeAsync("failing", id, spec => spec["persistentVolumeReclaimPolicy"] = "Delete", "manual-ebs");
        await BindAsync("data", "failing");
        await Backend.Kube.DeleteAsync($"{KubeHttp.Claims}/data");
        await PhaseAsync("failing", "Failed");

        Assert.Equal("failing", Text(Only("PersistentVolumeFailed"), "Target"));
    }

    [Scenario]
    public async Task A_PersistentVolume_that_is_being_deleted()
    {
        Registered();
        await BindAsync("data", "manual-ebs-01");
        await Backend.Kube.DeleteAsync($"{KubeHttp.Volumes}/manual-ebs-01");

        Assert.Contains("pv-protection", Text(Only("PersistentVolumeTerminating"), "Message"));
    }

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

    private static string? Text(PSObject finding, string property) => ScriptResult.Text(finding, property);

    private static JsonNode Json(string text) => JsonNode.Parse(text)!;

    private static JsonNode Affinity(string zone) => Json($$$"""
        {"required":{"nodeSelectorTerms":[{"matchExpressions":[{"key":"topology.kubernetes.io/zone","operator":"In","values":["{{{zone}}}"]}]}]} }
        """);

    private PSObject Only(string code) => Assert.Single(Session.Run($"Test-EbsPersistentVolume -Code {code}").WithoutErrors().Output);

    private string Registered() => Session.Run($"'{IBackend.ZoneB}' | New-ClusterEbsVolume -Size 10 | Register-EbsPersistentVolume").WithoutErrors().Each("VolumeId")[0]!;

    private Task<string> VolumeAsync(params (string Key, string Value)[] tags) => VolumeAsync(IBackend.ZoneB, tags);

    private async Task<string> VolumeAsync(string zone, params (string Key, string Value)[] tags)
    {
        var made = await Backend.Ec2.CallAsync(
            "CreateVolume",
            [("AvailabilityZone", zone), ("Size", "10"), ("VolumeType", "gp3"), .. Ec2Http.Tags("volume", tags.Select(tag => KeyValuePair.Create(tag.Key, tag.Value)).Append(new("by", "hand")))]);
        return made.Element("volumeId")!.Value;
    }

    private Task TagAsync(string id, string key, string value) =>
        Backend.Ec2.CallAsync("CreateTags", ("ResourceId.1", id), ("Tag.1.Key", key), ("Tag.1.Value", value));

    private async Task RegisterAsync(string id)
    {
        var zone = (await Backend.Ec2.AllVolumesAsync()).Single(volume => volume.Id == id).Zone;
        Session.Run($"Register-EbsPersistentVolume {id} -AvailabilityZone {zone} -Size 10 -Name by-hand").WithoutErrors();
    }

    private Task CreateVolumeAsync(string name, string id, Action<JsonNode> change, string storageClass = "other")
    {
        var volume = KubeObjects.PersistentVolume(name, KubeObjects.Csi(id), storageClass);
        change(volume["spec"]!);
        return Backend.Kube.CreateAsync(KubeHttp.Volumes, volume);
    }
}
