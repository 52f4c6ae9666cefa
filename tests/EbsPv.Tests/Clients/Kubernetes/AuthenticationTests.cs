using System.Collections.Concurrent;
using System.Text;
using EbsPv.Clients;
using EbsPv.Errors;
using EbsPv.Ports;
using EbsPv.Tests.Support;
using Microsoft.AspNetCore.Http;
using Xunit;
using static EbsPv.Tests.Clients.Kubernetes.KubeHarness;

namespace EbsPv.Tests.Clients.Kubernetes;

/// <summary>Tokens that the server no longer knows, long before they end by their own word.</summary>
public sealed class AuthenticationTests : IDisposable
{
    private const string Unknown = """{"kind":"Status","reason":"Unauthorized","message":"Unauthorized","code":401}""";

    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentQueue<string> _tokens = new();
    private readonly Recorder _reporter = new();

    public void Dispose()
    {
        _folder.Dispose();
        _reporter.AssertNoSecret();
    }

    private int Runs => File.Exists(Counter) ? File.ReadAllLines(Counter).Length : 0;

    private string Counter => Path.Combine(_folder.Path, "count");

    // Prints canary-1 at its first run, canary-2 at its second.
    private string Command => $$"""
        exec:
          command: sh
          apiVersion: client.authentication.k8s.io/v1
          args: ["-c", 'echo run >> "$COUNT"; printf ''{"status":{"token":"canary-%s"} }'' $(($(wc -l < "$COUNT")))']
          env: [{name: COUNT, value: '{{Counter}}'}]
        """;

    [Fact]
    public async Task A_command_is_asked_anew_and_the_request_sent_again_whole()
    {
        var bodies = new ConcurrentQueue<long>();
        await using var server = await ServerAsync("canary-2", async context => bodies.Enqueue((await ReadAsync(context)).Length));
        await Connect(server, Command).CreatePersistentVolumeAsync(Spec("pv"), Stop);
        Assert.Equal(["Bearer canary-1", "Bearer canary-2"], _tokens);
        Assert.Equal(2, Runs);
        Assert.Single(bodies.Distinct());
        Assert.True(bodies.First() > 100);
    }

