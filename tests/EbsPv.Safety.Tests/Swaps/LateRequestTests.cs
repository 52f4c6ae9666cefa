using EbsPv.Module.Tests.Backends;
using EbsPv.Module.Tests.Engine;
using Xunit;

namespace EbsPv.Safety.Tests.Swaps;

/// <summary>A request of a killed process that is on its way still arrives: after the same line has finished the move.</summary>
public sealed class LateRequestTests(SandboxBackend backend) : SwapTests(backend), IClassFixture<SandboxBackend>
{
    [Theory]
    [InlineData(Holding.Bound)]
    [InlineData(Holding.Available)]
    public async Task What_arrives_after_all_is_done_undoes_and_doubles_nothing(Holding holding)
    {
        var steps = await StepsOfMoveAsync(holding);
        // A snapshot that arrives then is one more: EC2 takes no token for it. It is tagged, and nothing is made of it.
        var matrix = await MatrixAsync(holding, steps, SwapMatrix.Paused(steps, "CreateSnapshot"));
        var before = await SwapWorld.ReadAsync(Backend);
        await SwapMatrix.KillAsync(Sandbox, AllAtOnce, matrix);

        (await ShellProcess.RunAsync(ShellProcess.Import + Evacuate, Backend.Variables)).Succeeded();
        await AssertMovedAsync(before, (holding, matrix.Cells));
        await Admin.ClearLedgerAsync();
        await Admin.ReleaseAsync();

        await Until.TrueAsync("all have arrived", async () => (await Admin.CallsAsync()).Count(SwapStep.IsChange) == matrix.Cells.Count);
        // The holder of a PersistentVolume without a claim can come late, too; it is for nothing, and the line takes it away.
        Session.Run(Evacuate).WithoutErrors();
        await AssertMovedAsync(before, (holding, matrix.Cells));
    }
}
