using System.Diagnostics;

namespace EbsPv.Module.Tests.Engine;

/// <summary>Runs scripts in the bare engine as a process of its own: nothing of the tests is loaded there.</summary>
internal static class ShellProcess
{
    // A guard against hanging, not a measure.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    public static async Task<ShellResult> RunAsync(string script, IEnumerable<KeyValuePair<string, string?>> environment)
    {
        using var process = Start(await FileOfAsync(script), environment);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"The script did not end:\n{script}");
        }

        return new ShellResult(process.ExitCode, await output, await error);
    }

    /// <summary>Runs a script until something has come to pass, and then kills its process (SIGKILL): nothing of it gets to tidy up.</summary>
    /// <param name="script">The script; it must not end by itself before.</param>
    /// <param name="environment">What is set for it.</param>
    /// <param name="moment">Ends when the process is to die.</param>
    public static async Task KillAsync(string script, IEnumerable<KeyValuePair<string, string?>> environment, Func<Task> moment)
    {
        using var process = Start(await FileOfAsync(script), environment);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        try
        {
            await moment();
            if (process.HasExited) throw new InvalidOperationException($"The script ended before it was killed:\n{await output}\n{await error}");
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }
    }

    /// <summary>The script's opening line.</summary>
    public static string Import { get; } = $"Import-Module '{Checkout.Manifest}'\n";

    private static async Task<string> FileOfAsync(string script)
    {
        var path = Path.Combine(TestProcess.NewFolder("script"), "script.ps1");
        await File.WriteAllTextAsync(path, script);
        return path;
    }

    private static Process Start(string path, IEnumerable<KeyValuePair<string, string?>> environment)
    {
        var start = new ProcessStartInfo("dotnet", [Checkout.Shell, "-File", path])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true,
        };
        foreach (var (name, value) in environment)
            if (value is null) start.Environment.Remove(name);
            else start.Environment[name] = value;
        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }
}
