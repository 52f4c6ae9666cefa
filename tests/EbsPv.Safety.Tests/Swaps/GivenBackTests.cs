using EbsPv.Module.Tests.Backends;
using EbsPv.Module.Tests.Engine;
using Xunit;

namespace EbsPv.Safety.Tests.Swaps;

/// <summary>Pods that come in the middle of a move: they keep their disk, with all that they write.</summary>
public sealed class GivenBackTests(SandboxBackend backend) : SwapTests(backend), IClassFixture<SandboxBackend>
{
    [Fact]
    public async Task A_pod_that_starts_before_the_fence_keeps_its_disk()
    {
        var cell = Assert.Single(await PlantAsync(Holding.Bound, 1));
        var before = await SwapWorld.ReadAsync(Backend);
        var move = await HoldAsync(cell, "patch persistentvolumes", skip: 1);

        Assert.Null(await Admin.PlacePodAsync(KubeObjects.Pod("late", null, null, cell.Claim!)));
        await WriteAsync(cell, " and by a pod");
        await AssertRefusedAsync(move, cell, "pod default/late");

        await AssertGivenBackAsync(before, cell, $"{cell.Content} and by a pod");
        Assert.Empty((await SwapWorld.ReadAsync(Backend)).Snapshots);
        await Admin.EndPodAsync("late");
        await AssertMovesAsync(before, cell with { Content = $"{cell.Content} and by a pod" });
    }

    [Theory]
    [InlineData("CreateSnapshot", 0)]
    [InlineData("CreateVolume", 0)]
    // After the plan and the first look, the second look.
    [InlineData("list pods", 2)]
    public async Task A_pod_that_slips_in_under_the_fence_keeps_its_disk_and_the_next_move_takes_what_it_wrote(string operation, int skip)
    {
        var cell = Assert.Single(await PlantAsync(Holding.Bound, 1));
        var before = await SwapWorld.ReadAsync(Backend);
        var move = await HoldAsync(cell, operation, skip);

        await SlipInAsync(cell);
        await WriteAsync(cell, " and by a pod");
        await AssertRefusedAsync(move, cell, $"pod default/in-{cell.Name}");

        await WriteAsync(cell, ", which goes on");
        await AssertGivenBackAsync(before, cell, $"{cell.Content} and by a pod, which goes on");
        await LeaveAsync(cell);
        await AssertMovesAsync(before, cell with { Content = $"{cell.Content} and by a pod, which goes on" });
    }

    [Fact]
    public async Task A_run_that_is_killed_while_it_gives_back_leaves_nothing_of_its_copy_in_the_disk_s_place()
    {
        string[] steps = ["patch persistentvolumes", "CreateTags", "DeleteTags", "patch persistentvolumeclaims"];
        var cells = await PlantAsync(Holding.Bound, steps.Length * 2);
        var before = await SwapWorld.ReadAsync(Backend);
        await Admin.AddFaultAsync(new { kind = "Pause", operation = "CreateSnapshot", times = cells.Count, name = "snapshot" });

        await ShellProcess.KillAsync(ShellProcess.Import + AllAtOnce, Backend.Variables, async () =>
        {
            await Until.TrueAsync("all are fenced", async () => (await Admin.PlayedFaultsAsync()).Count == cells.Count);
            foreach (var cell in cells) await SlipInAsync(cell);
            // Which of them is held where is left to them: each comes to all of these, in this order.
            foreach (var step in steps)
                foreach (var kind in new[] { "Hang", "HangAfter" })
                    await Admin.AddFaultAsync(new { kind, operation = step, name = $"{kind} {step}" });
            await Admin.ReleaseAsync("snapshot");
            await Until.TrueAsync("each is held where it gives back", async () => (await Admin.PlayedFaultsAsync()).Count == cells.Count * 2);
        });

        var fenced = (await Admin.PlayedFaultsAsync()).Single(fault => fault.Name == $"Hang {steps[0]}").Target;
        foreach (var cell in cells) await WriteAsync(cell, " and by a pod");
        await Admin.ClearFaultsAsync();
        // The one whose fence still stands gives its disk back to the pod that is there.
        Session.Run(Move(fenced)).OnlyError("ClaimInUse");
        foreach (var cell in cells) await LeaveAsync(cell);
        await Admin.AdvanceAsync(TimeSpan.FromSeconds(15));
        Session.Run(Evacuate).WithoutErrors();

        var proof = await SwapProof.ReadAsync(Sandbox, before);
        foreach (var cell in cells) await proof.AssertSwappedAsync(cell with { Content = $"{cell.Content} and by a pod" }, Holding.Bound, IBackend.ZoneB, "move", $"{cell.Content} and by a pod");
    }

