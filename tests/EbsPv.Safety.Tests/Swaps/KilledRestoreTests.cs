using EbsPv.Module.Tests.Backends;
using EbsPv.Module.Tests.Engine;
using Xunit;

namespace EbsPv.Safety.Tests.Swaps;

/// <summary>Restores whose process is killed before and after each of their steps: the same line, run by another process, finishes them.</summary>
public sealed class KilledRestoreTests(SandboxBackend backend) : SwapTests(backend), IClassFixture<SandboxBackend>
{
    [Theory]
    [InlineData(Holding.Bound)]
    [InlineData(Holding.Available)]
    [InlineData(Holding.Released)]
    public async Task The_same_line_finishes_a_restore_that_was_killed_anywhere(Holding holding)
    {
        var steps = await StepsAsync(holding);
        var matrix = await MatrixAsync(holding, steps, SwapMatrix.BeforeAndAfter(steps));
        var lines = (await BackUpAsync(matrix.Cells)).Zip(matrix.Cells, (snapshot, cell) => Restore(cell.Name, snapshot)).ToList();
        var before = await SwapWorld.ReadAsync(Backend);

        await SwapMatrix.KillAsync(Sandbox, SideBySide(lines), matrix);
        await AssertOneUsableAtMostAsync(matrix.Cells);
        await Admin.ClearFaultsAsync();
        var again = await ShellProcess.RunAsync(ShellProcess.Import + string.Join('\n', lines.Select(Told)), Backend.Variables);

        // The one that was killed when all was done is not restored over what may have been written since.
        var (warnings, told) = (again.Succeeded().Lines.Where(line => line.StartsWith("WARNING", StringComparison.Ordinal)).ToList(), again.Lines.Where(line => !line.StartsWith("WARNING", StringComparison.Ordinal)));
        Assert.StartsWith($"WARNING: AlreadyRestored: {matrix.Cells[^1].Name} ", Assert.Single(warnings));
        Assert.Equal(matrix.Cells.Select(cell => $"{cell.Name} {holding}"), told);
        var proof = await SwapProof.ReadAsync(Sandbox, before);
        proof.AssertNothingElse(matrix.Cells.Count);
        foreach (var cell in matrix.Cells) await proof.AssertRestoredAsync(cell, holding, LastNight(cell));
    }

    // A line restores one: each runs in a runspace of its own, all in one process.
    private static string SideBySide(IEnumerable<string> lines) =>
        $"{string.Join(",", lines.Select(line => $"'{line}'"))} | ForEach-Object -Parallel {{ {ShellProcess.Import.Trim()}; Invoke-Command ([scriptblock]::Create($_)) }} -ThrottleLimit 64";

    private async Task<IReadOnlyList<SwapStep>> StepsAsync(Holding holding)
    {
        var cell = Assert.Single(await PlantAsync(holding, 1));
        var snapshot = Assert.Single(await BackUpAsync([cell]));
        await Admin.ClearLedgerAsync();
        Session.Run(Restore(cell.Name, snapshot)).WithoutErrors();
        var steps = SwapStep.Of(await Admin.CallsAsync(), cell);
        AssertWhole(steps, "CreateVolume");
        await Backend.ResetAsync();
        return steps;
    }
}
