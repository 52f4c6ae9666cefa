using System.Management.Automation;
using System.Text.Json.Nodes;
using EbsPv.Module.Tests.Backends;
using EbsPv.Module.Tests.Engine;
using Xunit;

namespace EbsPv.Module.Tests.Scenarios;

/// <summary>What Test-EbsPersistentVolume finds about volumes and PersistentVolumes.</summary>
public abstract class AuditScenarios(IBackend backend) : AuditScenarioBase(backend)
{
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
}
