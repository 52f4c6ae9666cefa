using EbsPv.Module.Tests.Backends;
using EbsPv.Module.Tests.Engine;
using Xunit;

namespace EbsPv.Module.Tests.Scenarios;

/// <summary>What is said before the first pod comes: each thing once a run, whatever the number of volumes, and nothing when all is well.</summary>
public abstract class PreflightScenarios(IBackend backend) : ScenarioBase(backend)
{
    private const string Four = "Get-WorkerZone | New-ClusterEbsVolume -Size 10 -CountPerZone 2";
    private const string Register = $"{Four} | Register-EbsPersistentVolume -CreateStorageClass";

    [Scenario]
    public void When_all_is_well_nothing_is_said() => Assert.Empty(Warnings(Register));

    [Scenario]
    public async Task A_zone_whose_workers_take_no_pods_is_named_once()
    {
        Session.Run($"$volumes = {Four}").WithoutErrors();
        await Backend.Workers.CordonAsync(IBackend.ZoneB);
        await AssertZoneIsNamedAsync();
        await Backend.Workers.CordonAsync(IBackend.ZoneB, cordoned: false);
        await Backend.SetReadyAsync(IBackend.ZoneB, ready: false);
        await AssertZoneIsNamedAsync();
    }

    [Scenario]
    public async Task A_driver_that_is_missing_is_named_once()
    {
        await Backend.Workers.SetDriversAsync();

        var warning = Assert.Single(Warnings($"{Register} -VolumeSource Csi"));

        Assert.StartsWith("DriverMissing: this cluster has no driver ebs.csi.aws.com", warning);
    }

    [Scenario]
    public async Task A_driver_that_is_not_on_the_zone_s_nodes_is_named_once_for_the_zone()
    {
        await Backend.Workers.SetDriversAsync((Workers.Csi, [IBackend.ZoneC]));

        Assert.StartsWith("DriverNotInZone: no node in eu-west-1b has the driver ebs.csi.aws.com", Assert.Single(Warnings(Register)));
    }

    [Scenario]
    public void A_tag_that_the_driver_needs_is_named_once_with_the_volumes_that_lack_it()
    {
        var ids = Session.Run($"$volumes = {Four}; $volumes.VolumeId").WithoutErrors().Output.Select(one => one.ToString()).ToList();

        var csi = Assert.Single(Warnings("""
            $volumes | & { process { [pscustomobject]@{ VolumeId = $_.VolumeId; Name = $_.Name; AvailabilityZone = $_.AvailabilityZone; Size = $_.Size; InstanceId = $_.InstanceId; Tags = @{} } } } |
                Register-EbsPersistentVolume -CreateStorageClass -WhatIf
            """));
        var autoMode = Assert.Single(Warnings("$volumes | Register-EbsPersistentVolume -CreateStorageClass -VolumeSource EksAutoMode -WhatIf"), one => one.StartsWith("DriverTagMissing:", StringComparison.Ordinal));

        Assert.StartsWith("DriverTagMissing: the tag ebs.csi.aws.com/cluster=true (or, on kops, KubernetesCluster)", csi);
        Assert.Contains("is missing on 4 volumes: ", csi);
        Assert.All(ids, id => Assert.Contains(id, csi));
        Assert.Contains("eks:eks-cluster-name=proyecto.k8s.local", autoMode);
    }

    [Scenario]
    public async Task A_volume_that_two_PersistentVolumes_stand_for_is_named_with_both()
    {
        Session.Run(Register).WithoutErrors();
        var id = Text(await PersistentVolumeAsync("manual-ebs-01"), "spec.csi.volumeHandle");
        await Backend.Kube.CreateAsync(KubeHttp.Volumes, KubeObjects.PersistentVolume("copia", $"\"csi\":{{\"driver\":\"ebs.csi.aws.com\",\"volumeHandle\":\"{id}\"}}"));

        var warning = Assert.Single(Warnings(Register), one => one.StartsWith("VolumeRegisteredTwice:", StringComparison.Ordinal));

        Assert.Contains($"copia and manual-ebs-01 stand for the same volume {id}", warning);
    }

    [Scenario]
    public async Task SkipPreflight_says_nothing()
    {
        Session.Run($"$volumes = {Four}").WithoutErrors();
        await Backend.Workers.SetDriversAsync();
        await Backend.Workers.CordonAsync(IBackend.ZoneB);

        Assert.Empty(Warnings("$volumes | Register-EbsPersistentVolume -SkipPreflight -VolumeSource Csi -StorageClassName nadie"));
    }

    private async Task AssertZoneIsNamedAsync()
    {
        var warning = Assert.Single(Warnings("$volumes | Register-EbsPersistentVolume -CreateStorageClass"));
        Assert.StartsWith("NoWorkerInZone: eu-west-1b has no worker that is Ready and takes pods (workers are in eu-west-1c)", warning);
        await Task.CompletedTask;
    }

    private IReadOnlyList<string> Warnings(string script) => Session.Run(script).WithoutErrors().Warnings;
}
