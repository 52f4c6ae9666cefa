using EbsPv.Sandbox.Server;

namespace EbsPv.Sandbox.Demo;

/// <summary>Runs somebody's runbook against a sandbox of its own.</summary>
public static class Rehearsal
{
    public static async Task<int> RunAsync(string file, TextWriter output)
    {
        if (!File.Exists(file)) throw new IOException($"There is no file {file}.");
        await using var server = await SandboxServer.StartAsync(new SandboxOptions(), CancellationToken.None);
        using var kubeconfig = new KubeconfigFile(server);
        var pwsh = ScriptRunner.Pwsh;
        if (pwsh is null)
            await output.WriteLineAsync(
                "No pwsh on the path: the bare engine runs it, which lacks the Utility and Management cmdlets (Select-Object, Write-Host, Set-Content and the like).");
        await output.FlushAsync();
        return await new ScriptRunner(server, kubeconfig.Path).RunAsync($"& {ScriptRunner.Quoted(Path.GetFullPath(file))}", pwsh);
    }
}
