using EbsPv.Module.Tests.Backends;
using EbsPv.Module.Tests.Engine;
using Xunit;

namespace EbsPv.Safety.Tests.Swaps;

/// <summary>Two processes at the same PersistentVolumes.</summary>
public sealed class ConcurrentMoveTests(SandboxBackend backend) : SwapTests(backend), IClassFixture<SandboxBackend>
{
    [Fact]
    public async Task Two_runs_of_the_same_line_that_see_the_same_make_one_copy_of_each_and_both_succeed()
    {
        var (bound, free) = (await PlantAsync(Holding.Bound, 8), await PlantAsync(Holding.Available, 6));
        var before = await SwapWorld.ReadAsync(Backend);
        // Read with the rest that a plan is made of.
        await Admin.AddFaultAsync(new { kind = "Pause", operation = "list statefulsets", times = 2, name = "plans" });

        var (one, other) = (RunAsync(Evacuate), RunAsync(Evacuate));
        await Until.TrueAsync("both plan", async () => (await Admin.PlayedFaultsAsync()).Count == 2);
        await Admin.ReleaseAsync("plans");

        var both = await Task.WhenAll(one, other);
        Assert.All(both, run => Assert.True(run.ExitCode == 0, run.Output + run.Error));
        await AssertMovedAsync(before, (Holding.Bound, bound), (Holding.Available, free));
    }

    [Theory]
    [InlineData(Holding.Bound, false)]
    [InlineData(Holding.Bound, true)]
    [InlineData(Holding.Available, false)]
    [InlineData(Holding.Available, true)]
    public async Task A_run_that_is_held_at_any_step_while_another_finishes_spoils_nothing_and_succeeds_too(Holding holding, bool otherPlansFirst)
    {
        var steps = await StepsOfMoveAsync(holding);
        // While a snapshot is on its way the other run waits for it: that is a test of its own.
        var matrix = await MatrixAsync(holding, steps, SwapMatrix.Paused(steps, "CreateSnapshot"));
        var before = await SwapWorld.ReadAsync(Backend);
        var other = otherPlansFirst ? await PlannedAsync() : null;
        await SwapMatrix.SetAsync(Sandbox, matrix);
        var held = RunAsync(AllAtOnce);
        await SwapMatrix.HeldAsync(Sandbox, matrix);

        if (other is not null) await Admin.ReleaseAsync("plan");
        (await (other ?? RunAsync(Evacuate))).Succeeded();
        await AssertMovedAsync(before, (holding, matrix.Cells));
        await UseAsync(matrix.Cells);
        await Admin.ReleaseAsync();

        (await held).Succeeded();
        await AssertMovedAsync(before, (holding, matrix.Cells));
    }

    [Theory]
    [InlineData(Holding.Bound)]
    [InlineData(Holding.Available)]
    public async Task A_snapshot_that_another_run_is_about_to_make_is_waited_for_and_not_made_twice(Holding holding)
    {
        var cells = await PlantAsync(holding, 1);
        var before = await SwapWorld.ReadAsync(Backend);
        await Admin.AddFaultAsync(new { kind = "Pause", operation = "CreateSnapshot", name = "snapshot" });
        var one = RunAsync(Evacuate);
        await Admin.StruckAsync("snapshot");
        await Admin.ClearLedgerAsync();

        var other = RunAsync(Evacuate);
        await Until.TrueAsync("the other run looks for it", async () => (await Admin.CallsAsync()).Any(call => call.Operation == "DescribeSnapshots" && call.Target.Contains("tag:ebspv/operation", StringComparison.Ordinal)));
        await Admin.ReleaseAsync("snapshot");

        var both = await Task.WhenAll(one, other);
        Assert.All(both, run => Assert.True(run.ExitCode == 0, run.Output + run.Error));
        await AssertMovedAsync(before, (holding, cells));
    }

    [Fact]
    public async Task The_daily_line_makes_nothing_of_what_is_on_its_way_and_says_how_to_finish_it()
    {
        var steps = await StepsOfMoveAsync(Holding.Bound);
        var matrix = await MatrixAsync(Holding.Bound, steps, SwapMatrix.Paused(steps));
        var before = await SwapWorld.ReadAsync(Backend);
        await SwapMatrix.SetAsync(Sandbox, matrix);
        var held = RunAsync(AllAtOnce);
        await SwapMatrix.HeldAsync(Sandbox, matrix);
        await Admin.ClearLedgerAsync();

        var daily = Session.Run(LineOf(Holding.Bound, matrix.Cells.Count));
        // Those whose old disk is retired and whose new one is not registered yet.
        var between = new[] { "DeleteTags", "delete persistentvolumes", "create persistentvolumes" }.Select(matrix.Before).ToList();
        Assert.Equal(between.Select(_ => "SwapUnderWay"), daily.Errors.Select(ScriptResult.Id));
        Assert.All(between, cell => Assert.Contains(daily.Errors, error => error.ErrorDetails.RecommendedAction == $"Finish that: Move-EbsPersistentVolume {cell.Name} -DestinationZone {IBackend.ZoneB}."));
        Assert.Equal(matrix.Cells.Except(between).Select(cell => cell.Name).Order(), daily.Each("Name").Order());
        Assert.DoesNotContain(await Admin.CallsAsync(), call => call.Operation.StartsWith("create", StringComparison.OrdinalIgnoreCase));
        await Admin.ReleaseAsync();

        (await held).Succeeded();
        await AssertMovedAsync(before, (Holding.Bound, matrix.Cells));
    }

    // Has read everything that a plan is made of, but for the last.
    private async Task<Task<ShellResult>> PlannedAsync()
    {
        await Admin.AddFaultAsync(new { kind = "Pause", operation = "list statefulsets", name = "plan" });
        var running = RunAsync(Evacuate);
        await Admin.StruckAsync("plan");
        return running;
    }

    // Pods have come to the new disks by the time that the held run goes on.
    private async Task UseAsync(IReadOnlyList<SwapCell> cells)
    {
        foreach (var cell in cells.Where(cell => cell.Claim is not null))
            Assert.Null(await Admin.PlacePodAsync(KubeObjects.Pod($"pod-{cell.Name}", null, null, cell.Claim!)));
    }

    private Task<ShellResult> RunAsync(string line) => ShellProcess.RunAsync(ShellProcess.Import + line, Backend.Variables);
}
