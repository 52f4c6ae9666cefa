using EbsPv.Module.Tests.Backends;
using EbsPv.Module.Tests.Engine;
using Xunit;

namespace EbsPv.Module.Tests.Scenarios;

/// <summary>Volumes that Set-ClusterEbsVolume changes.</summary>
public abstract class ChangeScenarios(IBackend backend) : ScenarioBase(backend)
{
    private const string Make = "Get-WorkerZone | New-ClusterEbsVolume -Size 10";
    private const string Listed = "Get-ClusterEbsVolume -SetName manual-ebs";

    [Scenario]
    public async Task Piped_volumes_grow_in_one_pass()
    {
        var made = Session.Run(Make).WithoutErrors();

        var result = Session.Run($"{Listed} | Set-ClusterEbsVolume -Size 20Gi").WithoutErrors();

        Assert.Equal(made.Each("VolumeId").Order(), result.Each("VolumeId").Order());
        Assert.Equal(["20", "20"], result.Each("Size"));
        Assert.Equal([20, 20], (await Backend.Ec2.VolumesAsync()).Select(volume => volume.Size));
        Assert.Empty(result.Warnings);
    }

    [Scenario]
    public async Task The_daily_line_after_growing_changes_nothing()
    {
        var first = Session.Run(Line).WithoutErrors();
        Session.Run($"{Listed} | Set-ClusterEbsVolume -Size 20").WithoutErrors();

        var again = Session.Run(Line).WithoutErrors();

        Assert.Equal(first.Each("VolumeId"), again.Each("VolumeId"));
        Assert.Equal([20, 20], (await Backend.Ec2.VolumesAsync()).Select(volume => volume.Size));
        Assert.Equal(2, (await Backend.Kube.PersistentVolumesAsync()).Count);
    }

    [Scenario]
    public async Task The_same_change_again_is_no_change()
    {
        Session.Run(Make).WithoutErrors();
        Session.Run($"{Listed} | Set-ClusterEbsVolume -Size 20").WithoutErrors();

        var again = Session.Run($"{Listed} | Set-ClusterEbsVolume -Size 20").WithoutErrors();

        Assert.Equal(["20", "20"], again.Each("Size"));
        Assert.All(await ModificationsAsync(), volume => Assert.Equal(1, volume.Value));
    }

    [Scenario]
    public async Task A_smaller_size_is_refused_for_its_volume_only()
    {
        Session.Run($"'{IBackend.ZoneB}' | New-ClusterEbsVolume -Size 30").WithoutErrors();
        Session.Run($"'{IBackend.ZoneC}' | New-ClusterEbsVolume -Size 10").WithoutErrors();

        var result = Session.Run($"{Listed} | Set-ClusterEbsVolume -Size 20");

        Assert.Contains("30 GiB", result.OnlyError("ResizeNotLarger").Exception.Message);
        Assert.Equal([IBackend.ZoneC], result.Each("AvailabilityZone"));
        Assert.Equal([30, 20], (await Backend.Ec2.VolumesAsync()).Select(volume => volume.Size));
    }

    [Scenario]
    public async Task A_gp2_volume_becomes_gp3()
    {
        Session.Run($"'{IBackend.ZoneB}' | New-ClusterEbsVolume -Size 10 -VolumeType gp2").WithoutErrors();

        var result = Session.Run($"{Listed} | Set-ClusterEbsVolume -VolumeType gp3").WithoutErrors();

        Assert.Equal(["gp3"], result.Each("VolumeType"));
        Assert.Equal(["3000"], result.Each("Iops"));
        Assert.Equal(["125"], result.Each("Throughput"));
        Assert.Equal("gp3", Assert.Single(await Backend.Ec2.VolumesAsync()).Type);
    }

    [Scenario(Needs = Ability.Modifications)]
    public async Task A_large_gp2_volume_keeps_its_performance_and_Baseline_takes_it_away()
    {
        Session.Run($"'{IBackend.ZoneB}' | New-ClusterEbsVolume -Size 2000 -VolumeType gp2").WithoutErrors();
        Session.Run($"'{IBackend.ZoneC}' | New-ClusterEbsVolume -Size 2000 -VolumeType gp2").WithoutErrors();

        var kept = Session.Run($"{Listed} -AvailabilityZone {IBackend.ZoneB} | Set-ClusterEbsVolume -VolumeType gp3").WithoutErrors();
        var baseline = Session.Run($"{Listed} -AvailabilityZone {IBackend.ZoneC} | Set-ClusterEbsVolume -VolumeType gp3 -Baseline").WithoutErrors();

        Assert.Equal(["6000"], kept.Each("Iops"));
        Assert.Equal(["250"], kept.Each("Throughput"));
        Assert.Equal(["3000"], baseline.Each("Iops"));
        Assert.Equal(
            new (int?, int?)[] { (6000, 250), (3000, 125) }, (await Backend.Ec2.VolumesAsync()).Select(volume => (volume.Iops, volume.Throughput)));
    }

