using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;
using EbsPv.Defaults;
using EbsPv.Errors;
using k8s.Authentication;

namespace EbsPv.Clients.Kubernetes;

/// <summary>Tokens from a kubeconfig's command. It runs once however many requests wait for it, and again only when its token ends.</summary>
internal sealed class ExecCredentialSource(ExecPlugin plugin, KubeconfigCluster cluster, TimeProvider time) : ITokenProvider, IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan RenewBefore = TimeSpan.FromSeconds(60);

    private readonly SemaphoreSlim _one = new(1);
    private string? _token;
    private DateTimeOffset _ends;

    public async Task<AuthenticationHeaderValue> GetAuthenticationHeaderAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_token is null || time.GetUtcNow() >= _ends) (_token, _ends) = Read(await RunAsync(cancellationToken).ConfigureAwait(false));
            return new AuthenticationHeaderValue("Bearer", _token);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(Limit, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        using var process = Start();
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var errors = process.StandardError.ReadToEndAsync(limit.Token);
        try
        {
            await process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
            if (process.ExitCode == 0) return await output.ConfigureAwait(false);
            throw Failed($"ended with {process.ExitCode}: {Escaped.Text((await errors.ConfigureAwait(false)).Trim())}");
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            if (cancellationToken.IsCancellationRequested) throw;
            throw Failed($"gave no answer within {Limit.TotalSeconds:0} seconds");
        }
    }

    private Process Start()
    {
        var start = new ProcessStartInfo(plugin.Command)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var argument in plugin.Arguments) start.ArgumentList.Add(argument);
        foreach (var (name, value) in plugin.Environment) start.Environment[name] = value;
        start.Environment["KUBERNETES_EXEC_INFO"] = Request();
        try
        {
            return Process.Start(start) ?? throw Failed("did not start");
        }
        catch (System.ComponentModel.Win32Exception absent)
        {
            throw Failed($"could not be started: {absent.Message}");
        }
    }

    private string Request()
    {
        var spec = new Dictionary<string, object> { ["interactive"] = false };
        if (plugin.ProvideClusterInfo)
        {
            var info = new Dictionary<string, object> { ["server"] = cluster.Server };
            if (cluster.CertificateAuthority is { } authority) info["certificate-authority-data"] = Convert.ToBase64String(authority);
            if (cluster.TlsServerName is { } name) info["tls-server-name"] = name;
            spec["cluster"] = info;
        }

        return JsonSerializer.Serialize(new Dictionary<string, object> { ["apiVersion"] = plugin.ApiVersion, ["kind"] = "ExecCredential", ["spec"] = spec });
    }

    private (string Token, DateTimeOffset Ends) Read(string output)
    {
        try
        {
            using var credential = JsonDocument.Parse(output);
            var status = credential.RootElement.GetProperty("status");
            var token = status.GetProperty("token").GetString();
            if (string.IsNullOrEmpty(token) || token.Any(char.IsControl)) throw Failed("printed no token");
            var ends = status.TryGetProperty("expirationTimestamp", out var end) && end.ValueKind != JsonValueKind.Null ? end.GetDateTimeOffset() - RenewBefore : DateTimeOffset.MaxValue;
            return (token, ends);
        }
        catch (Exception wrong) when (wrong is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw Failed("printed something else than an ExecCredential with a token");
        }
    }

    private EbsPvException Failed(string what) => new(
        ErrorKind.Authentication, ErrorIds.KubeAuthenticationFailed, $"The kubeconfig's command '{Escaped.Text(plugin.Command)}' {what}.")
    {
        Target = plugin.Command,
        RecommendedAction = "Run it by hand to see what it says; kubectl get nodes must work first.",
    };
}
