using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using EbsPv.Clients;
using EbsPv.Errors;
using EbsPv.Ports;
using EbsPv.Tests.Support;
using k8s.Autorest;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Xunit;
using static EbsPv.Tests.Clients.Kubernetes.KubeHarness;

namespace EbsPv.Tests.Clients.Kubernetes;

/// <summary>Secrets of every kind, beside every way in which a call can fail: none of them is in what the user can see of it.</summary>
public sealed class SecretTests : IDisposable
{
    private const string Token = "canary-kube-token-0123456789";

    private static readonly string[] Users = ["token", "token file", "password", "certificate", "command", "command with a certificate"];

    private readonly X509Certificate2 _authority = Certificates.Authority("ours");
    private readonly TemporaryFolder _folder = new();
    private readonly Recorder _reporter = new();
    private readonly List<string> _secrets = [Token];

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("401")]
    [InlineData("403")]
    [InlineData("404")]
    [InlineData("409")]
    [InlineData("422")]
    [InlineData("429")]
    [InlineData("500")]
    [InlineData("echo")]
    [InlineData("garbage")]
    [InlineData("empty")]
    [InlineData("half")]
    [InlineData("cut")]
    [InlineData("redirect")]
    [InlineData("no server")]
    [InlineData("other authority")]
    [InlineData("other name")]
    [InlineData("plain text")]
    public async Task None_is_shown(string way)
    {
        await using var server = await ServerAsync(way);
        var clusters = Users.Select(user => Connect(server, way, User(user))).ToList();
        if (way == "no server") await server.DisposeAsync();
        foreach (var cluster in clusters) await AssertFailsWithoutSecretsAsync(cluster);
    }

    [Theory]
    [InlineData("exec: {command: sh, args: ['-c', 'echo canary-kube-token-0123456789; exit 3']}")]
    [InlineData("exec: {command: sh, args: ['-c', 'echo Bearer canary-kube-token-0123456789 >&2; exit 3']}")]
    [InlineData("exec: {command: sh, args: ['-c', 'echo cannot log in with $PASSWORD >&2; exit 3'], env: [{name: PASSWORD, value: canary-kube-token-0123456789}]}")]
    [InlineData("exec: {command: sh, args: ['-c', 'echo {canary-kube-token-0123456789}']}")]
    [InlineData("exec: {command: /nowhere/command, args: [canary-kube-token-0123456789], env: [{name: PASSWORD, value: canary-kube-token-0123456789}]}")]
    [InlineData("tokenFile: nowhere")]
    [InlineData("token: \"canary-kube-token-0123456789\\r\\n\"")]
    [InlineData("client-certificate-data: Y2FuYXJ5LWt1YmUtdG9rZW4tMDEyMzQ1Njc4OQ==\nclient-key-data: Y2FuYXJ5LWt1YmUtdG9rZW4tMDEyMzQ1Njc4OQ==")]
    [InlineData("client-key-data: 'canary-kube-token-0123456789!'\ntoken: canary-kube-token-0123456789")]
    [InlineData("username: me\npassword: canary-kube-token-0123456789\ntoken: canary-kube-token-0123456789")]
    public async Task Nor_when_there_is_nothing_to_sign_with(string user)
    {
        await using var server = await ServerAsync("500");
        var failure = await Assert.ThrowsAsync<EbsPvException>(() => Connect(server, "500", user).GetMinorVersionAsync(Stop));
        AssertNothingIn(Shown.By(failure).Concat(_reporter.Lines).Concat(_reporter.Warnings));
    }

    [Fact]
    public void The_library_s_own_exception_would_show_it()
    {
        using var request = new HttpRequestMessage { Headers = { Authorization = new("Bearer", Token) } };
        var failure = new HttpOperationException { Request = new HttpRequestMessageWrapper(request, "") };
        Assert.Contains(Shown.By(new InvalidOperationException("", failure)), text => text.Contains(Token, StringComparison.Ordinal));
    }

    [Fact]
    public void A_server_s_address_with_a_password_is_refused_and_not_shown()
    {
        var path = _folder.Write("config", Kubeconfigs.Text($"https://me:{Token}@127.0.0.1:6443"));
        var failure = Refusal.Of(ErrorIds.KubeconfigInvalid, () => new Connector().ConnectCluster(new KubeOptions(Kubeconfig: path), _reporter));
        AssertNothingIn(Shown.By(failure).Concat(_reporter.Lines));
    }

    private async Task AssertFailsWithoutSecretsAsync(ICluster cluster)
    {
        var calls = new Func<Task>[]
        {
            () => cluster.CreatePersistentVolumeAsync(Spec("pv"), Stop),
            () => cluster.GetPersistentVolumeAsync("pv", Stop),
            async () => await cluster.ListPersistentVolumesAsync(Stop).ToListAsync(Stop),
            async () => await cluster.WatchPersistentVolumesAsync("1", Stop).FirstAsync(Stop),
            () => cluster.GetMinorVersionAsync(Stop),
        };
        var failures = new List<EbsPvException>();
        foreach (var call in calls)
            if (await Record.ExceptionAsync(call) is { } failure)
                failures.Add(Assert.IsType<EbsPvException>(failure));
        Assert.NotEmpty(failures);
        AssertNothingIn(Shown.By(failures).Concat(_reporter.Lines).Concat(_reporter.Warnings));
    }

    private void AssertNothingIn(IEnumerable<string> texts) =>
        Assert.All(texts, text => Assert.DoesNotContain(_secrets, secret => text.Contains(secret, StringComparison.OrdinalIgnoreCase)));

    private string User(string kind)
    {
        var (certificate, key) = Certificates.User(_authority);
        _secrets.AddRange(key.Split('\n').Where(line => line.Length > 20 && !line.StartsWith('-')));
        _secrets.Add(Certificates.Base64($"me:{Token}"));
        _folder.Write("token", Token);
        _folder.Write(Answer(kind), JsonSerializer.Serialize(new { status = kind == "command" ? (object)new { token = Token } : new { token = Token, clientCertificateData = certificate, clientKeyData = key } }));
        return kind switch
        {
            "token" => $"token: {Token}",
            "token file" => "tokenFile: token",
            "password" => $"username: me\npassword: {Token}",
            "certificate" => $"client-certificate-data: {Certificates.Base64(certificate)}\nclient-key-data: {Certificates.Base64(key)}",
            _ => $"exec: {{command: cat, args: ['{Path.Combine(_folder.Path, Answer(kind))}'], env: [{{name: SECRET, value: {Token}}}]}}",
        };
    }

    private static string Answer(string kind) => $"answer of a {kind}";

    private ICluster Connect(RawServer server, string way, string user)
    {
        using var other = Certificates.Authority("other");
        var trusted = way == "other authority" ? other : _authority;
        var cluster = $"certificate-authority-data: {Certificates.Base64(trusted.ExportCertificatePem())}{(way == "other name" ? "\ntls-server-name: other.example" : "")}";
        return new Connector(SkippedTime.Pauses()).ConnectCluster(new KubeOptions(Kubeconfig: _folder.Write("config", Kubeconfigs.Text(server.Url.ToString().Replace("http:", "https:", StringComparison.Ordinal), cluster, user))), _reporter);
    }

    private Task<RawServer> ServerAsync(string way) => RawServer.StartAsync(
        (context, _) => AnswerAsync(context, way),
        configure: port =>
        {
            if (way != "plain text") port.UseHttps(https =>
            {
                https.ServerCertificate = Certificates.Server(_authority);
                https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
                https.AllowAnyClientCertificate();
            });
        });

    private static async Task AnswerAsync(HttpContext context, string way)
    {
        switch (way)
        {
            case "echo":
                var told = JsonSerializer.Serialize(new { kind = "Status", reason = "BadRequest", message = $"not understood: authorization: {context.Request.Headers.Authorization}" });
                await RawServer.AnswerAsync(context, told, status: 400);
                break;
            case "garbage":
                await RawServer.AnswerAsync(context, $"<html>{context.Request.Headers.Authorization}</html>");
                break;
            case "empty":
                break;
            case "half":
                context.Response.ContentLength = 100;
                await context.Response.WriteAsync("{\"kind\":");
                context.Abort();
                break;
            case "cut":
                context.Abort();
                break;
            case "redirect":
                context.Response.Redirect($"https://elsewhere.example/?token={context.Request.Headers.Authorization}");
                break;
            default:
                await RawServer.AnswerAsync(context, """{"kind":"Status","reason":"Any","message":"no"}""", status: int.Parse(way));
                break;
        }
    }
}
