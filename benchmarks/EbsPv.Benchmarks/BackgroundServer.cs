using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace EbsPv.Benchmarks;

/// <summary>A server that runs while it is measured, and ends with us.</summary>
internal sealed class BackgroundServer : IAsyncDisposable
{
    private readonly Process _process;

    private BackgroundServer(Process process, IReadOnlyDictionary<string, string> environment)
    {
        _process = process;
        Environment = environment;
    }

    /// <summary>What points a client at it.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; }

    public static async Task<BackgroundServer> StartSandboxAsync()
    {
        var ready = Path.Combine(Path.GetTempPath(), $"ebspv-benchmark-{System.Environment.ProcessId}.json");
        File.Delete(ready);
        var process = Start(Programs.Sandbox, ["serve", "--ready-file", ready, "--stdin-lifeline"]);
        while (!File.Exists(ready)) await WaitAsync(process);
        using var document = JsonDocument.Parse(await File.ReadAllTextAsync(ready));
        File.Delete(ready);
        var endpoint = document.RootElement.GetProperty("ec2Url").GetString()!.TrimEnd('/');
        using var http = new HttpClient();
        // Without latency: what is measured is the client, not the imitation of EC2's pace.
        using var settings = new StringContent("""{"createTime":"00:00:00","rateLimits":false}""", null, "application/json");
        (await http.PostAsync(new Uri($"{endpoint}/_sandbox/ec2/settings"), settings)).EnsureSuccessStatusCode();
        return new BackgroundServer(process, Aws(endpoint, document.RootElement.GetProperty("kubeconfig").GetString()!));
    }

    public static async Task<BackgroundServer> StartMotoAsync(string moto)
    {
        var port = FreePort();
        var process = Start(moto, ["-H", "127.0.0.1", "-p", port.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        var endpoint = $"http://127.0.0.1:{port}";
        using var http = new HttpClient();
        while (true)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri($"{endpoint}/moto-api/"));
                return new BackgroundServer(process, Aws(endpoint, "none"));
            }
            catch (HttpRequestException)
            {
                await WaitAsync(process);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(2))) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static Process Start(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        var process = Process.Start(start) ?? throw new IOException($"{program} did not start.");
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static async Task WaitAsync(Process process)
    {
        if (process.HasExited) throw new IOException($"A server ended with {process.ExitCode} before it was ready.");
        await Task.Delay(50);
    }

    private static Dictionary<string, string> Aws(string endpoint, string kubeconfig) => new()
    {
        ["AWS_ENDPOINT_URL"] = endpoint,
        ["AWS_ACCESS_KEY_ID"] = "benchmark",
        ["AWS_SECRET_ACCESS_KEY"] = "benchmark",
        ["AWS_REGION"] = "eu-west-1",
        ["AWS_DEFAULT_REGION"] = "eu-west-1",
        ["AWS_EC2_METADATA_DISABLED"] = "true",
        ["AWS_CONFIG_FILE"] = Path.Combine(Path.GetTempPath(), "ebspv-benchmark-none"),
        ["AWS_SHARED_CREDENTIALS_FILE"] = Path.Combine(Path.GetTempPath(), "ebspv-benchmark-none"),
        ["KUBECONFIG"] = kubeconfig,
    };

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
