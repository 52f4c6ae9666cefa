using System.Diagnostics;
using System.Text.Json.Nodes;
using EbsPv.Sandbox.Server;
using Xunit;

namespace EbsPv.Tests.Sandbox.Ec2;

public class ServeTests
{
    [Fact]
    public async Task It_says_where_it_is_and_ends_with_its_input()
    {
        using var folder = new TemporaryFolder();
        var ready = Path.Combine(folder.Path, "ready.json");
        using var process = Start("serve", "--ready-file", ready, "--stdin-lifeline", "--scale", "10");
        try
        {
            while (!File.Exists(ready) && !process.HasExited) await Task.Delay(20, Ec2Harness.Stop);
            var where = JsonNode.Parse(await File.ReadAllTextAsync(ready, Ec2Harness.Stop))!;
            var kubeconfig = (string)where["kubeconfig"]!;
            var text = await File.ReadAllTextAsync(kubeconfig, Ec2Harness.Stop);
            Assert.Contains(((string)where["kubernetesUrl"]!).TrimEnd('/'), text);
            Assert.Contains("current-context: proyecto.k8s.local", text);
            if (!OperatingSystem.IsWindows())
                Assert.Equal(
                    UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
                    File.GetUnixFileMode(Path.GetDirectoryName(kubeconfig)!));

            using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
            var clock = await http.GetStringAsync($"{where["ec2Url"]}_sandbox/clock", Ec2Harness.Stop);
            Assert.Equal(10, (int)JsonNode.Parse(clock)!["scale"]!);

            process.StandardInput.Close();
            await process.WaitForExitAsync(Ec2Harness.Stop);
            Assert.Equal(0, process.ExitCode);
            Assert.False(Directory.Exists(Path.GetDirectoryName(kubeconfig)));

            var output = await process.StandardOutput.ReadToEndAsync(Ec2Harness.Stop);
            Assert.Contains("export AWS_ENDPOINT_URL='http://127.0.0.1:", output);
            // aws reads AWS_DEFAULT_REGION, the SDKs read AWS_REGION.
            Assert.Contains("export AWS_REGION='eu-west-1'", output);
            Assert.Contains("export AWS_DEFAULT_REGION='eu-west-1'", output);
            Assert.Contains("$env:AWS_EC2_METADATA_DISABLED = 'true'", output);
            Assert.Contains($"export KUBECONFIG='{kubeconfig}'", output);
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }

    [Fact]
    public async Task A_port_that_is_taken_is_told()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        using var process = Start("serve", "--port", $"{ec2.Server.Ec2Url.Port}");
        await process.WaitForExitAsync(Ec2Harness.Stop);
        Assert.Equal(1, process.ExitCode);
        Assert.Contains("address already in use", await process.StandardError.ReadToEndAsync(Ec2Harness.Stop));
    }

    [Theory]
    [InlineData("bake")]
    [InlineData("serve", "--port", "seventy")]
    [InlineData("serve", "--scale", "0")]
    [InlineData("serve", "--port")]
    public async Task A_mistake_is_told_with_the_usage(params string[] arguments)
    {
        using var process = Start(arguments);
        await process.WaitForExitAsync(Ec2Harness.Stop);
        Assert.Equal(2, process.ExitCode);
        Assert.Contains("serve [--port N]", await process.StandardError.ReadToEndAsync(Ec2Harness.Stop));
    }

    private static Process Start(params string[] arguments) => Process.Start(new ProcessStartInfo(
        "dotnet", [typeof(SandboxServer).Assembly.Location, .. arguments])
    {
        RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
    })!;

    private sealed class TemporaryFolder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("ebspv-tests-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