    [Fact]
    public async Task Eight_refused_requests_ask_it_once()
    {
        var all = new TaskCompletionSource();
        await using var server = await ServerAsync("canary-2", context =>
        {
            if (_tokens.Count == 8) all.TrySetResult();
            return all.Task;
        });
        var cluster = Connect(server, Command);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => cluster.GetMinorVersionAsync(Stop)));
        Assert.Equal((16, 2), (server.Requests, Runs));
        await cluster.GetMinorVersionAsync(Stop);
        Assert.Equal((17, 2), (server.Requests, Runs));
    }

    [Fact]
    public async Task A_server_that_refuses_both_is_believed()
    {
        await using var server = await ServerAsync("another");
        var cluster = Connect(server, Command);
        var failures = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Refusal.OfAsync(ErrorIds.KubeAuthenticationFailed, () => cluster.GetMinorVersionAsync(Stop))));
        Assert.All(failures, Recorder.AssertNoSecretIn);
        Assert.InRange(server.Requests, 8, 16);
        Assert.InRange(Runs, 2, 9);
    }

    [Fact]
    public async Task What_the_command_says_when_it_is_asked_anew_is_the_error()
    {
        await using var server = await ServerAsync("another");
        var once = Command.Replace("echo run", "test -e \"$COUNT\" && { echo please log in >&2; exit 9; }; echo run", StringComparison.Ordinal);
        var failure = await Refusal.OfAsync(ErrorIds.KubeAuthenticationFailed, () => Connect(server, once).GetMinorVersionAsync(Stop));
        Assert.Contains("ended with 9: please log in", failure.Message);
    }

    [Fact]
    public async Task A_token_file_is_read_again_at_once()
    {
        await using var server = await ServerAsync("canary-new", context =>
        {
            if (_tokens.Count == 1) _folder.Write("token", "canary-new\n");
            return Task.CompletedTask;
        });
        var file = _folder.Write("token", "canary-old\n");
        Assert.Equal(33, await Connect(server, $"tokenFile: {file}").GetMinorVersionAsync(Stop));
        Assert.Equal(["Bearer canary-old", "Bearer canary-new"], _tokens);
    }

    [Fact]
    public async Task A_token_of_the_kubeconfig_is_what_it_is()
    {
        await using var server = await ServerAsync("another");
        await Refusal.OfAsync(ErrorIds.KubeAuthenticationFailed, () => Connect(server, "token: canary").GetMinorVersionAsync(Stop));
        Assert.Equal(1, server.Requests);
    }

    [Theory]
    [InlineData("token: canary-1\ntokenFile: FILE", "Bearer canary-file")]
    [InlineData("token: canary-1\ntokenFile: /nowhere/token", "Bearer canary-1")]
    [InlineData("token: canary-1\nexec: {command: /nowhere/command}", "Bearer canary-1")]
    [InlineData("username: me\npassword: 'canary:ä'", "Basic bWU6Y2FuYXJ5OsOk")]
    public async Task Of_several_ways_kubectl_s_order_decides(string user, string header)
    {
        await using var server = await ServerAsync(null);
        var file = _folder.Write("token", "canary-file");
        await Connect(server, user.Replace("FILE", file)).GetMinorVersionAsync(Stop);
        Assert.Equal([header], _tokens);
    }

    [Theory]
    [InlineData("token: canary\nusername: me", "both a token and a password")]
    [InlineData("token: \"canary\\r\\nX-Other: a\"", "line breaks")]
    [InlineData("token: canary\nas-groups: [admins]", "without acting as a user")]
    [InlineData("token: canary\nas: jane\nas-groups: [dev, ops]", "several groups")]
    [InlineData("token: canary\nas: \"a\\nb\"", "control characters")]
    [InlineData("exec: {args: [canary]}", "without a command")]
    [InlineData("exec: {command: a, env: [{value: canary}]}", "without a usable name")]
    [InlineData("exec: {command: a, env: [{name: a=b, value: canary}]}", "without a usable name")]
    [InlineData("exec: {command: a, args: [\"canary\\0\"]}", "NUL")]
    public async Task What_kubectl_refuses_is_refused(string user, string why)
    {
        await using var server = await ServerAsync(null);
        var failure = Refusal.Of(ErrorIds.KubeconfigInvalid, () => Connect(server, user));
        Assert.Contains(why, failure.Message);
        Assert.Contains("'me'", failure.Message);
        Recorder.AssertNoSecretIn(failure);
    }

    [Theory]
    [InlineData("", "holds no token")]
    [InlineData(null, "cannot be read")]
    public async Task A_token_file_without_a_token_is_named(string? content, string why)
    {
        await using var server = await ServerAsync(null);
        var file = content is null ? "/nowhere/token" : _folder.Write("token", content);
        var failure = await Refusal.OfAsync(ErrorIds.CredentialMissing, () => Connect(server, $"tokenFile: {file}").GetMinorVersionAsync(Stop));
        Assert.Contains($"'{file}' {why}", failure.Message);
        Assert.Equal(0, server.Requests);
    }

    [Theory]
    [InlineData("interactiveMode: Always", "no terminal")]
    [InlineData("apiVersion: client.authentication.k8s.io/v1alpha1", "v1alpha1")]
    public async Task A_command_that_cannot_be_used_is_refused_before_it_runs(string line, string why)
    {
        await using var server = await ServerAsync(null);
        var failure = Refusal.Of(ErrorIds.CredentialMissing, () => Connect(server, $"exec: {{command: aws, {line}}}"));
        Assert.Contains(why, failure.Message);
        Assert.Contains("'aws' of the kubeconfig's user 'me'", failure.Message);
    }

    [Fact]
    public async Task Who_acts_as_somebody_else_says_so_as_kubectl_does()
    {
        // Left out, the line would run with more rights than the kubeconfig gives.
        string headers = "";
        await using var server = await ServerAsync(null, context =>
        {
            headers = string.Join('|', context.Request.Headers.Where(one => one.Key.StartsWith("Impersonate", StringComparison.Ordinal)).Select(one => $"{one.Key}={one.Value}").Order());
            return Task.CompletedTask;
        });
        await Connect(server, "token: canary\nas: jane\nas-uid: u-1\nas-groups: [dev]\nas-user-extra: {scopes/a: [view]}").GetMinorVersionAsync(Stop);
        Assert.Equal("Impersonate-Extra-scopes%2Fa=view|Impersonate-Group=dev|Impersonate-Uid=u-1|Impersonate-User=jane", headers);
    }

    private Task<RawServer> ServerAsync(string? good, Func<HttpContext, Task>? before = null) => RawServer.StartAsync(async (context, _) =>
    {
        var token = $"{context.Request.Headers.Authorization}";
        _tokens.Enqueue(token);
        if (before is not null) await before(context);
        if (good is not null && token != $"Bearer {good}") await RawServer.AnswerAsync(context, Unknown, status: 401);
        else await RawServer.AnswerAsync(context, """{"major":"1","minor":"33","metadata":{"name":"pv"}}""");
    });

    private ICluster Connect(RawServer server, string user)
    {
        var path = _folder.Write("config", Kubeconfigs.Text(server.Url.ToString(), "", user));
        return new Connector(SkippedTime.Pauses()).ConnectCluster(new KubeOptions(Kubeconfig: path), _reporter);
    }

    private static async Task<string> ReadAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        return await reader.ReadToEndAsync(Stop);
    }
}
