using EbsPv.Module.Tests.Backends;
using EbsPv.Module.Tests.Engine;
using Xunit;

namespace EbsPv.Module.Tests.Scenarios;

/// <summary>What rests on rules of EC2 that not every stand-in for it has.</summary>
public abstract class Ec2RuleScenarios(IBackend backend) : ScenarioBase(backend)
{
    [Scenario(Needs = Ability.ClientToken)]
    public Task Two_runs_side_by_side_end_with_one_set() => EndWithOneSetAsync(2);

    [Scenario(Needs = Ability.ClientToken)]
    public Task Eight_runs_side_by_side_end_with_one_set() => EndWithOneSetAsync(8);

    [Scenario(Needs = Ability.CreatingState)]
    public void NoWait_emits_volumes_that_are_still_being_created()
    {
        var result = Session.Run("Get-WorkerZone | New-ClusterEbsVolume -Size 10 -NoWait").WithoutErrors();

        Assert.Equal(["creating", "creating"], result.Each("State"));
    }

    [Scenario(Needs = Ability.CreatingState)]
    public void Without_NoWait_volumes_come_when_they_are_available()
    {
        var result = Session.Run("Get-WorkerZone | New-ClusterEbsVolume -Size 10").WithoutErrors();

        Assert.Equal(["available", "available"], result.Each("State"));
        Assert.Equal(["False", "False"], result.Each("Adopted"));
    }

    [Scenario(Needs = Ability.StrictParameters)]
    public async Task What_EC2_refuses_is_told_in_its_own_words()
    {
        Session.Set("EBSPV_VOLUME_LIMITS", "gp3=1-999999");

        var error = Session.Run("'eu-west-1b' | New-ClusterEbsVolume -Size 70000").OnlyError("VolumeRequestInvalid");

        Assert.Contains("CreateVolume", error.Exception.Message);
        Assert.Contains("70000", error.Exception.Message);
        Assert.Empty(await Backend.Ec2.VolumesAsync());
    }

    private async Task EndWithOneSetAsync(int runs)
    {
        var results = await Task.WhenAll(Enumerable.Range(0, runs).Select(_ => ShellProcess.RunAsync(ShellProcess.Import + Line, Backend.Variables)));

        Assert.All(results, result => result.Succeeded());
        var volumes = await Backend.Ec2.VolumesAsync();
        Assert.Equal([$"{IBackend.ZoneB}/1", $"{IBackend.ZoneC}/1"], volumes.Select(volume => volume.Tags["ebspv/slot"]));
        Assert.Equal(
            volumes.Select(volume => volume.Id),
            (await Backend.Kube.PersistentVolumesAsync()).OrderBy(Name).Select(volume => volume["spec"]!["csi"]!["volumeHandle"]!.GetValue<string>()));
    }
}
