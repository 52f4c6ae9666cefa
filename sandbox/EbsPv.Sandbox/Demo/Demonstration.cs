using EbsPv.Sandbox.Server;

namespace EbsPv.Sandbox.Demo;

/// <summary>What the sandbox does when it is started without arguments: the README's line, twice, and what it cost.</summary>
public static class Demonstration
{
    private const string Line = "Get-WorkerZone | New-ClusterEbsVolume -Size 10 | Register-EbsPersistentVolume";

    private const string Script = """
        Get-WorkerZone -OutVariable zones | New-ClusterEbsVolume -Size 10 -OutVariable volumes | Register-EbsPersistentVolume -OutVariable persistentVolumes > $null
        $zones | Out-Host
        $volumes | Out-Host
        $persistentVolumes | Out-Host
        """;

    public static string HowToServe => $"""
        A local EC2 and Kubernetes to try EbsPv on. Nothing leaves this machine.

        The demonstration:    dotnet run --project sandbox/EbsPv.Sandbox
        Keep one up:          dotnet run --project sandbox/EbsPv.Sandbox -- {ServeArguments.Usage}
        Rehearse a runbook:   dotnet run --project sandbox/EbsPv.Sandbox -- run FILE.ps1
        """;

    public static async Task<int> RunAsync(TextWriter output)
    {
        await using var server = await SandboxServer.StartAsync(new SandboxOptions(), CancellationToken.None);
        using var kubeconfig = new KubeconfigFile(server);
        var runner = new ScriptRunner(server, kubeconfig.Path);
        var first = await StepAsync("The first run makes what is missing:", server, runner, output);
        var second = await StepAsync("The same line again makes nothing and emits the same:", server, runner, output);
        if (first != 0 || second != 0) return 1;
        await output.WriteLineAsync("""
            To go on by yourself:  dotnet run --project sandbox/EbsPv.Sandbox -- serve
            """);
        return 0;
    }

    private static async Task<int> StepAsync(string title, SandboxServer server, ScriptRunner runner, TextWriter output)
    {
        server.Ledger.Clear();
        await output.WriteLineAsync($"{title}\n\nPS> {Line}");
        await output.FlushAsync();
        var exitCode = await runner.RunAsync(Script);
        await output.WriteLineAsync($"Calls: {string.Join(", ", server.Ledger.Counts.Select(call => $"{call.Value} {call.Key}"))}.\n");
        return exitCode;
    }
}
