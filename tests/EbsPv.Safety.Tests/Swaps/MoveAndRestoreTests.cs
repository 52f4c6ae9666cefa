using EbsPv.Module.Tests.Backends;
using EbsPv.Module.Tests.Engine;
using Xunit;

namespace EbsPv.Safety.Tests.Swaps;

/// <summary>A move and a restore of the same PersistentVolume at once.</summary>
public sealed class MoveAndRestoreTests(SandboxBackend backend) : SwapTests(backend), IClassFixture<SandboxBackend>
{
    [Theory]
    [InlineData(Holding.Bound)]
    [InlineData(Holding.Available)]
    public async Task A_restore_of_what_a_move_has_fenced_says_how_to_finish_the_move(Holding holding)
    {
        var steps = await StepsOfMoveAsync(holding);
        var matrix = await MatrixAsync(holding, steps, [.. SwapMatrix.Paused(steps).Where(hold => hold.Step > Fence(holding, steps))]);
        var snapshots = await BackUpAsync(matrix.Cells);
        var before = await SwapWorld.ReadAsync(Backend);
        await SwapMatrix.SetAsync(Sandbox, matrix);
        var move = ShellProcess.RunAsync(ShellProcess.Import + AllAtOnce, Backend.Variables);
        await SwapMatrix.HeldAsync(Sandbox, matrix);

        foreach (var (cell, snapshot) in matrix.Cells.Zip(snapshots))
        {
            var refused = Session.Run(Restore(cell.Name, snapshot)).OnlyError("SwapUnderWay");
            Assert.Equal($"Finish it first: {Move(cell.Name).Replace(" -Confirm:$false", "", StringComparison.Ordinal)}.", refused.ErrorDetails.RecommendedAction);
        }

        await Admin.ReleaseAsync();
        (await move).Succeeded();
        await AssertMovedAsync(before, (holding, matrix.Cells));
    }

    [Fact]
    public async Task A_move_of_what_a_restore_has_fenced_says_how_to_finish_the_restore()
    {
        var cell = Assert.Single(await PlantAsync(Holding.Bound, 1));
        var snapshot = Assert.Single(await BackUpAsync([cell]));
        var before = await SwapWorld.ReadAsync(Backend);
        await Admin.AddFaultAsync(new { kind = "Pause", operation = "CreateVolume", name = "restore" });
        var restore = ShellProcess.RunAsync(ShellProcess.Import + Restore(cell.Name, snapshot), Backend.Variables);
        await Admin.StruckAsync("restore");

        var refused = Session.Run(Move(cell.Name)).OnlyError("SwapUnderWay");

        Assert.Equal($"Finish it first: Restore-EbsPersistentVolume {cell.Name} -SnapshotId {snapshot} -DestinationZone {IBackend.ZoneC}.", refused.ErrorDetails.RecommendedAction);
        await Admin.ReleaseAsync("restore");
        (await restore).Succeeded();
        await (await SwapProof.ReadAsync(Sandbox, before)).AssertRestoredAsync(cell, Holding.Bound, LastNight(cell));
    }

    [Theory]
    [InlineData(Holding.Bound)]
    [InlineData(Holding.Available)]
    public async Task Before_the_fence_whoever_comes_first_to_it_wins_and_the_other_changes_nothing(Holding holding)
    {
        var steps = await StepsOfMoveAsync(holding);
        var matrix = await MatrixAsync(holding, steps, [.. SwapMatrix.Paused(steps).Where(hold => hold.Step <= Fence(holding, steps))]);
        var snapshots = await BackUpAsync(matrix.Cells);
        var before = await SwapWorld.ReadAsync(Backend);
        await SwapMatrix.SetAsync(Sandbox, matrix);
        var move = ShellProcess.RunAsync(ShellProcess.Import + AllAtOnce, Backend.Variables);
        await SwapMatrix.HeldAsync(Sandbox, matrix);

        foreach (var (cell, snapshot) in matrix.Cells.Zip(snapshots)) Session.Run(Restore(cell.Name, snapshot)).WithoutErrors();
        await Admin.ReleaseAsync();

        var beaten = await move;
        Assert.True(beaten.ExitCode == 1, beaten.Output + beaten.Error);
        Assert.All(matrix.Cells, cell => Assert.Matches($"{cell.Name} (is no longer as it was|was deleted, or made anew)", beaten.Output + beaten.Error));
        var proof = await SwapProof.ReadAsync(Sandbox, before);
        proof.AssertNothingElse(matrix.Cells.Count);
        foreach (var cell in matrix.Cells) await proof.AssertRestoredAsync(cell, holding, LastNight(cell));
    }

    // A bound one has the policy Delete, which is changed first.
    private static int Fence(Holding holding, IReadOnlyList<SwapStep> steps) =>
        steps.Index().Where(step => step.Item.Operation == "patch persistentvolumes").ElementAt(holding == Holding.Bound ? 1 : 0).Index;
}
