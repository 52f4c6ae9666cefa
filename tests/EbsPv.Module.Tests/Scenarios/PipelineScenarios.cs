using System.Text.Json.Nodes;
using EbsPv.Module.Tests.Backends;
using EbsPv.Module.Tests.Engine;
using Xunit;

namespace EbsPv.Module.Tests.Scenarios;

/// <summary>The line that this project is about: what it makes, and what it does when it runs again.</summary>
public abstract class PipelineScenarios(IBackend backend) : ScenarioBase(backend)
{
    [Scenario]
    public async Task The_line_makes_a_volume_and_a_PersistentVolume_in_each_worker_zone()
    {
        var result = Session.Run(Line).WithoutErrors();

        var volumes = await Backend.Ec2.VolumesAsync();
        Assert.Equal([IBackend.ZoneB, IBackend.ZoneC], volumes.Select(volume => volume.Zone));
        Assert.All(volumes, volume => Assert.Equal((10, "gp3"), (volume.Size, volume.Type)));
        Assert.Equal(["manual-ebs-01", "manual-ebs-02"], result.Each("Name"));
        Assert.Equal(["Available", "Available"], result.Each("Status"));
        Assert.Equal(volumes.Select(volume => volume.Id), result.Each("VolumeId"));
        Assert.Equal(2, (await Backend.Kube.PersistentVolumesAsync()).Count);
        foreach (var volume in volumes) AssertRight(await PersistentVolumeAsync(volume.Name!), volume);
    }

    [Scenario]
    public async Task The_volumes_carry_the_tags_that_a_kops_cluster_needs()
    {
        Session.Run(Line).WithoutErrors();

        var first = (await Backend.Ec2.VolumesAsync())[0];
        var expected = new Dictionary<string, string>
        {
            ["Name"] = "manual-ebs-01",
            ["KubernetesCluster"] = IBackend.Cluster,
            [$"kubernetes.io/cluster/{IBackend.Cluster}"] = "shared",
            ["ebspv/set"] = "manual-ebs",
            ["ebspv/slot"] = $"{IBackend.ZoneB}/1",
        };
        Assert.Equal(expected.Select(Pair).Order(), first.Tags.Select(Pair).Order());

        static string Pair(KeyValuePair<string, string> tag) => $"{tag.Key}={tag.Value}";
    }

    [Scenario]
    public async Task The_same_line_again_makes_nothing_and_emits_the_same()
    {
        var first = Session.Run(Line).WithoutErrors();
        var volumes = Session.Run("Get-WorkerZone | New-ClusterEbsVolume -Size 10").WithoutErrors();
        var second = Session.Run(Line).WithoutErrors();

        Assert.Equal(first.Each("VolumeId"), volumes.Each("VolumeId"));
        Assert.Equal(["True", "True"], volumes.Each("Adopted"));
        Assert.Equal(first.Each("VolumeId"), second.Each("VolumeId"));
        Assert.Equal(["True", "True"], second.Each("Adopted"));
        Assert.Equal(2, (await Backend.Ec2.VolumesAsync()).Count);
        Assert.Equal(2, (await Backend.Kube.PersistentVolumesAsync()).Count);
    }

    [Scenario]
    public void Adopting_is_told_in_one_warning()
    {
        Session.Run(Line).WithoutErrors();

        var warning = Assert.Single(Session.Run(Line).WithoutErrors().Warnings);

        Assert.StartsWith("VolumesAdopted: 2 of 2", warning);
    }

    [Scenario]
    public void Kubernetes_names_the_same_zones_as_EC2()
    {
        var ec2 = Session.Run("Get-WorkerZone").WithoutErrors();
        var kubernetes = Session.Run("Get-WorkerZone -Source Kubernetes").WithoutErrors();

        Assert.Equal([IBackend.ZoneB, IBackend.ZoneC], ec2.Each("AvailabilityZone"));
        Assert.Equal(ec2.Each("AvailabilityZone"), kubernetes.Each("AvailabilityZone"));
        Assert.Equal(Ids(ec2), Ids(kubernetes));
        Assert.Equal(["Kops", "Kops"], ec2.Each("ClusterKind"));
        Assert.Equal(["Kops", "Kops"], kubernetes.Each("ClusterKind"));

        static IEnumerable<string> Ids(ScriptResult zones) => zones.Output.SelectMany(zone => (IReadOnlyList<string>)zone.Properties["InstanceId"].Value);
    }

