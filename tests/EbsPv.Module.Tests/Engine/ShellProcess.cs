namespace EbsPv.Module.Tests.Engine;

/// <summary>Runs scripts in the bare engine as a process of its own: nothing of the tests is loaded there.</summary>
internal static class ShellProcess
{
    /// <summary>The script's opening line.</summary>
    public static string Import { get; } = $"Import-Module '{Checkout.Manifest}'\n";

    public static async Task<ShellResult> RunAsync(string script, IEnumerable<KeyValuePair<string, string?>> environment)
    {
        var path = Path.Combine(TestProcess.NewFolder("script"), "script.ps1");
        await File.WriteAllTextAsync(path, script);
        return await ChildProcess.RunAsync("dotnet", [Checkout.Shell, "-File", path], environment);
    }
}
