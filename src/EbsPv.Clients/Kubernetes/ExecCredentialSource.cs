using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using EbsPv.Defaults;
using EbsPv.Errors;

namespace EbsPv.Clients.Kubernetes;

/// <summary>Tokens and certificates from a kubeconfig's command. It runs once however many requests wait for it, and again only when what
/// it printed ends or is refused.</summary>
internal sealed class ExecCredentialSource(ExecPlugin plugin, KubeconfigCluster cluster, TimeProvider time) : RenewedCredentialSource(time)
{
    private const int MaxHint = 500;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan RenewBefore = TimeSpan.FromSeconds(60);

    protected override async Task<(KubeCredential Credential, DateTimeOffset RenewAt)> RenewAsync(KubeCredential? before, CancellationToken cancellationToken) =>
        Read(await RunAsync(cancellationToken).ConfigureAwait(false));

    private async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(Limit, Time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            var (exitCode, output, errors) = await ExecProcess.RunAsync(Start(), limit.Token).ConfigureAwait(false);
            return exitCode == 0 ? output : throw Failed($"ended with {exitCode}: {Escaped.Text(Scrubbed.Text(errors.Trim(), plugin.Environment.Select(variable => variable.Value)))}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Failed($"gave no answer within {Limit.TotalSeconds:0} seconds");
        }
        catch (Win32Exception absent)
        {
            throw Failed($"could not be started: {absent.Message}", plugin.InstallHint);
        }
    }

    private ProcessStartInfo Start()
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
        start.Environment[ExecRequest.Variable] = ExecRequest.For(plugin, cluster);
        return start;
    }

    private (KubeCredential Credential, DateTimeOffset RenewAt) Read(string output)
    {
        try
        {
            using var credential = JsonDocument.Parse(output);
            var status = credential.RootElement.GetProperty("status");
            var (token, certificate, key) = (Text(status, "token"), Text(status, "clientCertificateData"), Text(status, "clientKeyData"));
            if ((token is null && certificate is null) || token?.Any(char.IsControl) == true) throw Failed("printed no token");
            if (certificate is null != key is null) throw Failed("printed a certificate without its key, or a key without its certificate");
            var result = new KubeCredential
            {
                Header = token is null ? null : KubeCredential.Bearer(token).Header,
                Certificate = certificate is null
                    ? null
                    : ClientCertificates.Load(Encoding.ASCII.GetBytes(certificate), Encoding.ASCII.GetBytes(key!), what => Failed($"printed what {what}"), Time.GetUtcNow()),
            };
            return (result, RenewAt(status));
        }
        catch (Exception wrong) when (wrong is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw Failed("printed something else than an ExecCredential with a token");
        }
    }

    // Early, so that it does not end on the way; of one that is good for a minute only, half of it is used.
    private DateTimeOffset RenewAt(JsonElement status)
    {
        if (!status.TryGetProperty("expirationTimestamp", out var end) || end.ValueKind == JsonValueKind.Null) return DateTimeOffset.MaxValue;
        var (ends, now) = (end.GetDateTimeOffset(), Time.GetUtcNow());
        var half = (ends - now) / 2;
        return half < RenewBefore ? now + half : ends - RenewBefore;
    }

    private static string? Text(JsonElement status, string name) =>
        status.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null && value.GetString() is { Length: > 0 } text ? text : null;

    private EbsPvException Failed(string what, string? hint = null) => new(
        ErrorKind.Authentication, ErrorIds.KubeAuthenticationFailed, $"The kubeconfig's command '{Escaped.Text(plugin.Command)}' {what}.")
    {
        Target = plugin.Command,
        RecommendedAction = hint is null
            ? "Run it by hand to see what it says; kubectl get nodes must work first."
            : $"The kubeconfig says how to install it: {Escaped.Text(hint.Length > MaxHint ? hint[..MaxHint] : hint)}",
    };
}
