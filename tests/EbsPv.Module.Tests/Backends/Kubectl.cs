using EbsPv.Module.Tests.Engine;
using Xunit;

namespace EbsPv.Module.Tests.Backends;

/// <summary>The kubectl of this machine, as its user would call it.</summary>
internal sealed class Kubectl(IBackend backend)
{
    // One for all tests: what it learned of a server is kept there.
    public static readonly string Cache = TestProcess.NewFolder("kubectl");

    /// <summary>Skips the test where there is none.</summary>
    public static void SkipWithout()
    {
        var isThere = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "kubectl")));
        if (!isThere && Environment.GetEnvironmentVariable("CI") != "true") Assert.Skip("kubectl is not on this machine.");
    }

    /// <summary>Runs it with that text as its input; fails when it does.</summary>
    public async Task<ShellResult> RunAsync(string? input, params string[] arguments) => (await TryAsync(input, arguments)).Succeeded();

    public async Task<ShellResult> TryAsync(string? input, params string[] arguments)
    {
        SkipWithout();
        return await ChildProcess.RunAsync("kubectl", ["--cache-dir", Cache, .. arguments], backend.Variables, input);
    }
}
