using System.Runtime.InteropServices;
using System.Text.Json;

namespace EbsPv.Sandbox.Server;

/// <summary>Keeps a sandbox up until it is told to stop.</summary>
public static class ServeCommand
{
    public static async Task<int> RunAsync(ServeArguments arguments, TextWriter output)
    {
        using var stopping = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var hangup = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);
        if (arguments.StdinLifeline) _ = Task.Run(WatchInput);

        var options = new SandboxOptions
        {
            Ec2Port = arguments.Port, KubernetesPort = arguments.KubernetesPort, ClockScale = arguments.Scale,
        };
        await using var server = await SandboxServer.StartAsync(options, stopping.Token);
        using var kubeconfig = new KubeconfigFile(server);
        await output.WriteLineAsync(ShellVariables.Describe(server, kubeconfig.Path));
        if (arguments.ReadyFile is { } file) WriteReadyFile(file, server, kubeconfig.Path);

        await Task.Delay(Timeout.InfiniteTimeSpan, stopping.Token).ContinueWith(_ => { }, TaskScheduler.Default);
        return 0;

        void Stop(PosixSignalContext signal)
        {
            // Otherwise the process ends here and the kubeconfig stays behind.
            signal.Cancel = true;
            stopping.Cancel();
        }

        void WatchInput()
        {
            while (Console.In.Read() >= 0) continue;
            stopping.Cancel();
        }
    }

    /// <summary>Whoever polls for the file never sees half of it.</summary>
    private static void WriteReadyFile(string path, SandboxServer server, string kubeconfig)
    {
        var content = JsonSerializer.Serialize(
            new { ec2Url = server.Ec2Url, kubernetesUrl = server.KubernetesUrl, kubeconfig }, JsonSerializerOptions.Web);
        var temporary = $"{path}.{Environment.ProcessId}.tmp";
        File.WriteAllText(temporary, content);
        File.Move(temporary, path, overwrite: true);
    }
}
