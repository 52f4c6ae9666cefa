using System.Text.Json.Nodes;
using EbsPv.Module.Tests.Backends;
using EbsPv.Module.Tests.Engine;
using Xunit;

namespace EbsPv.Safety.Tests.Swaps;

/// <summary>Many swaps of one process, each of which is held at another one of its steps.</summary>
/// <param name="backend">The sandbox.</param>
/// <param name="steps">The steps of each.</param>
/// <param name="holds">Where they are held: Hang before a step, HangAfter it, or Pause before it until it is released.</param>
/// <param name="cells">A PersistentVolume for each hold.</param>
internal sealed class SwapMatrix(SandboxBackend backend, IReadOnlyList<SwapStep> steps, IReadOnlyList<(int Step, string Kind)> holds, IReadOnlyList<SwapCell> cells)
{
    public IReadOnlyList<SwapCell> Cells => cells;

    /// <summary>The PersistentVolume that is held before the first step of an operation.</summary>
    public SwapCell Before(string operation) => cells[holds.Index().First(hold => steps[hold.Item.Step].Operation == operation).Index];

    /// <summary>Before each step and after each step, unheard and unanswered.</summary>
    public static IReadOnlyList<(int Step, string Kind)> BeforeAndAfter(IReadOnlyList<SwapStep> steps) =>
        [.. Enumerable.Range(0, steps.Count).SelectMany(step => new[] { (step, "Hang"), (step, "HangAfter") })];

    /// <summary>Before each step but some, until it is released.</summary>
    public static IReadOnlyList<(int Step, string Kind)> Paused(IReadOnlyList<SwapStep> steps, params string[] but) =>
        [.. Enumerable.Range(0, steps.Count).Where(step => !but.Contains(steps[step].Operation)).Select(step => (step, "Pause"))];

    /// <summary>Sets the traps.</summary>
    public static async Task SetAsync(SandboxBackend backend, params SwapMatrix[] matrices)
    {
        foreach (var matrix in matrices) await matrix.SetAsync();
        await backend.Admin.ClearLedgerAsync();
    }

    /// <summary>Waits until each swap is held, with all done that is before its step and nothing that is behind it.</summary>
    public static async Task HeldAsync(SandboxBackend backend, params SwapMatrix[] matrices)
    {
        await Until.TrueAsync("each swap is held at its step", async () =>
        {
            var struck = (await backend.Admin.PlayedFaultsAsync()).Select(fault => fault.Name).ToHashSet();
            return matrices.All(matrix => matrix.Cells.All(cell => struck.Contains(cell.Name)));
        });
        foreach (var matrix in matrices) await matrix.AssertWhereAsync();
    }

    /// <summary>Runs a script and kills its process (SIGKILL) once each swap is held.</summary>
    public static async Task KillAsync(SandboxBackend backend, string script, params SwapMatrix[] matrices)
    {
        await SetAsync(backend, matrices);
        await ShellProcess.KillAsync(ShellProcess.Import + script, backend.Variables, () => HeldAsync(backend, matrices));
    }

    /// <summary>What a minute does to the notes: a snapshot that was begun before it would be shown by now.</summary>
    public static async Task LetAMinutePassAsync(SandboxBackend backend)
    {
        foreach (var path in new[] { KubeHttp.Claims, KubeHttp.Volumes })
            foreach (var item in await backend.Kube.ListAsync(path))
                if (item["metadata"]!["annotations"]?["ebspv/swap"]?.GetValue<string>() is { } text && JsonNode.Parse(text)! is { } note && note["snapshotBegun"] is { } begun)
                {
                    note["snapshotBegun"] = begun.GetValue<DateTimeOffset>().AddMinutes(-1).ToString("O");
                    await backend.Kube.PatchAsync($"{path}/{SwapWorld.Name(item)}", new JsonObject { ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { ["ebspv/swap"] = note.ToJsonString() } } });
                }
    }

    private async Task SetAsync()
    {
        Assert.NotEmpty(holds);
        foreach (var (cell, (index, kind)) in cells.Zip(holds))
        {
            var step = steps[index];
            await backend.Admin.AddFaultAsync(new { kind, operation = step.Operation, target = cell.Keys[step.Key], skip = step.Skip, name = cell.Name });
        }
    }

    private async Task AssertWhereAsync()
    {
        var calls = await backend.Admin.CallsAsync();
        foreach (var (cell, (step, kind)) in cells.Zip(holds))
            Assert.Equal(steps.Take(kind == "HangAfter" ? step + 1 : step).Select(one => one.Operation), SwapStep.Done(calls, cell));
    }
}