    [Scenario]
    public async Task Zones_from_Kubernetes_make_the_same_set()
    {
        Session.Run("Get-WorkerZone -Source Kubernetes | New-ClusterEbsVolume -Size 10 | Register-EbsPersistentVolume").WithoutErrors();

        Assert.Equal(["True", "True"], Session.Run(Line).WithoutErrors().Each("Adopted"));
        Assert.Equal(2, (await Backend.Ec2.VolumesAsync()).Count);
    }

    [Scenario]
    public async Task Three_over_two_zones_are_two_and_one()
    {
        var result = Session.Run("Get-WorkerZone | New-ClusterEbsVolume -Size 10 -Count 3 | Register-EbsPersistentVolume").WithoutErrors();

        Assert.Equal(["manual-ebs-01", "manual-ebs-02", "manual-ebs-03"], result.Each("Name"));
        Assert.Equal([IBackend.ZoneB, IBackend.ZoneB, IBackend.ZoneC], result.Each("AvailabilityZone"));
        Assert.Equal([IBackend.ZoneB, IBackend.ZoneB, IBackend.ZoneC], (await Backend.Ec2.VolumesAsync()).Select(volume => volume.Zone));
    }

    [Scenario]
    public async Task A_higher_count_adds_only_what_is_missing()
    {
        var first = Session.Run(Line).WithoutErrors();

        var result = Session.Run("Get-WorkerZone | New-ClusterEbsVolume -Size 10 -CountPerZone 2").WithoutErrors();

        Assert.Equal(["True", "False", "True", "False"], result.Each("Adopted"));
        Assert.Equal(["manual-ebs-01", "manual-ebs-03", "manual-ebs-02", "manual-ebs-04"], result.Each("Name"));
        Assert.Subset(result.Each("VolumeId").ToHashSet(), first.Each("VolumeId").ToHashSet());
        Assert.Equal(4, (await Backend.Ec2.VolumesAsync()).Count);
    }

    [Scenario]
    public async Task A_third_zone_adds_only_its_own()
    {
        Session.Run(Line).WithoutErrors();
        await Backend.AddWorkerAsync(IBackend.ZoneA);

        var result = Session.Run(Line).WithoutErrors();

        Assert.Equal(["manual-ebs-03", "manual-ebs-01", "manual-ebs-02"], result.Each("Name"));
        Assert.Equal(["False", "True", "True"], result.Each("Adopted"));
        Assert.Equal(3, (await Backend.Ec2.VolumesAsync()).Count);
    }

    [Scenario]
    public async Task WhatIf_changes_nothing_and_shows_the_plan_of_the_whole_line()
    {
        var result = Session.Run("$WhatIfPreference = $true; " + Line).WithoutErrors();

        Assert.Equal(4, result.WhatIf.Count);
        Assert.Contains(result.WhatIf, line => line.Contains($"manual-ebs-01 in {IBackend.ZoneB}"));
        Assert.Equal(["planned", "planned"], result.Each("Status"));
        Assert.Equal([null, null], result.Each("VolumeId"));
        Assert.Equal(["manual-ebs-01", "manual-ebs-02"], result.Each("Name"));
        Assert.Empty(await Backend.Ec2.VolumesAsync());
        Assert.Empty(await Backend.Kube.PersistentVolumesAsync());
    }

