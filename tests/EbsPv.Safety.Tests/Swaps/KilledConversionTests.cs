using System.Text.Json.Nodes;
using EbsPv.Module.Tests.Backends;
using EbsPv.Module.Tests.Engine;
using Xunit;

namespace EbsPv.Safety.Tests.Swaps;

/// <summary>Conversions to the CSI driver whose process is killed before and after each of their steps: the same line, run by another process, finishes
/// them.</summary>
public sealed class KilledConversionTests(SandboxBackend backend) : SwapTests(backend), IClassFixture<SandboxBackend>
{
    private const string Convert = "Test-EbsPersistentVolume -Code InTreeSource | Repair-EbsPersistentVolume -Confirm:$false -ThrottleLimit 64";

    [Theory]
    [InlineData(Holding.Bound)]
    [InlineData(Holding.Available)]
    [InlineData(Holding.Released)]
    public async Task The_same_line_finishes_a_conversion_that_was_killed_anywhere(Holding holding)
    {
        var steps = await StepsAsync(holding);
        var holds = SwapMatrix.BeforeAndAfter(steps);
        var matrix = new SwapMatrix(Sandbox, steps, holds, await PlantAsync(holding, holds.Count, "-VolumeSource InTree"));
        var before = await SwapWorld.ReadAsync(Backend);

        await SwapMatrix.KillAsync(Sandbox, Convert, matrix);
        await AssertOneUsableAtMostAsync(matrix.Cells);
        await Admin.ClearFaultsAsync();
        (await ShellProcess.RunAsync(ShellProcess.Import + Convert, Backend.Variables)).Succeeded();

        (await SwapProof.ReadAsync(Sandbox, before)).AssertNothingElse(copies: 0);
        var world = await SwapWorld.ReadAsync(Backend);
        foreach (var cell in matrix.Cells) await AssertConvertedAsync(world, before, cell, holding);
    }

    private async Task<IReadOnlyList<SwapStep>> StepsAsync(Holding holding)
    {
        var cell = Assert.Single(await PlantAsync(holding, 1, "-VolumeSource InTree"));
        await Admin.ClearLedgerAsync();
        Session.Run(Convert).WithoutErrors();
        var steps = SwapStep.Of(await Admin.CallsAsync(), cell);
        AssertWholeInCluster(steps);
        await Backend.ResetAsync();
        return steps;
    }

    private async Task AssertConvertedAsync(SwapWorld world, SwapWorld before, SwapCell cell, Holding holding)
    {
        var volume = world.PersistentVolume(cell.Name)!;
        Assert.Equal(cell.VolumeId, volume["spec"]!["csi"]?["volumeHandle"]?.GetValue<string>());
        Assert.Equal((holding.ToString(), holding == Holding.Bound ? "Delete" : "Retain"), (SwapWorld.Phase(volume), volume["spec"]!["persistentVolumeReclaimPolicy"]!.GetValue<string>()));
        Assert.Equal(cell.ClaimUid, volume["spec"]!["claimRef"]?["uid"]?.GetValue<string>());
        Assert.DoesNotContain("ebspv/", (volume["metadata"]!["annotations"] as JsonObject ?? []).ToJsonString());
        Assert.Equal(before.Volume(cell.VolumeId).Tags.OrderBy(tag => tag.Key), world.Volume(cell.VolumeId).Tags.OrderBy(tag => tag.Key));
        Assert.Equal(cell.Content, await Admin.ReadAsync(cell.VolumeId));
        if (holding != Holding.Bound) return;
        var claim = world.Claim(cell.Claim!)!;
        Assert.Equal((cell.ClaimUid, "Bound"), (SwapWorld.Uid(claim), SwapWorld.Phase(claim)));
        Assert.DoesNotContain("ebspv/", claim["metadata"]!.ToJsonString());
    }
}
