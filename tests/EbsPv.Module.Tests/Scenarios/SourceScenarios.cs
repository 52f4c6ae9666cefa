using System.Text.Json.Nodes;
using EbsPv.Module.Tests.Backends;
using Xunit;

namespace EbsPv.Module.Tests.Scenarios;

/// <summary>The driver that a PersistentVolume is written for, and where its pods may run: what the cluster can mount, or what was typed.</summary>
public abstract class SourceScenarios(IBackend backend) : ScenarioBase(backend)
{
    private const string AutoModeZone = "topology.ebs.csi.eks.amazonaws.com/zone", ComputeType = "eks.amazonaws.com/compute-type", Zone = "topology.kubernetes.io/zone";

    [Scenario]
    public async Task A_cluster_of_Auto_Mode_gets_its_driver_and_its_zone_label()
    {
        await Backend.Workers.SetDriversAsync((Workers.AutoMode, [IBackend.ZoneB, IBackend.ZoneC]));

        Register();

        var volume = await PersistentVolumeAsync("manual-ebs-01");
        Assert.Equal(Workers.AutoMode, Text(volume, "spec.csi.driver"));
        AssertAffinity(volume, (AutoModeZone, "In", IBackend.ZoneB));
        AssertLabels(volume, IBackend.ZoneB);
    }

    [Scenario]
    public async Task In_a_mixed_cluster_the_zone_decides_and_each_driver_is_kept_off_the_others_nodes()
    {
        await Backend.Workers.SetDriversAsync((Workers.Csi, [IBackend.ZoneB]), (Workers.AutoMode, [IBackend.ZoneC]));

        Register();

        var (first, second) = (await PersistentVolumeAsync("manual-ebs-01"), await PersistentVolumeAsync("manual-ebs-02"));
        Assert.Equal((Workers.Csi, Workers.AutoMode), (Text(first, "spec.csi.driver"), Text(second, "spec.csi.driver")));
        AssertAffinity(first, (Zone, "In", IBackend.ZoneB), (ComputeType, "NotIn", "auto"));
        AssertAffinity(second, (AutoModeZone, "In", IBackend.ZoneC), (ComputeType, "In", "auto"));
    }

    [Scenario]
    public async Task The_in_tree_source_has_an_affinity_and_the_zone_in_its_id()
    {
        var result = Session.Run($"{Line} -VolumeSource InTree -FileSystemType xfs -Partition 2").WithoutErrors();

        var volume = await PersistentVolumeAsync("manual-ebs-01");
        Assert.Equal(
            ($"aws://{IBackend.ZoneB}/{result.Each("VolumeId")[0]}", "xfs", "2"),
            (Text(volume, "spec.awsElasticBlockStore.volumeID"), Text(volume, "spec.awsElasticBlockStore.fsType"), Text(volume, "spec.awsElasticBlockStore.partition")));
        AssertAffinity(volume, (Zone, "In", IBackend.ZoneB));
        AssertLabels(volume, IBackend.ZoneB);
    }

    [Scenario]
    public async Task What_is_typed_is_written_whatever_the_cluster_has()
    {
        Session.Run("$volumes = Get-WorkerZone | New-ClusterEbsVolume -Size 10 -Count 3").WithoutErrors();
        foreach (var (index, source) in new[] { "Csi", "EksAutoMode", "InTree" }.Index())
            Session.Run($"$volumes[{index}] | Register-EbsPersistentVolume -VolumeSource {source} -Name {source.ToLowerInvariant()}").WithoutErrors();

        Assert.Equal(Workers.Csi, Text(await PersistentVolumeAsync("csi"), "spec.csi.driver"));
        Assert.Equal(Workers.AutoMode, Text(await PersistentVolumeAsync("eksautomode"), "spec.csi.driver"));
        Assert.StartsWith("aws://", Text(await PersistentVolumeAsync("intree"), "spec.awsElasticBlockStore.volumeID"));
        Assert.Equal(["Csi", "EksAutoMode", "InTree"], Session.Run("Get-EbsPersistentVolume").WithoutErrors().Each("VolumeSource"));
    }

    private void Register() => Session.Run(Line).WithoutErrors();

    private static void AssertAffinity(JsonNode volume, params (string Key, string Operator, string Value)[] expected)
    {
        var term = Assert.Single(volume["spec"]!["nodeAffinity"]!["required"]!["nodeSelectorTerms"]!.AsArray())!;
        Assert.Equal(expected, term["matchExpressions"]!.AsArray().Select(one => (Text(one!, "key")!, Text(one!, "operator")!, Text(one!, "values.0")!)));
    }

    private static void AssertLabels(JsonNode volume, string zone) => Assert.Equal(
        ("ebs", zone, IBackend.Region),
        (Text(volume, "metadata.labels.type"), volume["metadata"]!["labels"]![Zone]!.GetValue<string>(), volume["metadata"]!["labels"]!["topology.kubernetes.io/region"]!.GetValue<string>()));
}
