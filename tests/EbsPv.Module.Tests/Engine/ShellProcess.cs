using System.Diagnostics;

namespace EbsPv.Module.Tests.Engine;

/// <summary>Runs scripts in the bare engine as a process of its own: nothing of the tests is loaded there.</summary>
internal static class ShellProcess
{
    // A guard against hanging, not a measure.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    public static async Task<ShellResult> RunAsync(string script, IEnumerable<KeyValuePair<string, string?>> environment)
    {
        var path = Path.Combine(TestProcess.NewFolder("script"), "script.ps1");
        await File.WriteAllTextAsync(path, script);
        using var process = Start(path, environment);
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

    /// <summary>The script's opening line.</summary>
    public static string Import { get; } = $"Import-Module '{Checkout.Manifest}'\n";

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
