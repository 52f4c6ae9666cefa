using EbsPv.Module.Tests.Backends;
using EbsPv.Module.Tests.Engine;
using Xunit;

namespace EbsPv.Module.Tests.Scenarios;

/// <summary>What happens around the line: claims, other people's PersistentVolumes, other clusters' volumes.</summary>
public abstract class PersistentVolumeScenarios(IBackend backend) : ScenarioBase(backend)
{
    [Scenario]
    public void Volumes_and_PersistentVolumes_are_found_again()
    {
        var made = Session.Run(Line).WithoutErrors();

        var volumes = Session.Run("Get-ClusterEbsVolume -SetName manual-ebs").WithoutErrors();
        var named = Session.Run("Get-ClusterEbsVolume -Name *-02").WithoutErrors();
        var persistentVolumes = Session.Run("Get-EbsPersistentVolume manual-*").WithoutErrors();

        Assert.Equal(made.Each("VolumeId").Order(), volumes.Each("VolumeId").Order());
        Assert.Equal([made.Each("VolumeId")[1]], named.Each("VolumeId"));
        Assert.Equal(made.Each("VolumeId"), persistentVolumes.Each("VolumeId"));
        Assert.Equal(made.Each("AvailabilityZone"), persistentVolumes.Each("AvailabilityZone"));
    }

    [Scenario]
    public async Task PersistentVolumes_of_other_makers_are_listed_when_they_are_EBS()
    {
        await Backend.Kube.CreateAsync(KubeHttp.Volumes, KubeObjects.PersistentVolume("old", "\"awsElasticBlockStore\":{\"volumeID\":\"aws://eu-west-1b/vol-0aaaaaaaaaaaaaaa1\"}"));
        await Backend.Kube.CreateAsync(KubeHttp.Volumes, KubeObjects.PersistentVolume("auto", "\"csi\":{\"driver\":\"ebs.csi.eks.amazonaws.com\",\"volumeHandle\":\"vol-0aaaaaaaaaaaaaaa2\"}"));
        await Backend.Kube.CreateAsync(KubeHttp.Volumes, KubeObjects.PersistentVolume("share", "\"nfs\":{\"server\":\"192.0.2.1\",\"path\":\"/\"}"));

        var found = Session.Run("Get-EbsPersistentVolume").WithoutErrors();

        Assert.Equal(["auto", "old"], found.Each("Name"));
        Assert.Equal(["EksAutoMode", "InTree"], found.Each("VolumeSource"));
        Assert.Equal(["vol-0aaaaaaaaaaaaaaa2", "vol-0aaaaaaaaaaaaaaa1"], found.Each("VolumeId"));
    }

    [Scenario]
    public async Task A_volume_of_AWS_Tools_is_named_by_its_Name_tag()
    {
        const string Script = """
            [pscustomobject]@{ VolumeId = 'vol-0aaaaaaaaaaaaaaa1'; AvailabilityZone = 'eu-west-1b'; Size = 10; Tags = @([pscustomobject]@{ Key = 'Name'; Value = 'datos' }) },
            [pscustomobject]@{ VolumeId = 'vol-0aaaaaaaaaaaaaaa2'; AvailabilityZone = 'eu-west-1b'; Size = 10; Tags = @() } | Register-EbsPersistentVolume
            """;

        var result = Session.Run(Script).WithoutErrors();

        Assert.Equal(["datos", "vol-0aaaaaaaaaaaaaaa2"], result.Each("Name"));
        Assert.Equal(2, (await Backend.Kube.PersistentVolumesAsync()).Count);
    }

    [Scenario]
    public async Task A_volume_that_comes_twice_gets_one_PersistentVolume()
    {
        var result = Session.Run("'vol-0aaaaaaaaaaaaaaa1', 'vol-0aaaaaaaaaaaaaaa1' | Register-EbsPersistentVolume -AvailabilityZone eu-west-1b -Size 10 -Name datos").WithoutErrors();

        Assert.Equal(["datos"], result.Each("Name"));
        Assert.Single(await Backend.Kube.PersistentVolumesAsync());
    }

    [Scenario]
    public async Task A_bound_PersistentVolume_is_emitted_Bound()
    {
        Session.Run(Line).WithoutErrors();
        await BindAsync("data", "manual-ebs-01");

        var again = Session.Run(Line).WithoutErrors();

        Assert.Equal(["Bound", "Available"], again.Each("Status"));
        Assert.Equal(["default/data", null], again.Each("Claim"));
    }

    [Scenario]
    public async Task A_released_PersistentVolume_is_emitted_at_once_with_its_cure()
    {
        Session.Run(Line).WithoutErrors();
        await BindAsync("data", "manual-ebs-01");
        await Backend.Kube.DeleteAsync($"{KubeHttp.Claims}/data");
        await PhaseAsync("manual-ebs-01", "Released");

        var again = Session.Run(Line).WithoutErrors();

        Assert.Equal(["Released", "Available"], again.Each("Status"));
        var warning = Assert.Single(again.Warnings, warning => warning.StartsWith("PersistentVolumeReleased: manual-ebs-01", StringComparison.Ordinal));
        Assert.Contains("Test-EbsPersistentVolume manual-ebs-01", warning);
        await Backend.Kube.CreateAsync(KubeHttp.Claims, KubeObjects.Claim("data", "manual-ebs-01"));
        Session.Run($"{Advised(warning)} -Confirm:$false").WithoutErrors();
        await PhaseAsync("manual-ebs-01", "Bound");
    }

