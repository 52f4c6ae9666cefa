using EbsPv.Module.Tests.Backends;
using EbsPv.Module.Tests.Engine;
using Xunit;

namespace EbsPv.Module.Tests.Scenarios;

/// <summary>The process is killed in the middle of a step: what was done is found by the same line, what was under way may still arrive.</summary>
public sealed class KillTests(SandboxBackend backend) : SandboxTests(backend)
{
    [Theory]
    [InlineData("Hang", "CreateVolume", 0)]
    [InlineData("HangAfter", "CreateVolume", 1)]
    [InlineData("Hang", "create persistentvolumes", 2)]
    [InlineData("HangAfter", "create persistentvolumes", 2)]
    public async Task The_same_line_finishes_what_a_killed_run_began(string kind, string operation, int volumes)
    {
        await KilledAsync(kind, operation);
        Assert.Equal(volumes, (await Backend.Ec2.VolumesAsync()).Count);

        await AssertFinishedAsync();
    }

    [Fact]
    public async Task A_create_that_arrives_after_its_process_was_killed_makes_no_second_volume()
    {
        await KilledAsync("Pause", "CreateVolume");
        Assert.Empty(await Backend.Ec2.VolumesAsync());
        await Admin.ReleaseAsync();
        await Until.TrueAsync("the volume is made", async () => (await Backend.Ec2.VolumesAsync()).Count == 1);

        await AssertFinishedAsync();
    }

    private async Task KilledAsync(string kind, string operation)
    {
        await Admin.AddFaultAsync(new { kind, operation, name = "fatal" });
        const string oneByOne = "Get-WorkerZone | New-ClusterEbsVolume -Size 10 -ThrottleLimit 1 | Register-EbsPersistentVolume -ThrottleLimit 1";
        await ShellProcess.KillAsync(ShellProcess.Import + oneByOne, Backend.Variables, () => Admin.StruckAsync("fatal"));
    }

    private async Task AssertFinishedAsync()
    {
        var result = Session.Run(Line).WithoutErrors();

        Assert.Equal(["Available", "Available"], result.Each("Status"));
        Assert.Equal((await Backend.Ec2.VolumesAsync()).Select(volume => volume.Id), result.Each("VolumeId"));
        Assert.Equal([$"{IBackend.ZoneB}/1", $"{IBackend.ZoneC}/1"], (await Backend.Ec2.VolumesAsync()).Select(volume => volume.Tags["ebspv/slot"]));
        Assert.Equal(2, (await Backend.Kube.PersistentVolumesAsync()).Count);
    }
}
