using System.Diagnostics;
using Xunit;

namespace EbsPv.Tests.Support;

/// <summary>The real kubectl, as the judge of what kubeconfigs and manifests mean.</summary>
internal static class Kubectl
{
    /// <param name="arguments">Its arguments.</param>
    /// <param name="kubeconfig">What its KUBECONFIG is.</param>
    /// <param name="input">What it reads from its standard input.</param>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(string[] arguments, string kubeconfig = "/dev/null", string input = "")
    {
        var isThere = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "kubectl")));
        if (!isThere && Environment.GetEnvironmentVariable("CI") != "true") Assert.Skip("kubectl is not on this machine.");
        var start = new ProcessStartInfo("kubectl", arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["KUBECONFIG"] = kubeconfig;
        using var kubectl = Process.Start(start)!;
        var output = kubectl.StandardOutput.ReadToEndAsync();
        var error = kubectl.StandardError.ReadToEndAsync();
        await kubectl.StandardInput.WriteAsync(input);
        kubectl.StandardInput.Close();
        await kubectl.WaitForExitAsync();
        return (kubectl.ExitCode, await output, await error);
    }
}
