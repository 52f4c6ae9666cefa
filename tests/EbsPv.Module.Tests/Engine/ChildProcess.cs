using System.Diagnostics;

namespace EbsPv.Module.Tests.Engine;

/// <summary>A program that runs to its end, with nothing to type but what it is given.</summary>
internal static class ChildProcess
{
    // A guard against hanging, not a measure.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    public static async Task<ShellResult> RunAsync(
        string program, IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string?>> environment, string? input = null)
    {
        using var process = Start(program, arguments, environment);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} did not end.");
        }

        return new ShellResult(process.ExitCode, await output, await error);
    }

    /// <summary>Starts it; its input ends when whoever has it says so.</summary>
    public static Process Start(string program, IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string?>> environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var (name, value) in environment)
            if (value is null) start.Environment.Remove(name);
            else start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
