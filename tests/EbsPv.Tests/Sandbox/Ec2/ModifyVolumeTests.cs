using Amazon.EC2;
using Amazon.EC2.Model;
using EbsPv.Sandbox.Ec2;
using Xunit;

namespace EbsPv.Tests.Sandbox.Ec2;

public class ModifyVolumeTests
{
    private const string Volume = KopsCluster.ForeignVolume;

    private static readonly Ec2Settings Slow = new() { ModifyTime = TimeSpan.FromSeconds(4), OptimizeTime = TimeSpan.FromSeconds(60) };

    [Fact]
    public async Task A_modification_is_modifying_then_optimizing_then_completed_and_the_volume_changes_when_it_optimizes()
    {
        await using var ec2 = await Ec2Harness.StartAsync(Slow);
        var answer = await ModifyAsync(ec2, new() { VolumeId = Volume, Size = 200 });
        Assert.Equal(("modifying", 100, 200), (answer.ModificationState.Value, answer.OriginalSize, answer.TargetSize));
        ec2.Pass(3.9);
        Assert.Equal(("modifying", 100), await SeenAsync(ec2));
        ec2.Pass(0.2);
        Assert.Equal(("optimizing", 200), await SeenAsync(ec2));
        ec2.Pass(60);
        Assert.Equal(("completed", 200), await SeenAsync(ec2));
    }

    [Fact]
    public async Task A_modification_that_was_told_to_fail_leaves_the_volume_as_it_was_and_lets_the_next_one_begin()
    {
        await using var ec2 = await Ec2Harness.StartAsync(Slow with { FailingModifications = [Volume] });
        await ModifyAsync(ec2, new() { VolumeId = Volume, Size = 200 });
        ec2.Pass(5);
        Assert.Equal(("failed", 100), await SeenAsync(ec2));
        ec2.Server.Ec2.Settings = Slow;
        Assert.Equal(100, (await ModifyAsync(ec2, new() { VolumeId = Volume, Size = 300 })).OriginalSize);
    }

    [Theory]
    [InlineData(1, "MODIFYING")]
    [InlineData(10, "OPTIMIZING")]
    public async Task No_other_modification_begins_while_one_is_under_way(double after, string state)
    {
        await using var ec2 = await Ec2Harness.StartAsync(Slow);
        await ModifyAsync(ec2, new() { VolumeId = Volume, Size = 200 });
        ec2.Pass(after);
        var error = await Ec2Harness.RefusedAsync(() => ModifyAsync(ec2, new() { VolumeId = Volume, Size = 300 }), "IncorrectModificationState");
        Assert.EndsWith($"cannot be modified in modification state {state}", error.Message);
    }

    [Fact]
    public async Task A_volume_is_modified_four_times_in_any_24_hours()
    {
        await using var ec2 = await Ec2Harness.StartAsync(Slow);
        for (var size = 101; size <= 104; size++)
        {
            await ModifyAsync(ec2, new() { VolumeId = Volume, Size = size });
            ec2.Pass(3600);
        }

        var error = await Ec2Harness.RefusedAsync(() => ModifyAsync(ec2, new() { VolumeId = Volume, Size = 105 }), "VolumeModificationRateExceeded");
        Assert.Contains("maximum modification rate per volume", error.Message);
        ec2.Pass(20 * 3600 + 1);
        Assert.Equal(105, (await ModifyAsync(ec2, new() { VolumeId = Volume, Size = 105 })).TargetSize);
        ec2.Pass(60 * 5);
        await Ec2Harness.RefusedAsync(() => ModifyAsync(ec2, new() { VolumeId = Volume, Size = 106 }), "VolumeModificationRateExceeded");
    }

