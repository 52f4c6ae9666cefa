using System.Runtime.InteropServices;

namespace EbsPv.Benchmarks;

/// <summary>
/// The shell with its engine compiled ahead of time, as installers of pwsh have it: its NuGet package and the dotnet tool are not, and spend
/// a quarter of a second of every start on compiling themselves. The module in it is the one that the build makes.
/// </summary>
internal static class ShippedShell
{
    /// <summary>Makes it, beside what the benchmark's own build makes; a second time is quick.</summary>
    public static async Task<string> PublishAsync()
    {
        var folder = Path.Combine(Programs.Root, "benchmarks", "EbsPv.Benchmarks", "obj", "shipped-shell");
        var shell = Path.Combine(folder, "published");
        await Stopwatched.RunAsync(
            "dotnet",
            [
                "publish", Path.Combine(Programs.Root, "sandbox", "EbsPv.Shell"), "--runtime", RuntimeInformation.RuntimeIdentifier, "--self-contained", "false", "--output", shell,
                "--artifacts-path", folder, "-p:PublishReadyToRun=true", "-p:RestoreLockedMode=false", $"-p:NuGetLockFilePath={Path.Combine(folder, "packages.lock.json")}",
            ],
            new Dictionary<string, string>());
        return Path.Combine(shell, Path.GetFileName(Programs.Shell));
    }
}
