using EbsPv.Module.Tests.Backends;
using EbsPv.Module.Tests.Engine;
using Xunit;

namespace EbsPv.Safety.Tests.Swaps;

/// <summary>What swaps cost in calls, counted at the server: what changes something once for each, what looks once for all.</summary>
public sealed class SwapCallCountTests(SandboxBackend backend) : SwapTests(backend), IClassFixture<SandboxBackend>
{
    private const int Many = 20;

    // Get-EbsPersistentVolume's list among them.
    private static readonly Dictionary<string, int> s_plan = new()
    {
        ["ec2 DescribeInstances"] = 5,
        ["ec2 DescribeSnapshots"] = 1,
        ["ec2 DescribeVolumes"] = 2,
        ["kubernetes list deployments"] = 1,
        ["kubernetes list nodes"] = 1,
        ["kubernetes list persistentvolumeclaims"] = 1,
        ["kubernetes list persistentvolumes"] = 2,
        ["kubernetes list pods"] = 1,
        ["kubernetes list statefulsets"] = 1,
        ["kubernetes list volumeattachments"] = 1,
    };

    // A look whether anything uses it.
    private static readonly string[] s_look = ["ec2 DescribeVolumes", "kubernetes list nodes", "kubernetes list pods", "kubernetes list volumeattachments"];

    [Fact]
    public async Task A_plan_reads_each_thing_once_however_many_come()
    {
        await PlantAsync(Holding.Bound, Many);

        Assert.Equal(Sorted(s_plan), Sorted(await CostAsync($"{Evacuate} -WhatIf")));
    }

    [Fact]
    public async Task A_move_asks_for_nothing_that_it_was_told()
    {
        await PlantAsync(Holding.Bound, 1);

        var cost = await CostAsync(Evacuate);

        // The watches tell the rest: it is Released, Lost, gone, Bound. Each disk is polled for once, since it is there at once.
        Assert.Equal(Sorted(Sum(s_plan, Changes(Holding.Bound, 1), Looks(2), new() { ["ec2 DescribeSnapshots"] = 1, ["ec2 DescribeVolumes"] = 1 })), Sorted(cost));
    }

    [Fact]
    public async Task A_restore_costs_as_much_but_for_the_snapshot()
    {
        var cell = Assert.Single(await PlantAsync(Holding.Bound, 1));
        var snapshot = Assert.Single(await BackUpAsync([cell]));

        var cost = await CostAsync(Restore(cell.Name, snapshot));

        var expected = Sum(s_plan, Changes(Holding.Bound, 1), Looks(2), new() { ["ec2 DescribeVolumes"] = 1, ["ec2 CreateSnapshot"] = -1, ["kubernetes patch persistentvolumeclaims"] = -1, ["kubernetes list persistentvolumes"] = -1 });
        Assert.Equal(Sorted(expected), Sorted(cost));
    }

    [Theory]
    [InlineData(Holding.Bound)]
    [InlineData(Holding.Available)]
    public async Task Many_moves_share_what_looks(Holding holding)
    {
        await PlantAsync(holding, Many);

        var cost = await CostAsync(Evacuate);

        var looks = cost["kubernetes list pods"] - s_plan["kubernetes list pods"];
        Assert.InRange(looks, 2, Many * 2 - 1);
        var snapshots = cost["ec2 DescribeSnapshots"] - s_plan["ec2 DescribeSnapshots"];
        var volumes = cost["ec2 DescribeVolumes"] - s_plan["ec2 DescribeVolumes"] - looks;
        Assert.InRange(snapshots, 1, Many - 1);
        Assert.InRange(volumes, 1, Many - 1);
        // Where a controller wrote on a holder and the watch has not told so yet, it is read and written once more.
        var again = cost.GetValueOrDefault("kubernetes get persistentvolumes");
        Assert.InRange(again, 0, holding == Holding.Available ? Many : 0);
        // Nothing else: how many looks and polls there are depends on how far the moves drift apart.
        var expected = Sum(s_plan, Changes(holding, Many), Looks(looks), new() { ["ec2 DescribeSnapshots"] = snapshots, ["ec2 DescribeVolumes"] = volumes, ["kubernetes get persistentvolumes"] = again, ["kubernetes patch persistentvolumes"] = again });
        Assert.Equal(Sorted(Written(expected)), Sorted(Written(cost)));
    }

