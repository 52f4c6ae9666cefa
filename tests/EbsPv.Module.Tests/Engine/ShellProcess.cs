namespace EbsPv.Module.Tests.Engine;

/// <summary>Runs scripts in the bare engine as a process of its own: nothing of the tests is loaded there.</summary>
internal static class ShellProcess
{
    /// <summary>The script's opening line.</summary>
    public static string Import { get; } = $"Import-Module '{Checkout.Manifest}'\n";

    public static async Task<ShellResult> RunAsync(string script, IEnumerable<KeyValuePair<string, string?>> environment) =>
        await ChildProcess.RunAsync("dotnet", [Checkout.Shell, "-File", await FileOfAsync(script)], environment);

    /// <summary>Runs a script until something has come to pass, and then kills its process (SIGKILL): nothing of it gets to tidy up.</summary>
    /// <param name="script">The script; it must not end by itself before.</param>
    /// <param name="environment">What is set for it.</param>
    /// <param name="moment">Ends when the process is to die.</param>
    public static async Task KillAsync(string script, IEnumerable<KeyValuePair<string, string?>> environment, Func<Task> moment)
    {
        using var process = ChildProcess.Start("dotnet", [Checkout.Shell, "-File", await FileOfAsync(script)], environment);
        process.StandardInput.Close();
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

    private static async Task<string> FileOfAsync(string script)
    {
        var path = Path.Combine(TestProcess.NewFolder("script"), "script.ps1");
        await File.WriteAllTextAsync(path, script);
        return path;
    }
}
