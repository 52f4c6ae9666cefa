using System.Diagnostics;

namespace EbsPv.Benchmarks;

/// <summary>Wall times of whole processes, from start to exit.</summary>
internal static class Stopwatched
{
    public static async Task<TimeSpan> RunAsync(string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment) =>
        (await ReadAsync(program, arguments, environment)).Time;

    /// <summary>The time, and what was printed.</summary>
    public static async Task<(TimeSpan Time, string Output)> ReadAsync(string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(start) ?? throw new IOException($"{program} did not start.");
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        watch.Stop();
        if (process.ExitCode != 0) throw new IOException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {await errors}{await output}");
        return (watch.Elapsed, await output);
    }

    public static double Median(IEnumerable<TimeSpan> times)
    {
        var sorted = times.Select(time => time.TotalSeconds).Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
