using System.Diagnostics;

namespace EbsPv.Module.Tests.Engine;

/// <summary>Waiting for a state of the world, with an end.</summary>
internal static class Until
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public static Task TrueAsync(string what, Func<Task<bool>> condition) =>
        NotNullAsync(what, async () => await condition() ? new object() : null);

    public static async Task<T> NotNullAsync<T>(string what, Func<Task<T?>> read)
        where T : class
    {
        var start = Stopwatch.GetTimestamp();
        while (true)
        {
            if (await read() is { } value) return value;
            if (Stopwatch.GetElapsedTime(start) > Limit) throw new TimeoutException($"Waited {Limit.TotalSeconds} s in vain: {what}.");
            await Task.Delay(Pause);
        }
    }
}
