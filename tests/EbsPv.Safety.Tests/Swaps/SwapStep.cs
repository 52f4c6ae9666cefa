using EbsPv.Module.Tests.Backends;

namespace EbsPv.Safety.Tests.Swaps;

/// <summary>One request of a swap that changes something: a process can be killed before it and after it.</summary>
/// <param name="Operation">The request, as the ledger names it.</param>
/// <param name="Key">Which key of its PersistentVolume its target holds.</param>
/// <param name="Skip">Requests of that operation with that key that come before it.</param>
internal sealed record SwapStep(string Operation, int Key, int Skip)
{
    private static readonly string[] s_changes = ["create ", "patch ", "update ", "delete ", "Create", "Delete", "Modify"];

    /// <summary>The steps that a run made for a PersistentVolume. One that the server refused changed nothing.</summary>
    public static IReadOnlyList<SwapStep> Of(IReadOnlyList<LedgerCall> calls, SwapCell cell)
    {
        var steps = new List<SwapStep>();
        var before = new Dictionary<(string, int), int>();
        foreach (var call in calls)
        {
            if (KeyOf(call, cell) is not { } key || !IsChange(call)) continue;
            if (call.Status is not (>= 200 and < 300)) continue;
            var skip = before.GetValueOrDefault((call.Operation, key));
            before[(call.Operation, key)] = skip + 1;
            steps.Add(new SwapStep(call.Operation, key, skip));
        }

        return steps;
    }

    /// <summary>What the server did for a PersistentVolume, answered or not.</summary>
    public static IReadOnlyList<string> Done(IReadOnlyList<LedgerCall> calls, SwapCell cell) =>
        [.. calls.Where(call => IsChange(call) && KeyOf(call, cell) is not null && (call.Status is >= 200 and < 300 || call.Error == "HangAfter")).Select(call => call.Operation)];

    public static bool IsChange(LedgerCall call) => s_changes.Any(verb => call.Operation.StartsWith(verb, StringComparison.Ordinal));

    private static int? KeyOf(LedgerCall call, SwapCell cell)
    {
        for (var key = 0; key < cell.Keys.Count; key++)
            if (call.Target.Contains(cell.Keys[key], StringComparison.Ordinal))
                return key;
        return null;
    }
}
