using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using EbsPv.Clients;
using EbsPv.Errors;
using EbsPv.Ports;
using EbsPv.Tests.Support;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Xunit;

namespace EbsPv.Tests.Clients.Kubernetes;

/// <summary>What arrives at a server by a kubeconfig, beside what arrives there by kubectl with the same one.</summary>
[Collection(nameof(EnvironmentTests))]
public sealed class RequestsBesideKubectlTests : IDisposable
{
    private const string Refused = "refused", Group = "client.authentication.k8s.io/";

    private readonly X509Certificate2 _authority = Certificates.Authority("ours");
    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentQueue<string> _seen = new();

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Dispose();
    }

    // The user's lines, the cluster's, and whether anything is sent.
    public static TheoryData<string, string, bool> Users => new()
    {
        { "token: t", "", true },
        { "tokenFile: token", "", true },
        { "tokenFile: token\ntoken: t", "", true },
        { "tokenFile: nowhere\ntoken: t", "", true },
        { "tokenFile: nowhere", "", false },
        { "tokenFile: empty\ntoken: t", "", true },
        { "username: u\npassword: p", "", true },
        { "username: u", "", true },
        { "username: u\ntoken: t", "", false },
        { "username: u\ntokenFile: token", "", false },
        { "token: t\nas: jane\nas-groups: [dev]\nas-uid: 'u 1'\nas-user-extra: {'a/b C': [v]}", "", true },
        { "token: t\nas-groups: [dev]", "", false },
        { "client-certificate: me.crt\nclient-key: me.key", "", true },
        { "client-certificate: me.crt\nclient-key: me.key\ntoken: t", "", true },
        { "client-certificate: me.crt", "", false },
        { "client-certificate: me.crt\nclient-key: other.key", "", false },
        { "client-certificate: nowhere\nclient-key: nowhere", "", false },
        { "exec: {command: ./print, apiVersion: BETA}", "", true },
        { "exec: {command: ./print, apiVersion: V1, interactiveMode: Never}", "", true },
        { "exec: {command: ./print, apiVersion: BETA, env: [{name: TOKEN, value: 'from env'}]}", "", true },
        { "exec: {command: ./print, apiVersion: BETA, args: ['a  b', '', '$(x)']}", "", true },
        { "exec: {command: ./print, apiVersion: BETA, provideClusterInfo: true}", "", true },
        { "exec: {command: ./print, apiVersion: BETA, provideClusterInfo: true}", "tls-server-name: named.example\nextensions: [{name: client.authentication.k8s.io/exec, extension: {audience: a, list: [1, 2.5, true, null]}}]", true },
        { "exec: {command: ./print, apiVersion: ALPHA}", "", false },
        { "exec: {command: ./print, apiVersion: BETA}\ntoken: t", "", true },
        { "exec: {command: ./print, apiVersion: BETA}\nauth-provider: {name: gcp}", "", false },
        { "exec: {command: ./print, apiVersion: BETA}\nclient-certificate: me.crt\nclient-key: me.key", "", true },
        { "exec: {command: ./nowhere, apiVersion: BETA}", "", false },
        { "exec: {command: '', apiVersion: BETA}", "", false },
        { "exec: {command: ./print, apiVersion: BETA, interactiveMode: Always}", "", false },
        { "exec: {command: ./print, apiVersion: BETA, env: [{value: v}]}", "", false },
        { "auth-provider: {name: gcp}", "", false },
        { "token: t", "certificate-authority: ca.crt", true },
        { "token: t", "certificate-authority: nowhere", false },
        { "token: t", "certificate-authority: other.crt", false },
        { "token: t", "tls-server-name: named.example", true },
        { "token: t", "proxy-url: 'ftp://127.0.0.1:1'", false },
        { "token: t", "proxy-url: 'http://127.0.0.1:1'", false },
        { "token: t", "proxy-url: '127.0.0.1:1'", false },
    };

    [Theory]
    [MemberData(nameof(Users))]
    public async Task Both_send_the_same(string user, string cluster, bool sends)
    {
        await using var server = await ServerAsync();
        var path = Write(server, cluster, user.Replace("V1", $"{Group}v1", StringComparison.Ordinal).Replace("BETA", $"{Group}v1beta1", StringComparison.Ordinal).Replace("ALPHA", $"{Group}v1alpha1", StringComparison.Ordinal));
        var theirs = await SentAsync(async () => (await Kubectl.RunAsync(["get", "--raw", "/version"], path)).ExitCode == 0);
        var ours = await SentAsync(() => AskAsync(path));
        Assert.Equal(theirs, ours);
        Assert.Equal(sends, theirs != Refused);
    }

    private async Task<string> SentAsync(Func<Task<bool>> ask)
    {
        _seen.Clear();
        return await ask() ? string.Join('\n', _seen.Distinct()) : Refused;
    }

    private static async Task<bool> AskAsync(string path)
    {
        try
        {
            var cluster = new Connector(SkippedTime.Pauses()).ConnectCluster(new KubeOptions(Kubeconfig: path), new Recorder());
            return await cluster.GetMinorVersionAsync(TestContext.Current.CancellationToken) == 33;
        }
        catch (EbsPvException)
        {
            return false;
        }
    }

    private string Write(RawServer server, string cluster, string user)
    {
        using var other = Certificates.Authority("other");
        var (certificate, key) = Certificates.User(_authority);
        _folder.Write("token", "from file\n");
        _folder.Write("empty", "\n");
        _folder.Write("ca.crt", _authority.ExportCertificatePem());
        _folder.Write("other.crt", other.ExportCertificatePem());
        _folder.Write("me.crt", certificate);
        _folder.Write("me.key", key);
        _folder.Write("other.key", Certificates.User(_authority).Key);
        var print = _folder.Write("print", Script);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(print, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
        if (!cluster.Contains("certificate-authority", StringComparison.Ordinal)) cluster = $"certificate-authority: ca.crt\n{cluster}";
        return _folder.Write("config", Kubeconfigs.Text(server.Url.ToString(), cluster, user));
    }

    // The token tells what the command was told.
    private const string Script = """
        #!/bin/sh
        version=$(printf '%s' "$KUBERNETES_EXEC_INFO" | sed 's/.*"apiVersion":"\([^"]*\)".*/\1/')
        token=$(printf '%s|' "$TOKEN" "$@" "$KUBERNETES_EXEC_INFO" | od -An -v -tx1 | tr -d ' \n')
        printf '{"apiVersion":"%s","kind":"ExecCredential","status":{"token":"%s"}}' "$version" "$token"

        """;

    private Task<RawServer> ServerAsync() => RawServer.StartAsync(
        (context, _) =>
        {
            _seen.Enqueue(Told(context));
            return RawServer.AnswerAsync(context, """{"major":"1","minor":"33"}""");
        },
        configure: port => port.UseHttps(https =>
        {
            https.ServerCertificateSelector = (_, name) => Certificates.Server(_authority, string.IsNullOrEmpty(name) ? null : name);
            https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
            https.AllowAnyClientCertificate();
        }));

    private static string Told(HttpContext context)
    {
        var headers = context.Request.Headers.Select(one => (Name: one.Key.ToLowerInvariant(), Value: $"{one.Value}")).Where(one => one.Name == "authorization" || one.Name.StartsWith("impersonate", StringComparison.Ordinal));
        return string.Join('|', headers.Select(one => $"{Uri.UnescapeDataString(one.Name)}={Readable(one.Value)}").Order(StringComparer.Ordinal).Append($"{context.Connection.ClientCertificate?.Subject}").Append(context.Request.Protocol));
    }

    private static string Readable(string header)
    {
        if (header.Length < 60) return header;
        var told = Encoding.UTF8.GetString(Convert.FromHexString(header["Bearer ".Length..]));
        var (from, to) = (told.IndexOf('{', StringComparison.Ordinal), told.LastIndexOf('}') + 1);
        return $"{told[..from]}{Sorted(JsonNode.Parse(told[from..to]))?.ToJsonString()}";
    }

    private static JsonNode? Sorted(JsonNode? node) => node is JsonObject members
        ? new JsonObject(members.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => new KeyValuePair<string, JsonNode?>(one.Key, Sorted(one.Value))))
        : node?.DeepClone();
}