    [Theory]
    [InlineData("Size=99", "InvalidParameterValue", "New size cannot be smaller")]
    [InlineData("Size=65537", "InvalidParameterValue", "too large")]
    [InlineData("VolumeType=gp4", "UnknownVolumeType", "gp4")]
    [InlineData("VolumeType=standard&Size=2000", "InvalidParameterValue", "too large")]
    [InlineData("VolumeType=gp2&Iops=300", "InvalidParameterCombination", "iops")]
    [InlineData("VolumeType=io2&Throughput=200", "InvalidParameterCombination", "throughput")]
    [InlineData("Iops=2999", "InvalidParameterValue", "too low")]
    [InlineData("Iops=80001", "InvalidParameterValue", "too high")]
    [InlineData("Iops=50001", "InvalidParameterValue", "Iops to volume size")]
    [InlineData("Throughput=124", "InvalidParameterValue", "too low")]
    [InlineData("Throughput=751", "InvalidParameterValue", "Throughput (MiBps) to iops")]
    [InlineData("MultiAttachEnabled=true", "InvalidParameterCombination", "MultiAttachEnabled")]
    [InlineData("ClientToken=x", "UnknownParameter", "ClientToken")]
    [InlineData("DryRun=false", "MissingParameter", "size")]
    public async Task What_breaks_a_rule_is_refused_and_changes_nothing(string parameters, string code, string message)
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        var refused = await ec2.CodeAsync("ModifyVolume", [$"VolumeId={Volume}", .. parameters.Split('&')]);
        Assert.Equal(code, refused.Code);
        Assert.Contains(message, refused.Message);
        Assert.Empty(ec2.Server.Ec2.FindVolume(Volume)!.Modifications);
    }

    [Theory]
    [InlineData(Ec2Harness.Nowhere, "InvalidVolume.NotFound")]
    [InlineData("vol-xyz", "InvalidVolumeID.Malformed")]
    public async Task What_does_not_exist_is_not_modified(string id, string code)
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        await Ec2Harness.RefusedAsync(() => ModifyAsync(ec2, new() { VolumeId = id, Size = 200 }), code);
    }

    [Fact]
    public async Task A_volume_in_use_is_modified_and_one_that_is_creating_is_not()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        Assert.Equal(200, (await ModifyAsync(ec2, new() { VolumeId = KopsCluster.RootVolumeB, Size = 200 })).TargetSize);
        var creating = await ec2.CreateAsync();
        await Ec2Harness.RefusedAsync(() => ModifyAsync(ec2, new() { VolumeId = creating.VolumeId, Size = 200 }), "IncorrectState");
    }

    [Fact]
    public async Task A_dry_run_modifies_nothing()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        await Ec2Harness.RefusedAsync(() => ModifyAsync(ec2, new() { VolumeId = Volume, Size = 200, DryRun = true }), "DryRunOperation");
        Assert.Empty(ec2.Server.Ec2.FindVolume(Volume)!.Modifications);
    }

    [Theory]
    [InlineData(100, 3_000, 125)]
    [InlineData(171, 3_000, 250)]
    [InlineData(2_000, 6_000, 250)]
    [InlineData(16_384, 16_000, 250)]
    public async Task From_gp2_to_gp3_without_values_the_volume_keeps_its_performance_or_gets_the_baseline(int size, int iops, int throughput)
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        var id = ec2.Server.Ec2.AddVolume(new VolumeSeed { VolumeType = "gp2", Size = size }.Volumes(ec2.Server.Clock.GetUtcNow()).Single()).VolumeId;
        var answer = await ModifyAsync(ec2, new() { VolumeId = id, VolumeType = VolumeType.Gp3 });
        Assert.Equal((iops, throughput), (answer.TargetIops, answer.TargetThroughput));
    }

    [Fact]
    public async Task What_is_not_named_stays_or_becomes_the_new_types_own()
    {
        await using var ec2 = await Ec2Harness.StartAsync(new Ec2Settings { OptimizeTime = TimeSpan.Zero });
        var faster = await ModifyAsync(ec2, new() { VolumeId = Volume, Iops = 6_000, Throughput = 500 });
        Assert.Equal((6_000, 500, 100), (faster.TargetIops, faster.TargetThroughput, faster.TargetSize));
        ec2.Pass(1);
        var larger = await ModifyAsync(ec2, new() { VolumeId = Volume, Size = 150 });
        Assert.Equal((6_000, 500, 150), (larger.TargetIops, larger.TargetThroughput, larger.TargetSize));
        ec2.Pass(1);
        var other = await ModifyAsync(ec2, new() { VolumeId = Volume, VolumeType = VolumeType.Io2 });
        Assert.Equal((3_000, null, "io2"), (other.TargetIops, other.TargetThroughput, other.TargetVolumeType.Value));
    }

    [Fact]
    public async Task Modifications_draw_from_a_bucket_of_50_and_5_a_second()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        for (var call = 0; call < 50; call++)
            Assert.Equal("InvalidVolume.NotFound", (await ec2.CodeAsync("ModifyVolume", $"VolumeId={Ec2Harness.Nowhere}", "Size=1")).Code);
        Assert.Equal("RequestLimitExceeded", (await ec2.CodeAsync("ModifyVolume", $"VolumeId={Volume}", "Size=200")).Code);
        ec2.Pass(0.2);
        Assert.Equal("", (await ec2.CodeAsync("ModifyVolume", $"VolumeId={Volume}", "Size=200")).Code);
    }

    private static async Task<VolumeModification> ModifyAsync(Ec2Harness ec2, ModifyVolumeRequest request) =>
        (await ec2.Client.ModifyVolumeAsync(request, Ec2Harness.Stop)).VolumeModification;

    private static async Task<(string State, int Size)> SeenAsync(Ec2Harness ec2)
    {
        var modifications = await ec2.Client.DescribeVolumesModificationsAsync(new() { VolumeIds = [Volume] }, Ec2Harness.Stop);
        var volumes = await ec2.Client.DescribeVolumesAsync(new DescribeVolumesRequest { VolumeIds = [Volume] }, Ec2Harness.Stop);
        return (modifications.VolumesModifications.Single().ModificationState.Value, volumes.Volumes.Single().Size!.Value);
    }
}
