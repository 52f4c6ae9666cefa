using EbsPv.Module.Tests.Engine;
using Xunit;

namespace EbsPv.Module.Tests.Backends;

/// <summary>The kubectl of this machine, as its user would call it.</summary>
internal sealed class Kubectl(IBackend backend)
{
    // One for all tests: what it learned of a server is kept there.
    private static readonly string s_cache = TestProcess.NewFolder("kubectl");

    /// <summary>Runs it with that text as its input; fails when it does.</summary>
    public async Task<ShellResult> RunAsync(string? input, params string[] arguments) => (await TryAsync(input, arguments)).Succeeded();

    public async Task<ShellResult> TryAsync(string? input, params string[] arguments)
    {
        var isThere = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "kubectl")));
        if (!isThere && Environment.GetEnvironmentVariable("CI") != "true") Assert.Skip("kubectl is not on this machine.");
        return await ChildProcess.RunAsync("kubectl", ["--cache-dir", s_cache, .. arguments], backend.Variables, input);
    }
}
