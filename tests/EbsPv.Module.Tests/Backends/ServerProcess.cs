using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace EbsPv.Module.Tests.Backends;

/// <summary>
/// A server that never outlives this process: a small shell holds the end of a pipe, and kills the server when the pipe closes, be it
/// because the tests are done or because they were killed.
/// </summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private const string Lifeline =
        "\"$@\" >>\"$EBSPV_LOG\" 2>&1 </dev/null & child=$!; echo $child; cat >/dev/null; kill -KILL $child 2>/dev/null; wait $child 2>/dev/null; exit 0";

    private readonly Process _shell;
    private readonly string _log;
    private readonly string _id;

    private ServerProcess(Process shell, string log) => (_shell, _log, _id) = (shell, log, shell.StandardOutput.ReadLine()!);

    public static ServerProcess Start(string folder, string program, params string[] arguments)
    {
        var log = Path.Combine(folder, $"{Path.GetFileName(program)}.log");
        var start = new ProcessStartInfo("/bin/sh", ["-c", Lifeline, "sh", program, .. arguments]) { RedirectStandardInput = true, RedirectStandardOutput = true, WorkingDirectory = folder };
        start.Environment["EBSPV_LOG"] = log;
        return new ServerProcess(Process.Start(start)!, log);
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>The end of what it wrote, for whoever waited in vain.</summary>
    public string Tail => File.Exists(_log) ? string.Join('\n', File.ReadLines(_log).TakeLast(15)) : "nothing was written";

    /// <summary>Sends it a signal, as kill does: TERM, KILL, STOP, CONT.</summary>
    public void Signal(string name)
    {
        using var kill = Process.Start("/bin/sh", ["-c", $"kill -{name} {_id}"]);
        kill.WaitForExit();
    }

    /// <summary>What it has had of the processors.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            using var server = Process.GetProcessById(int.Parse(_id, CultureInfo.InvariantCulture));
            return server.TotalProcessorTime;
        }
    }

    /// <summary>Whether it runs. One that has ended and that nobody has asked for is no longer running, either.</summary>
    public bool IsRunning => File.Exists($"/proc/{_id}/stat") && !File.ReadAllText($"/proc/{_id}/stat").Contains(") Z ", StringComparison.Ordinal);

    public async ValueTask DisposeAsync()
    {
        _shell.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try
        {
            await _shell.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _shell.Kill(entireProcessTree: true);
        }

        _shell.Dispose();
    }
}