    [Fact]
    public async Task A_manifest_that_cannot_be_written_gives_the_claim_its_disk_back_and_a_rehearsal_writes_nothing()
    {
        var cell = Assert.Single(await PlantAsync(Holding.Bound, 1));
        var before = await SwapWorld.ReadAsync(Backend);
        var folder = Path.Combine(TestProcess.NewFolder("manifests"), "new");
        Session.Run($"Move-EbsPersistentVolume {cell.Name} -DestinationZone {IBackend.ZoneB} -ManifestPath '{folder}' -WhatIf").WithoutErrors();
        Assert.False(Directory.Exists(folder));
        Directory.CreateDirectory(Path.Combine(folder, $"{cell.Name}.yaml"));

        var refusal = Session.Run($"{Move(cell.Name)} -ManifestPath '{folder}'").OnlyError("PathNotWritable");

        Assert.Contains($"{cell.Name} was given back as it was; its data is on {cell.VolumeId}.", refusal.Exception.Message);
        await AssertGivenBackAsync(before, cell, cell.Content);
        await AssertMovesAsync(before, cell);
    }

    [Fact]
    public async Task A_pod_that_has_just_ended_leaves_all_that_it_wrote_to_the_move()
    {
        var cell = Assert.Single(await PlantAsync(Holding.Bound, 1));
        var before = await SwapWorld.ReadAsync(Backend);
        Assert.Null(await Admin.PlacePodAsync(KubeObjects.Pod("web-0", null, null, cell.Claim!)));
        Session.Run(Move(cell.Name)).OnlyError("ClaimInUse");

        await WriteAsync(cell, " and by a pod");
        await Admin.EndPodAsync("web-0");
        Session.Run(Move(cell.Name)).WithoutErrors();

        await (await SwapProof.ReadAsync(Sandbox, before)).AssertMovedAsync(cell with { Content = $"{cell.Content} and by a pod" }, Holding.Bound);
    }

    [Fact]
    public async Task What_is_written_between_the_call_and_the_fence_comes_along()
    {
        var cell = Assert.Single(await PlantAsync(Holding.Bound, 1));
        var before = await SwapWorld.ReadAsync(Backend);
        var move = await HoldAsync(cell, "patch persistentvolumes", skip: 1);

        Assert.Null(await Admin.PlacePodAsync(KubeObjects.Pod("short", null, null, cell.Claim!)));
        await WriteAsync(cell, " and by a pod");
        await Admin.EndPodAsync("short");
        await Admin.ReleaseAsync("held");

        (await move).WithoutErrors();
        await (await SwapProof.ReadAsync(Sandbox, before)).AssertMovedAsync(cell with { Content = $"{cell.Content} and by a pod" }, Holding.Bound);
    }

    private async Task<Task<ScriptResult>> HoldAsync(SwapCell cell, string operation, int skip)
    {
        await Admin.AddFaultAsync(new { kind = "Pause", operation, skip, name = "held" });
        var move = Session.RunAsync(Move(cell.Name));
        await Admin.StruckAsync("held");
        return move;
    }

    private async Task AssertRefusedAsync(Task<ScriptResult> move, SwapCell cell, string user)
    {
        await Admin.ReleaseAsync("held");
        var refusal = (await move).OnlyError("ClaimInUse");
        Assert.Contains(user, refusal.Exception.Message);
        Assert.Contains($"It was given back to its claim as it was, and nothing was replaced: its data is on {cell.VolumeId}.", refusal.Exception.Message);
        Assert.Contains(Move(cell.Name).Replace(" -Confirm:$false", "", StringComparison.Ordinal), refusal.ErrorDetails.RecommendedAction);
    }

    private async Task AssertGivenBackAsync(SwapWorld before, SwapCell cell, string content)
    {
        await PhaseAsync(cell.Name, "Bound");
        await Until.TrueAsync("the claim is Bound", async () => SwapWorld.Phase((await SwapWorld.ReadAsync(Backend)).Claim(cell.Claim!)!) == "Bound");
        await (await SwapProof.ReadAsync(Sandbox, before)).AssertGivenBackAsync(cell, Holding.Bound, content);
    }

    private async Task AssertMovesAsync(SwapWorld before, SwapCell cell)
    {
        // EC2 takes a snapshot of a volume every 15 seconds.
        await Admin.AdvanceAsync(TimeSpan.FromSeconds(15));
        Session.Run(Move(cell.Name)).WithoutErrors();
        await (await SwapProof.ReadAsync(Sandbox, before)).AssertSwappedAsync(cell, Holding.Bound, IBackend.ZoneB, "move", cell.Content);
    }

    // No scheduler sends a pod to a Lost claim: one that was on its way before.
    private async Task SlipInAsync(SwapCell cell) => await Backend.Kube.CreateAsync(KubeHttp.Pods, KubeObjects.Pod($"in-{cell.Name}", await WorkerAsync(IBackend.ZoneC), null, cell.Claim!));

    private Task LeaveAsync(SwapCell cell) => Backend.Kube.DeleteAsync($"{KubeHttp.Pods}/in-{cell.Name}");

    private Task WriteAsync(SwapCell cell, string text) => Admin.AppendAsync(cell.VolumeId, text);
}