    // The line that a warning gives, as it is written.
    private static string Advised(string warning) => warning[warning.IndexOf("Test-EbsPersistentVolume", StringComparison.Ordinal)..warning.IndexOf(", unless", StringComparison.Ordinal)];

    [Scenario]
    public async Task A_terminating_PersistentVolume_is_emitted_at_once_with_its_cure()
    {
        Session.Run(Line).WithoutErrors();
        await BindAsync("data", "manual-ebs-01");
        await Backend.Kube.DeleteAsync($"{KubeHttp.Volumes}/manual-ebs-01");

        var again = Session.Run(Line).WithoutErrors();

        Assert.Equal(["Terminating", "Available"], again.Each("Status"));
        Assert.Single(again.Warnings, warning => warning.StartsWith("PersistentVolumeTerminating: manual-ebs-01", StringComparison.Ordinal));
    }

    [Scenario]
    public async Task A_name_that_is_taken_is_a_conflict_and_the_other_volume_goes_on()
    {
        await Backend.Kube.CreateAsync(KubeHttp.Volumes, KubeObjects.PersistentVolume("manual-ebs-01", "\"csi\":{\"driver\":\"ebs.csi.aws.com\",\"volumeHandle\":\"vol-0aaaaaaaaaaaaaaa1\"}"));

        var result = Session.Run(Line);

        var error = result.OnlyError("PersistentVolumeConflict");
        Assert.Contains("manual-ebs-01", error.Exception.Message);
        Assert.Contains("vol-0aaaaaaaaaaaaaaa1", error.Exception.Message);
        Assert.Equal(["manual-ebs-02"], result.Each("Name"));
        Assert.Equal(2, (await Backend.Ec2.VolumesAsync()).Count);
        Assert.Equal("other", (await PersistentVolumeAsync("manual-ebs-01"))["spec"]!["storageClassName"]!.GetValue<string>());
    }

    [Scenario]
    public async Task Volumes_made_for_another_clusters_workers_are_not_registered()
    {
        const string Script = """
            Get-WorkerZone | New-ClusterEbsVolume -Size 10 | & { process {
                [pscustomobject]@{ VolumeId = $_.VolumeId; Name = $_.Name; AvailabilityZone = $_.AvailabilityZone; Size = $_.Size; InstanceId = 'i-0aaaaaaaaaaaaaaa1' }
            } } | Register-EbsPersistentVolume
            """;

        var result = Session.Run(Script);

        Assert.Equal(["ClusterMismatch", "ClusterMismatch"], result.Errors.Select(ScriptResult.Id));
        Assert.Contains("i-0aaaaaaaaaaaaaaa1", result.Errors[0].Exception.Message);
        Assert.Empty(await Backend.Kube.PersistentVolumesAsync());
    }

    [Scenario]
    public void The_volume_of_etcd_is_never_listed()
    {
        Session.Run(Line).WithoutErrors();

        var all = Session.Run("Get-ClusterEbsVolume").WithoutErrors();
        var asked = Session.Run($"Get-ClusterEbsVolume -VolumeId {Backend.EtcdVolume}");

        Assert.Equal(2, all.Output.Count);
        Assert.DoesNotContain(Backend.EtcdVolume, all.Each("VolumeId"));
        Assert.Contains(Backend.EtcdVolume, asked.OnlyError("VolumeNotFound").Exception.Message);
    }

    [Scenario]
    public async Task The_volume_of_etcd_is_never_registered()
    {
        var script = $$"""
            [pscustomobject]@{ VolumeId = '{{Backend.EtcdVolume}}'; Name = 'etcd'; AvailabilityZone = 'eu-west-1a'; Size = 20
                Tags = @{ 'KubernetesCluster' = 'proyecto.k8s.local'; 'k8s.io/etcd/main' = 'a/a' } } | Register-EbsPersistentVolume
            """;

        var error = Session.Run(script).OnlyError("ControlPlaneVolume");

        Assert.Contains(Backend.EtcdVolume, error.Exception.Message);
        Assert.Empty(await Backend.Kube.PersistentVolumesAsync());
    }

    [Scenario]
    public async Task A_prefix_names_several_volumes_and_a_name_names_one()
    {
        var several = Session.Run("Get-WorkerZone | New-ClusterEbsVolume -Size 10 | Register-EbsPersistentVolume -Name datos -StorageClassName lenta").WithoutErrors();
        var one = Session.Run("'eu-west-1b' | New-ClusterEbsVolume -Size 5 -SetName otro | Register-EbsPersistentVolume -Name solo -Label @{ equipo = 'web' }").WithoutErrors();

        Assert.Equal(["datos-01", "datos-02"], several.Each("Name"));
        Assert.Equal(["lenta", "lenta"], several.Each("StorageClassName"));
        Assert.Equal(["solo"], one.Each("Name"));
        Assert.Equal("web", (await PersistentVolumeAsync("solo"))["metadata"]!["labels"]!["equipo"]!.GetValue<string>());
        Assert.Equal("5Gi", one.Each("Capacity")[0]);
    }
}