    [Scenario]
    public async Task After_WhatIf_the_real_run_makes_what_was_shown()
    {
        var shown = Session.Run("Get-WorkerZone | New-ClusterEbsVolume -Size 10 -WhatIf | Register-EbsPersistentVolume -WhatIf").WithoutErrors();

        var made = Session.Run(Line).WithoutErrors();

        Assert.Equal(shown.Each("Name"), made.Each("Name"));
        Assert.Equal(shown.Each("AvailabilityZone"), made.Each("AvailabilityZone"));
        Assert.Equal(2, (await Backend.Ec2.VolumesAsync()).Count);
    }

    [Scenario]
    public async Task A_planned_volume_is_not_registered_for_real()
    {
        var result = Session.Run("Get-WorkerZone | New-ClusterEbsVolume -Size 10 -WhatIf | Register-EbsPersistentVolume");

        Assert.Equal(["VolumePlanned", "VolumePlanned"], result.Errors.Select(ScriptResult.Id));
        Assert.Empty(await Backend.Kube.PersistentVolumesAsync());
    }

    [Scenario]
    public async Task Confirm_asks_for_each_and_makes_what_is_agreed_to()
    {
        Session.Screen.Answers.Enqueue("No");
        Session.Screen.Answers.Enqueue("Yes");

        var result = Session.Run("Get-WorkerZone | New-ClusterEbsVolume -Size 10 -Confirm").WithoutErrors();

        Assert.Equal([IBackend.ZoneC], result.Each("AvailabilityZone"));
        Assert.Equal([IBackend.ZoneC], (await Backend.Ec2.VolumesAsync()).Select(volume => volume.Zone));
        Assert.Equal(2, Session.Screen.Questions.Count);
    }

    [Scenario]
    public void A_set_that_differs_from_what_is_typed_is_refused_whole()
    {
        Session.Run(Line).WithoutErrors();

        var error = Session.Run("Get-WorkerZone | New-ClusterEbsVolume -Size 20 -CountPerZone 2").OnlyError("VolumeSetMismatch");

        Assert.Contains("manual-ebs", error.Exception.Message);
    }

    [Scenario]
    public async Task Two_runs_one_after_the_other_in_processes_of_their_own_end_with_one_set()
    {
        for (var run = 0; run < 2; run++)
            (await ShellProcess.RunAsync(ShellProcess.Import + Line, Backend.Variables)).Succeeded();

        Assert.Equal(2, (await Backend.Ec2.VolumesAsync()).Count);
        Assert.Equal(2, (await Backend.Kube.PersistentVolumesAsync()).Count);
    }

    private static void AssertRight(JsonNode persistentVolume, Ec2Volume volume)
    {
        var spec = persistentVolume["spec"]!;
        var labels = persistentVolume["metadata"]!["labels"]!;
        var term = Assert.Single(spec["nodeAffinity"]!["required"]!["nodeSelectorTerms"]!.AsArray())!;
        var requirement = Assert.Single(term["matchExpressions"]!.AsArray())!;
        Assert.Equal("Available", Phase(persistentVolume));
        Assert.Equal(
            ("ebs.csi.aws.com", volume.Id, "ext4"),
            (Text(spec["csi"]!["driver"]), Text(spec["csi"]!["volumeHandle"]), Text(spec["csi"]!["fsType"])));
        Assert.Equal(("10Gi", "Retain", "manual-ebs"), (Text(spec["capacity"]!["storage"]), Text(spec["persistentVolumeReclaimPolicy"]), Text(spec["storageClassName"])));
        Assert.Equal("""["ReadWriteOnce"]""", spec["accessModes"]!.ToJsonString());
        Assert.Equal(("ebs", volume.Zone, IBackend.Region), (Text(labels["type"]), Text(labels["topology.kubernetes.io/zone"]), Text(labels["topology.kubernetes.io/region"])));
        Assert.Equal(("topology.kubernetes.io/zone", "In", volume.Zone), (Text(requirement["key"]), Text(requirement["operator"]), Text(requirement["values"]![0])));
    }

    private static string Text(JsonNode? node) => node!.GetValue<string>();
}
