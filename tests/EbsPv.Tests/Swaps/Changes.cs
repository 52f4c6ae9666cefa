namespace EbsPv.Tests.Swaps;

/// <summary>The calls that change something, counted, and a moment before and after each of them.</summary>
internal sealed class Changes
{
    private readonly List<string> _made = [];

    /// <summary>The changes that were made, in order. One that the server refused, since something else had changed the object, is none.</summary>
    public IReadOnlyList<string> Made => [.. _made];

    /// <summary>Called before a change with its name; what it throws ends the run before the change.</summary>
    public Action<string>? Before { get; set; }

    /// <summary>Called after a change with its name; what it throws loses the answer.</summary>
    public Action<string>? After { get; set; }

    public async Task<T> AroundAsync<T>(string name, Func<Task<T>> change)
    {
        Before?.Invoke(name);
        var answer = await change();
        lock (_made) _made.Add(name);
        After?.Invoke(name);
        return answer;
    }

    public Task AroundAsync(string name, Func<Task> change) => AroundAsync(name, async () =>
    {
        await change();
        return true;
    });
}
