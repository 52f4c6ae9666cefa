using EbsPv.Module.Tests.Backends;
using Xunit;

namespace EbsPv.Safety.Tests.Swaps;

/// <summary>A disk that is attached to an instance which no node stands for: it may run as well as any, and write.</summary>
public sealed class ForeignInstanceTests(SandboxBackend backend) : SwapTests(backend), IClassFixture<SandboxBackend>
{
    private const string Foreign = "i-0f0f0f0f0f0f0f0f1";

    [Theory]
    [InlineData("running")]
    [InlineData("stopping")]
    public async Task One_that_runs_is_no_dead_node(string state)
    {
        var cell = await AttachedAsync(state);

        var refused = Session.Run(Move(cell.Name)).OnlyError("ClaimInUse");
        var insisted = Session.Run($"{Move(cell.Name)} -FromLatestSnapshot").OnlyError("ClaimInUse");

        Assert.Contains($"EC2 attachment to {Foreign} (/dev/sdf), which is no node of the cluster.", refused.Exception.Message);
        Assert.DoesNotContain("not Ready", refused.Exception.Message);
        Assert.Contains($"aws ec2 detach-volume --volume-id {cell.VolumeId} --instance-id {Foreign}.", insisted.ErrorDetails.RecommendedAction);
    }

    [Theory]
    [InlineData("stopped")]
    [InlineData("terminated")]
    public async Task One_that_does_not_run_any_more_is_left_behind_with_its_node(string state)
    {
        var cell = await AttachedAsync(state);

        var told = Session.Run($"{Move(cell.Name)} -FromLatestSnapshot -WhatIf").WithoutErrors();
        var moved = Session.Run($"{Move(cell.Name)} -FromLatestSnapshot").WithoutErrors();

        Assert.Contains($"EC2 attachment to {Foreign} (/dev/sdf), which has no node and does not run", told.HostText);
        Assert.Equal([IBackend.ZoneB], moved.Each("AvailabilityZone"));
    }

    private async Task<SwapCell> AttachedAsync(string state)
    {
        var cell = Assert.Single(await PlantAsync(Holding.Bound, 1));
        await BackUpAsync([cell]);
        await Admin.AddInstanceAsync(new { instanceId = Foreign, availabilityZones = new[] { IBackend.ZoneC } });
        await Backend.AttachAsync(cell.VolumeId, Foreign);
        await Admin.AddInstanceAsync(new { instanceId = Foreign, availabilityZones = new[] { IBackend.ZoneC }, state });
        return cell;
    }
}
