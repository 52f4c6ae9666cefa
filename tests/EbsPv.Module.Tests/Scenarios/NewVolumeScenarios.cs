using EbsPv.Module.Tests.Backends;
using EbsPv.Module.Tests.Engine;
using Xunit;

namespace EbsPv.Module.Tests.Scenarios;

/// <summary>What a new volume can be asked to be, judged by EC2's own answers.</summary>
public abstract class NewVolumeScenarios(IBackend backend) : ScenarioBase(backend)
{
    private const string Key = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";

    [Scenario]
    public async Task Performance_that_is_asked_for_is_what_EC2_has()
    {
        var result = Session.Run($"'{IBackend.ZoneB}' | New-ClusterEbsVolume -Size 20 -Iops 6000 -Throughput 500").WithoutErrors();

        var volume = Assert.Single(await Backend.Ec2.VolumesAsync());
        Assert.Equal(("gp3", 20, 6000, 500), (volume.Type, volume.Size, volume.Iops, volume.Throughput));
        Assert.Equal(["6000"], result.Each("Iops"));
        Assert.Equal(["500"], result.Each("Throughput"));
    }

    [Scenario]
    public async Task A_key_encrypts_also_when_Encrypted_is_not_typed()
    {
        var result = Session.Run($"'{IBackend.ZoneB}' | New-ClusterEbsVolume -Size 10 -KmsKeyId {Key}").WithoutErrors();

        var volume = Assert.Single(await Backend.Ec2.VolumesAsync());
        Assert.True(volume.Encrypted);
        Assert.Equal(Key, volume.KmsKeyId);
        Assert.Equal(["True"], result.Each("Encrypted"));
        Assert.Equal([Key], result.Each("KmsKeyId"));
    }

    [Scenario]
    public async Task Encrypted_is_sent_as_typed()
    {
        Session.Run($"'{IBackend.ZoneB}' | New-ClusterEbsVolume -Size 10 -Encrypted $true").WithoutErrors();
        Session.Run($"'{IBackend.ZoneC}' | New-ClusterEbsVolume -Size 10 -Encrypted $false").WithoutErrors();

        Assert.Equal([true, false], (await Backend.Ec2.VolumesAsync()).Select(volume => volume.Encrypted));
    }

    [Scenario]
    public async Task A_volume_begins_from_a_snapshot()
    {
        var snapshot = await SnapshotAsync();

        var result = Session.Run($"'{IBackend.ZoneC}' | New-ClusterEbsVolume -Size 10 -SetName copia -SnapshotId {snapshot}").WithoutErrors();

        Assert.Equal(snapshot, Assert.Single(await Backend.Ec2.VolumesAsync("copia")).SnapshotId);
        Assert.Equal([snapshot], result.Each("SnapshotId"));
    }

    [Scenario(Needs = Ability.InitializationRate)]
    public async Task A_snapshot_is_loaded_at_the_rate_that_is_asked_for()
    {
        var snapshot = await SnapshotAsync();

        Session.Run($"'{IBackend.ZoneC}' | New-ClusterEbsVolume -Size 10 -SetName copia -SnapshotId {snapshot} -VolumeInitializationRate 200").WithoutErrors();

        Assert.Equal(200, Assert.Single(await Backend.Ec2.VolumesAsync("copia")).InitializationRate);
    }

    [Scenario]
    public async Task Several_instances_may_attach_what_is_asked_for_as_such()
    {
        var result = Session.Run($"'{IBackend.ZoneB}' | New-ClusterEbsVolume -Size 10 -VolumeType io2 -Iops 1000 -MultiAttachEnabled").WithoutErrors();

        var volume = Assert.Single(await Backend.Ec2.VolumesAsync());
        Assert.Equal(("io2", 1000, true), (volume.Type, volume.Iops, volume.MultiAttachEnabled));
        Assert.Equal(["True"], result.Each("MultiAttachEnabled"));
    }

    [Scenario]
    public async Task The_same_specification_again_makes_nothing()
    {
        const string Script = $"'{IBackend.ZoneB}' | New-ClusterEbsVolume -Size 20 -VolumeType io2 -Iops 1000 -KmsKeyId {Key} -MultiAttachEnabled -Tag @{{ equipo = 'datos' }}";
        var first = Session.Run(Script).WithoutErrors();

        var second = Session.Run(Script).WithoutErrors();

        Assert.Equal(first.Each("VolumeId"), second.Each("VolumeId"));
        Assert.Equal(["True"], second.Each("Adopted"));
        Assert.Single(await Backend.Ec2.VolumesAsync());
    }

    [Scenario]
    public async Task Other_performance_than_the_set_has_is_refused()
    {
        Session.Run($"'{IBackend.ZoneB}' | New-ClusterEbsVolume -Size 20 -Iops 6000").WithoutErrors();

        var error = Session.Run($"'{IBackend.ZoneB}', '{IBackend.ZoneC}' | New-ClusterEbsVolume -Size 20 -Iops 7000").OnlyError("VolumeSetMismatch");

        Assert.Contains("7000", error.Exception.Message);
        Assert.Single(await Backend.Ec2.VolumesAsync());
    }

    private async Task<string> SnapshotAsync()
    {
        var source = Session.Run($"'{IBackend.ZoneB}' | New-ClusterEbsVolume -Size 10 -SetName origen").WithoutErrors().Each("VolumeId")[0]!;
        var tags = new Dictionary<string, string> { ["ebspv/operation"] = "test" };
        var answer = await Backend.Ec2.CallAsync("CreateSnapshot", [("VolumeId", source), .. Ec2Http.Tags("snapshot", tags)]);
        return answer.Element("snapshotId")!.Value;
    }
}
