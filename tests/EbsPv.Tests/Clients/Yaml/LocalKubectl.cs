using System.Diagnostics;
using System.Text.Json.Nodes;
using Xunit;

namespace EbsPv.Tests.Clients.Yaml;

/// <summary>kubectl, reading a manifest without a server.</summary>
internal static class LocalKubectl
{
    public static async Task<JsonNode> ReadAsync(string manifest)
    {
        var isThere = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "kubectl")));
        if (!isThere && Environment.GetEnvironmentVariable("CI") != "true") Assert.Skip("kubectl is not on this machine.");
        var start = new ProcessStartInfo("kubectl", ["annotate", "--local", "-f", "-", "read=yes", "-o", "json"])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["KUBECONFIG"] = "/dev/null";
        using var kubectl = Process.Start(start)!;
        await kubectl.StandardInput.WriteAsync(manifest);
        kubectl.StandardInput.Close();
        var output = kubectl.StandardOutput.ReadToEndAsync();
        var error = await kubectl.StandardError.ReadToEndAsync();
        await kubectl.WaitForExitAsync();
        if (kubectl.ExitCode != 0) throw new InvalidOperationException(error);
        return JsonNode.Parse(await output)!;
    }
}