    [Fact]
    public async Task All_snapshots_are_begun_before_one_is_finished_and_so_are_the_disks()
    {
        var cells = await PlantAsync(Holding.Bound, Many);
        var before = await SwapWorld.ReadAsync(Backend);
        await Admin.SetAsync(new { snapshotTime = "01:00:00", createTime = "01:00:00" });
        await Admin.ClearLedgerAsync();

        var running = Session.RunAsync(Evacuate);
        await BegunAsync("CreateSnapshot");
        Assert.DoesNotContain("ec2 CreateVolume", (await Admin.CountsAsync()).Keys);
        await Admin.AdvanceAsync(TimeSpan.FromHours(1));
        await BegunAsync("CreateVolume");
        Assert.DoesNotContain("ec2 CreateTags", (await Admin.CountsAsync()).Keys);
        await Admin.AdvanceAsync(TimeSpan.FromHours(1));

        (await running).WithoutErrors();
        await AssertMovedAsync(before, (Holding.Bound, cells));
    }

    private Task BegunAsync(string operation) => Until.TrueAsync($"all have come to {operation}", async () => (await Admin.CountsAsync()).GetValueOrDefault($"ec2 {operation}") == Many);

    private async Task<Dictionary<string, int>> CostAsync(string line)
    {
        await Admin.ClearLedgerAsync();
        Session.Run(line).WithoutErrors();
        return new Dictionary<string, int>(await Admin.CountsAsync());
    }

    // The policy, the note and the fence; the note once more; the disks; the end of the old one, the new one, the end of the note. And the watches.
    private static Dictionary<string, int> Changes(Holding holding, int count)
    {
        var changes = new Dictionary<string, int>
        {
            ["ec2 CreateSnapshot"] = count,
            ["ec2 CreateVolume"] = count,
            ["ec2 CreateTags"] = count,
            ["ec2 DeleteTags"] = count,
            ["kubernetes patch persistentvolumes"] = 2 * count,
            ["kubernetes delete persistentvolumes"] = count,
            ["kubernetes create persistentvolumes"] = count,
            ["kubernetes watch persistentvolumes"] = 1,
        };
        return holding == Holding.Bound
            // And the policy, once the claim has the new one.
            ? Sum(changes, new() { ["kubernetes patch persistentvolumes"] = count, ["kubernetes patch persistentvolumeclaims"] = 3 * count, ["kubernetes list persistentvolumeclaims"] = 1, ["kubernetes watch persistentvolumeclaims"] = 1 })
            // The holder comes and goes.
            : Sum(changes, new() { ["kubernetes create persistentvolumes"] = count, ["kubernetes delete persistentvolumes"] = count });
    }

    private static Dictionary<string, int> Looks(int count) => s_look.ToDictionary(call => call, _ => count);

    private static Dictionary<string, int> Sum(params Dictionary<string, int>[] costs) =>
        costs.SelectMany(cost => cost).GroupBy(call => call.Key).Select(call => (call.Key, Times: call.Sum(one => one.Value))).Where(call => call.Times != 0).ToDictionary(call => call.Key, call => call.Times);

    // A holder is patched, and deleted in the end.
    private static Dictionary<string, int> Written(Dictionary<string, int> cost) =>
        cost.GroupBy(call => call.Key is "kubernetes patch persistentvolumes" or "kubernetes delete persistentvolumes" ? "kubernetes write persistentvolumes" : call.Key)
            .ToDictionary(call => call.Key, call => call.Sum(one => one.Value));

    private static IEnumerable<string> Sorted(Dictionary<string, int> cost) => cost.OrderBy(call => call.Key, StringComparer.Ordinal).Select(call => $"{call.Key}: {call.Value}");
}
