using EbsPv.Module.Tests.Backends;
using EbsPv.Module.Tests.Engine;
using EbsPv.Tests.Support;
using Xunit;

namespace EbsPv.Module.Tests.Scenarios;

/// <summary>What a session shows, and leaves behind in files, when a call fails: no secret of the kubeconfig.</summary>
public sealed class SecretTests(SandboxBackend backend) : SandboxTests(backend)
{
    private const string Canary = "canary-kube-token-0123456789";

    private const string Register = "[pscustomobject]@{ VolumeId = 'vol-0123456789abcdef0'; Name = 'pv'; AvailabilityZone = 'eu-west-1b'; Size = 10 } | Register-EbsPersistentVolume -Verbose";

    [Theory]
    [InlineData("unknown token", "KubeAuthenticationFailed")]
    [InlineData("no role", "KubePermissionDenied")]
    [InlineData("server error", "KubeServiceFailed")]
    [InlineData("cut", "KubeUnreachable")]
    [InlineData("other authority", "KubeUnreachable")]
    [InlineData("no server", "KubeUnreachable")]
    [InlineData("command fails", "KubeAuthenticationFailed")]
    [InlineData("command prints nonsense", "KubeAuthenticationFailed")]
    [InlineData("no YAML", "KubeconfigInvalid")]
    public async Task No_stream_and_no_error_shows_a_secret(string way, string errorId)
    {
        var (kubeconfig, secret) = await KubeconfigAsync(way);
        Session.Set("KUBECONFIG", await WrittenAsync(kubeconfig));

        var result = Session.Run(Register);

        var error = result.OnlyError(errorId);
        var shown = Shown.By(error).Concat(Shown.By(error.Exception)).Concat(result.Verbose).Concat(result.Warnings).Append(result.HostText).Append(Session.Render([error]));
        Assert.All(shown, text => Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("server error", "KubeServiceFailed")]
    [InlineData("command fails", "KubeAuthenticationFailed")]
    public async Task No_file_holds_one_afterwards(string way, string errorId)
    {
        var folder = TestProcess.NewFolder("secrets");
        var (kubeconfig, secret) = await KubeconfigAsync(way);
        var environment = new Dictionary<string, string?>(Backend.Variables) { ["KUBECONFIG"] = await WrittenAsync(kubeconfig), ["HOME"] = folder, ["TMPDIR"] = folder };

        var result = await ShellProcess.RunAsync($"{ShellProcess.Import}{Register}; $Error[0].FullyQualifiedErrorId", environment);

        Assert.Contains($"{errorId},EbsPv", result.Output);
        Assert.DoesNotContain(secret, result.Output + result.Error, StringComparison.OrdinalIgnoreCase);
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            Assert.DoesNotContain(secret, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<string> WrittenAsync(string kubeconfig)
    {
        var path = Path.Combine(TestProcess.NewFolder("kubeconfig"), "config");
        await File.WriteAllTextAsync(path, kubeconfig);
        return path;
    }

    /// <summary>A kubeconfig that fails in that way, and the secret in it.</summary>
    private async Task<(string Text, string Secret)> KubeconfigAsync(string way)
    {
        var good = await File.ReadAllTextAsync(Backend.Variables["KUBECONFIG"]!);
        switch (way)
        {
            case "no role":
                var denied = await File.ReadAllTextAsync(await Backend.KubeconfigAsync(null));
                return (denied, denied.Split("token: ")[1].Trim());
            case "server error":
                await Admin.AddFaultAsync(new { kind = "Error", operation = "list persistentvolumes", status = 500, times = -1 });
                break;
            case "cut":
                await Admin.AddFaultAsync(new { kind = "CutBefore", operation = "list persistentvolumes", times = -1 });
                break;
            case "other authority":
                return (WithToken(Replaced(good, "certificate-authority-data: ", await AnotherAuthorityAsync())), Canary);
            case "no server":
                return (WithToken(Replaced(good, "server: ", $"https://127.0.0.1:{ServerProcess.FreePort()}")), Canary);
            case "command fails":
                return (WithCommand(good, $"echo {Canary}; echo Bearer {Canary} >&2; exit 3"), Canary);
            case "command prints nonsense":
                return (WithCommand(good, $"echo {Canary}"), Canary);
            case "no YAML":
                return (WithToken(good) + "\n  token: [", Canary);
            default:
                return (WithToken(good), Canary);
        }

        await Admin.SetKubernetesAsync(new { tokens = new Dictionary<string, object> { [Canary] = new { name = "canary" } } });
        return (WithToken(good), Canary);
    }

    private static string WithToken(string kubeconfig) => Replaced(kubeconfig, "token: ", Canary);

    private static string WithCommand(string kubeconfig, string script) =>
        kubeconfig.Replace("token: sandbox", $"exec: {{command: sh, apiVersion: client.authentication.k8s.io/v1, args: [\"-c\", \"{script}\"]}}", StringComparison.Ordinal);

    private static string Replaced(string kubeconfig, string key, string value) =>
        string.Join('\n', kubeconfig.Split('\n').Select(line => line.Contains(key, StringComparison.Ordinal) ? line[..(line.IndexOf(key, StringComparison.Ordinal) + key.Length)] + value : line));

    // Another sandbox's, which signs nothing here.
    private static async Task<string> AnotherAuthorityAsync()
    {
        await using var another = new SandboxBackend();
        await another.InitializeAsync();
        var line = (await File.ReadAllLinesAsync(another.Variables["KUBECONFIG"]!)).Single(line => line.Contains("certificate-authority-data: ", StringComparison.Ordinal));
        return line.Split(": ")[1].Trim();
    }
}
