using EbsPv.Module.Tests.Backends;
using EbsPv.Module.Tests.Engine;
using Xunit;

namespace EbsPv.Safety.Tests.Swaps;

/// <summary>Moves whose process is killed before and after each of their steps: the same line, run by another process, finishes them.</summary>
public sealed class KilledMoveTests(SandboxBackend backend) : SwapTests(backend), IClassFixture<SandboxBackend>
{
    [Theory]
    [InlineData(Holding.Bound)]
    [InlineData(Holding.Available)]
    [InlineData(Holding.Released)]
    public async Task The_same_line_finishes_a_move_that_was_killed_anywhere(Holding holding)
    {
        var steps = await StepsOfMoveAsync(holding);
        var matrix = await MatrixAsync(holding, steps, SwapMatrix.BeforeAndAfter(steps));
        var before = await SwapWorld.ReadAsync(Backend);

        await SwapMatrix.KillAsync(Sandbox, AllAtOnce, matrix);
        await AssertOneUsableAtMostAsync(matrix.Cells);
        await Admin.ClearFaultsAsync();
        await SwapMatrix.LetAMinutePassAsync(Sandbox);
        var again = await ShellProcess.RunAsync(ShellProcess.Import + string.Join('\n', matrix.Cells.Select(cell => Told(Move(cell.Name)))), Backend.Variables);

        Assert.Equal(matrix.Cells.Select(cell => $"{cell.Name} {holding}"), again.Succeeded().Lines);
        await AssertMovedAsync(before, (holding, matrix.Cells));
    }

    [Fact]
    public async Task So_it_is_with_what_was_prepared_by_Retain_and_has_lost_its_claims_and_nobody_deletes_a_disk()
    {
        var steps = await StepsAsync(() => PlantPreparedAsync(1));
        // A change of the holder that met one of its controller's is sent twice, and the last change of the PersistentVolume is not told from it by its
        // number: the cuts of SwapCutTests are before and after that one, too.
        var holds = SwapMatrix.BeforeAndAfter(steps).Where(hold => steps[hold.Step] is not { Operation: "patch persistentvolumes", Skip: > 1 }).ToList();
        var matrix = new SwapMatrix(Sandbox, steps, holds, await PlantPreparedAsync(holds.Count));
        var before = await SwapWorld.ReadAsync(Backend);

        await SwapMatrix.KillAsync(Sandbox, AllAtOnce, matrix);
        await AssertOneUsableAtMostAsync(matrix.Cells);
        await Admin.ClearFaultsAsync();
        await SwapMatrix.LetAMinutePassAsync(Sandbox);
        (await ShellProcess.RunAsync(ShellProcess.Import + string.Join('\n', matrix.Cells.Select(cell => Move(cell.Name))), Backend.Variables)).Succeeded();

        await AssertMovedAsync(before, (Holding.Released, matrix.Cells));
    }

    [Fact]
    public async Task A_piped_line_finishes_what_it_can_list_and_what_is_not_there_to_be_listed()
    {
        var (ofBound, ofFree) = (await StepsOfMoveAsync(Holding.Bound), await StepsOfMoveAsync(Holding.Available));
        var bound = await MatrixAsync(Holding.Bound, ofBound, SwapMatrix.BeforeAndAfter(ofBound));
        var free = await MatrixAsync(Holding.Available, ofFree, SwapMatrix.BeforeAndAfter(ofFree));
        var before = await SwapWorld.ReadAsync(Backend);

        await SwapMatrix.KillAsync(Sandbox, AllAtOnce, bound, free);
        var left = (await SwapWorld.ReadAsync(Backend)).PersistentVolumes.Select(SwapWorld.Name).ToHashSet();
        Assert.Equal(2, bound.Cells.Count(cell => !left.Contains(cell.Name)));
        await Admin.ClearFaultsAsync();
        await SwapMatrix.LetAMinutePassAsync(Sandbox);
        (await ShellProcess.RunAsync(ShellProcess.Import + Evacuate, Backend.Variables)).Succeeded();

        await AssertMovedAsync(before, (Holding.Bound, bound.Cells), (Holding.Available, free.Cells));
    }

    // Of the policy Delete, which -PrepareOnly noted before the claims went.
    private async Task<IReadOnlyList<SwapCell>> PlantPreparedAsync(int count)
    {
        var cells = await PlantAsync(Holding.Bound, count);
        Session.Run("Get-EbsPersistentVolume | Move-EbsPersistentVolume -PrepareOnly -Confirm:$false").WithoutErrors();
        foreach (var cell in cells)
        {
            await Backend.Kube.DeleteAsync($"{KubeHttp.Claims}/{cell.Claim}");
            await PhaseAsync(cell.Name, "Released");
        }

        return cells;
    }
}
