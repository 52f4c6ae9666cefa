using EbsPv.Module.Tests.Backends;
using EbsPv.Module.Tests.Engine;
using Xunit;

namespace EbsPv.Module.Tests.Scenarios;

/// <summary>What Get-ClusterStorageReport shows: each of volume, PersistentVolume, claim and pod, with the others or without.</summary>
public abstract class ReportScenarios(IBackend backend) : ScenarioBase(backend)
{
    [Scenario]
    public async Task A_pod_its_claim_PersistentVolume_and_volume_stand_in_one_row()
    {
        var id = Session.Run($"'{IBackend.ZoneB}' | New-ClusterEbsVolume -Size 10 | Register-EbsPersistentVolume").WithoutErrors().Each("VolumeId")[0]!;
        await BindAsync("data", "manual-ebs-01");
        var instance = Session.Run("(Get-WorkerZone)[0].InstanceId[0]").WithoutErrors().Output[0].ToString();
        var node = await NodeAsync(instance);
        await Backend.AttachAsync(id, instance);
        await Backend.Kube.CreateAsync(KubeHttp.Pods, KubeObjects.Pod("web", node, null, "data"));
        var snapshot = (await Backend.Ec2.CallAsync("CreateSnapshot", ("VolumeId", id))).Element("snapshotId")!.Value;

        var row = Session.Run("Get-ClusterStorageReport").WithoutErrors();

        Assert.Equal(["Registered"], row.Each("Kind"));
        Assert.Equal([id, "manual-ebs-01", "default/data", IBackend.ZoneB, "10", "gp3", "in-use", "Bound", "Bound", "0.88", "USD", "2026-10-06", snapshot],
            new[] { "VolumeId", "PersistentVolume", "Claim", "AvailabilityZone", "Size", "VolumeType", "State", "Status", "ClaimStatus", "MonthlyCost", "Currency", "PriceDate", "LastSnapshotId" }.Select(name => row.Each(name)[0]));
        Assert.Equal(["default/web", node, instance], new[] { "Pod", "Node", "AttachedTo" }.Select(name => Assert.Single((IEnumerable<string>)row.Output[0].Properties[name].Value)));
        Assert.True(row.Output[0].Properties["LastSnapshotAge"].Value is TimeSpan);
        await Backend.Ec2.CallAsync("DeleteSnapshot", ("SnapshotId", snapshot));
    }

    [Scenario]
    public async Task What_belongs_to_nothing_has_a_row_of_its_own()
    {
        Session.Run(Line).WithoutErrors();
        Session.Run($"'{IBackend.ZoneC}' | New-ClusterEbsVolume -Size 10 -SetName spare").WithoutErrors();
        await Backend.Kube.CreateAsync(KubeHttp.Volumes, KubeObjects.PersistentVolume("lost", KubeObjects.Csi("vol-0aaaaaaaaaaaaaaa1")));
        await Backend.Kube.CreateAsync(KubeHttp.Volumes, KubeObjects.PersistentVolume("placeholder", "\"awsElasticBlockStore\":{\"volumeID\":\"REPLACE_ME_1\"}"));
        await Backend.Kube.CreateAsync(KubeHttp.Claims, KubeObjects.Claim("waiting", "nobody"));

        var rows = Session.Run("Get-ClusterStorageReport").WithoutErrors();

        Assert.Equal(
            ["ClaimWaiting default/waiting", "Registered manual-ebs-01", "Registered manual-ebs-02", "Unregistered spare-01", "VolumeGone lost", "VolumeGone placeholder"],
            rows.Output.Select(row => $"{ScriptResult.Text(row, "Kind")} {ScriptResult.Text(row, "Claim") ?? ScriptResult.Text(row, "PersistentVolume") ?? ScriptResult.Text(row, "Name")}").Order(StringComparer.Ordinal));
        Assert.Equal("ClaimWaiting", rows.Each("Kind")[^1]);
        Assert.DoesNotContain(Backend.EtcdVolume, rows.Each("VolumeId"));
    }

    [Scenario]
    public void Objects_of_one_cluster_ask_for_one_report()
    {
        Session.Run(Line).WithoutErrors();

        Assert.Equal(["manual-ebs-01", "manual-ebs-02"], Session.Run("Get-EbsPersistentVolume | Get-ClusterStorageReport").WithoutErrors().Each("PersistentVolume").Order());
    }

    [Scenario]
    public async Task A_volume_that_nobody_tagged_is_found_by_its_PersistentVolume()
    {
        var made = await Backend.Ec2.CallAsync("CreateVolume", ("AvailabilityZone", IBackend.ZoneB), ("Size", "7"), ("VolumeType", "gp3"));
        var id = made.Element("volumeId")!.Value;
        await Backend.Kube.CreateAsync(KubeHttp.Volumes, KubeObjects.PersistentVolume("untagged", KubeObjects.Csi(id)));

        var row = Session.Run("Get-ClusterStorageReport").WithoutErrors();

        Assert.Equal(("Registered", "untagged", "7"), (row.Each("Kind")[0], row.Each("PersistentVolume")[0], row.Each("Size")[0]));
    }

    [Scenario]
    public async Task A_PersistentVolume_for_the_volume_of_etcd_shows_nothing_of_it()
    {
        await Backend.Kube.CreateAsync(KubeHttp.Volumes, KubeObjects.PersistentVolume("etcd", KubeObjects.Csi(Backend.EtcdVolume)));

        var row = Session.Run("Get-ClusterStorageReport").WithoutErrors();

        Assert.Equal(["VolumeUnknown"], row.Each("Kind"));
        Assert.Equal(new string?[] { null }, row.Each("Size"));
        Assert.Empty(Session.Run("Test-EbsPersistentVolume -Code VolumeGone, VolumeUnregistered, CapacityMismatch").WithoutErrors().Output);
    }

    [Scenario]
    public void Rows_pipe_on()
    {
        var spare = Session.Run($"'{IBackend.ZoneC}' | New-ClusterEbsVolume -Size 10 -SetName spare").WithoutErrors();

        var registered = Session.Run("Get-ClusterStorageReport | & { process { if ($_.Kind -eq 'Unregistered') { $_ } } } | Register-EbsPersistentVolume").WithoutErrors();

        Assert.Equal(("spare-01", spare.Each("VolumeId")[0]), (registered.Each("Name")[0], registered.Each("VolumeId")[0]));
        Assert.Equal(["Registered"], Session.Run("Get-ClusterStorageReport").WithoutErrors().Each("Kind"));
    }

    [Scenario]
    public void Prices_can_be_given_and_a_region_without_any_has_none()
    {
        Session.Run($"'{IBackend.ZoneB}' | New-ClusterEbsVolume -Size 10").WithoutErrors();
        Session.Set("EBSPV_VOLUME_PRICES", "eu-west-1.gp3=0.5");

        var given = Session.Run("Get-ClusterStorageReport").WithoutErrors();
        Session.Set("EBSPV_VOLUME_PRICES", "eu-west-1.gp3=cheap");
        var unreadable = Session.Run("Get-ClusterStorageReport");
        Session.Set("EBSPV_VOLUME_PRICES", null);

        Assert.Equal(("5.00", null), (given.Each("MonthlyCost")[0], given.Each("PriceDate")[0]));
        Assert.Contains("eu-west-1.gp3=cheap", unreadable.OnlyError("SettingInvalid").Exception.Message);
    }
}