    [Scenario(Needs = Ability.Modifications)]
    public async Task WhatIf_shows_what_becomes_of_each_volume_and_sends_nothing()
    {
        var made = Session.Run($"'{IBackend.ZoneB}' | New-ClusterEbsVolume -Size 200 -VolumeType gp2").WithoutErrors();

        var result = Session.Run($"{Listed} | Set-ClusterEbsVolume -VolumeType gp3 -Size 300 -WhatIf").WithoutErrors();

        Assert.Equal(
            [$"What if: Change the EBS volume {made.Each("VolumeId")[0]} (manual-ebs-01) in {IBackend.ZoneB} from gp2, 200 GiB, 600 IOPS to gp3, 300 GiB, 3000 IOPS, 250 MiB/s."],
            result.WhatIf);
        Assert.Equal(["planned"], result.Each("State"));
        Assert.Equal([null], result.Each("VolumeId"));
        Assert.Equal(("gp2", 200), (await Backend.Ec2.VolumesAsync()).Select(volume => (volume.Type, volume.Size)).Single());
        Assert.Empty(await ModificationsAsync());
    }

    [Scenario]
    public async Task WhatIf_changes_nothing()
    {
        Session.Run(Make).WithoutErrors();

        var result = Session.Run($"{Listed} | Set-ClusterEbsVolume -Size 20 -WhatIf").WithoutErrors();

        Assert.Equal(2, result.WhatIf.Count);
        Assert.All(result.WhatIf, line => Assert.Matches("from gp3, 10 GiB.* to gp3, 20 GiB", line));
        Assert.Equal(["planned", "planned"], result.Each("State"));
        Assert.Equal([10, 10], (await Backend.Ec2.VolumesAsync()).Select(volume => volume.Size));
    }

    [Scenario(Needs = Ability.Modifications)]
    public async Task WaitFor_says_how_far_a_change_has_to_be()
    {
        var ids = Session.Run(Make).WithoutErrors().Each("VolumeId");

        Session.Run($"Set-ClusterEbsVolume {ids[0]} -Size 20 -WaitFor Completed").WithoutErrors();
        Session.Run($"Set-ClusterEbsVolume {ids[1]} -Size 20").WithoutErrors();

        Assert.Equal("completed", await ModificationStateAsync(ids[0]!));
        Assert.NotEqual("modifying", await ModificationStateAsync(ids[1]!));
    }

    [Scenario]
    public async Task The_volume_of_etcd_is_not_changed()
    {
        var error = Session.Run($"Set-ClusterEbsVolume {Backend.EtcdVolume} -Size 100").OnlyError("ControlPlaneVolume");

        Assert.Contains(Backend.EtcdVolume, error.Exception.Message);
        Assert.Equal(20, (await Backend.Ec2.AllVolumesAsync()).Single(volume => volume.Id == Backend.EtcdVolume).Size);
    }

    [Scenario]
    public async Task Confirm_asks_for_each_and_changes_what_is_agreed_to()
    {
        Session.Run(Make).WithoutErrors();
        Session.Screen.Answers.Enqueue("No");
        Session.Screen.Answers.Enqueue("Yes");

        var result = Session.Run($"{Listed} | Set-ClusterEbsVolume -Size 20 -Confirm").WithoutErrors();

        var changed = Assert.Single(result.Each("VolumeId"));
        Assert.Equal([changed], (await Backend.Ec2.VolumesAsync()).Where(volume => volume.Size == 20).Select(volume => volume.Id));
        Assert.Equal(2, Session.Screen.Questions.Count);
        Assert.Contains($"volume {changed} ", Session.Screen.Questions[1]);
    }

    private async Task<string> ModificationStateAsync(string volume)
    {
        var answer = await Backend.Ec2.CallAsync("DescribeVolumesModifications", ("VolumeId.1", volume));
        return answer.Descendants("modificationState").Single().Value;
    }

    private async Task<Dictionary<string, int>> ModificationsAsync()
    {
        var mine = (await Backend.Ec2.VolumesAsync()).Select(volume => volume.Id).ToHashSet();
        var answer = await Backend.Ec2.CallAsync("DescribeVolumesModifications");
        return answer.Descendants("volumeId").Select(id => id.Value).Where(mine.Contains).GroupBy(id => id).ToDictionary(group => group.Key, group => group.Count());
    }
}
