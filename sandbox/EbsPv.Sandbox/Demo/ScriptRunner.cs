using System.Diagnostics;
using EbsPv.Sandbox.Server;

namespace EbsPv.Sandbox.Demo;

/// <summary>Runs PowerShell against a sandbox: in pwsh where that is wanted and on the path, else in the bare engine.</summary>
internal sealed class ScriptRunner(SandboxServer server, string kubeconfig)
{
    // What the user's own shell says about AWS or a cluster must not reach the sandbox's.
    private static readonly string[] NotInherited =
    [
        "AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_ENDPOINT_URL_EC2", "AWS_ROLE_ARN", "AWS_WEB_IDENTITY_TOKEN_FILE",
        "KOPS_CLUSTER_NAME", "NAME",
    ];

    /// <summary>pwsh on the path; null when there is none.</summary>
    public static string? Pwsh
    {
        get
        {
            var name = OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh";
            var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
            return folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        }
    }

    /// <summary>Runs a text with the module imported.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(string text, string? pwsh = null)
    {
        var start = new ProcessStartInfo(pwsh ?? Checkout.Shell) { UseShellExecute = false };
        if (pwsh is not null) start.ArgumentList.Add("-NoProfile");
        start.ArgumentList.Add("-Command");
        start.ArgumentList.Add($"Import-Module {Quoted(Checkout.Manifest)}\n{text}");
        foreach (var name in NotInherited) start.Environment.Remove(name);
        foreach (var (name, value) in ShellVariables.For(server, kubeconfig)) start.Environment[name] = value;
        start.Environment["AWS_CONFIG_FILE"] = $"{kubeconfig}.aws-config";
        start.Environment["AWS_SHARED_CREDENTIALS_FILE"] = $"{kubeconfig}.aws-credentials";
        using var process = Process.Start(start) ?? throw new IOException($"{start.FileName} did not start.");
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    public static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
