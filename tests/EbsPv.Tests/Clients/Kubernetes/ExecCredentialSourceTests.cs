using System.Text.Json.Nodes;
using EbsPv.Clients.Kubernetes;
using EbsPv.Errors;
using EbsPv.Tests.Support;
using Xunit;

namespace EbsPv.Tests.Clients.Kubernetes;

/// <summary>Commands that print a token: real processes, by a shell.</summary>
public sealed class ExecCredentialSourceTests : IDisposable
{
    private const string Counted = "echo run >> \"$COUNT\"; ";
    private const string Token = PrivateSurroundings.KubeToken;

    private readonly TemporaryFolder _folder = new();
    private readonly DrivenTime _time = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private int Runs => File.Exists(Counter) ? File.ReadAllLines(Counter).Length : 0;

    private string Counter => Path.Combine(_folder.Path, "count");

    public void Dispose() => _folder.Dispose();

    // The library starts the command once for each of the first requests, and joins its arguments unquoted.
    [Fact]
    public async Task Thirty_two_requests_at_once_run_it_once()
    {
        using var source = Source(Counted + "sleep 0.2; " + Print(Token));
        var headers = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => AskAsync(source)));
        Assert.All(headers, header => Assert.Equal($"Bearer {Token}", header));
        Assert.Equal(1, Runs);
    }

    [Fact]
    public async Task A_token_is_renewed_a_minute_before_it_ends()
    {
        using var source = Source(Counted + Print(Token, _time.GetUtcNow().AddMinutes(15)));
        await AskAsync(source);
        _time.Advance(TimeSpan.FromMinutes(13.9));
        await AskAsync(source);
        Assert.Equal(1, Runs);
        _time.Advance(TimeSpan.FromMinutes(0.1));
        await AskAsync(source);
        Assert.Equal(2, Runs);
    }

    [Fact]
    public async Task Of_one_that_is_good_for_less_than_two_minutes_half_is_used()
    {
        // A minute before its end it would be asked for with every request.
        using var source = Source(Counted + Print(Token, _time.GetUtcNow().AddSeconds(40)));
        for (var second = 0; second < 20; second++)
        {
            await AskAsync(source);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(1, Runs);
        await AskAsync(source);
        Assert.Equal(2, Runs);
    }

    [Theory]
    [InlineData("")]
    [InlineData(",\"expirationTimestamp\":null")]
    public async Task A_token_without_an_end_is_kept(string expiration)
    {
        using var source = Source(Counted + $"printf '%s' '{{\"status\":{{\"token\":\"{Token}\"{expiration}}}}}'");
        await AskAsync(source);
        _time.Advance(TimeSpan.FromDays(300));
        await AskAsync(source);
        Assert.Equal(1, Runs);
    }

    [Fact]
    public async Task Arguments_and_variables_stay_whole()
    {
        string[] arguments = ["two words", "", "quote\"d", "$(touch nowhere)", "back\\slash", "*", "--flag=a b"];
        using var source = Source("printf '%s\\n' \"$@\" \"$EXTRA\" > \"$COUNT\"; " + Print(Token), arguments, [new("EXTRA", "a b")]);
        await AskAsync(source);
        Assert.Equal([.. arguments, "a b"], File.ReadAllLines(Counter));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_cluster_is_told_only_when_the_kubeconfig_says_so(bool provide)
    {
        using var source = Source("printf '%s' \"$KUBERNETES_EXEC_INFO\" > \"$COUNT\"; " + Print(Token), provideClusterInfo: provide);
        await AskAsync(source);
        var request = JsonNode.Parse(await File.ReadAllTextAsync(Counter, Stop))!;
        Assert.Equal(("ExecCredential", "client.authentication.k8s.io/v1", false), ((string)request["kind"]!, (string)request["apiVersion"]!, (bool)request["spec"]!["interactive"]!));
        var cluster = request["spec"]!["cluster"];
        if (!provide) Assert.Null(cluster);
        else Assert.Equal(
            """{"server":"https://server","tls-server-name":"name","insecure-skip-tls-verify":true,"certificate-authority-data":"YQ==","proxy-url":"http://proxy","config":{"a":[1]}}""",
            cluster!.ToJsonString());
    }

    [Fact]
    public async Task What_it_says_when_it_fails_is_in_the_error()
    {
        using var source = Source("printf 'please \\033[31mlog in\\n' >&2; exit 254");
        var failure = await FailureAsync(source);
        Assert.Contains("ended with 254: please \\u001b[31mlog in", failure.Message);
    }

    [Fact]
    public async Task The_end_of_a_long_complaint_is_shown()
    {
        using var source = Source("head -c 300000 /dev/zero | tr '\\0' 'x' >&2; echo please log in >&2; echo canary; exit 1");
        var failure = await FailureAsync(source);
        Assert.EndsWith("xxxplease log in.", failure.Message);
        Assert.InRange(failure.Message.Length, 1_000, 2_200);
    }

    [Fact]
    public async Task Endless_output_is_no_credential()
    {
        using var source = Source("head -c 30000000 /dev/zero | tr '\\0' 'x'; " + Print(Token));
        await FailureAsync(source);
    }

    [Fact]
    public async Task Much_output_does_not_block_it()
    {
        using var source = Source("head -c 300000 /dev/zero | tr '\\0' 'x' >&2; " + Print(Token));
        Assert.Equal($"Bearer {Token}", await AskAsync(source));
    }

    [Theory]
    [InlineData("")]
    [InlineData("canary")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"status\":{}}")]
    [InlineData("{\"status\":{\"token\":null}}")]
    [InlineData("{\"status\":{\"token\":\"\"}}")]
    [InlineData("{\"status\":{\"token\":5}}")]
    [InlineData("{\"status\":{\"token\":\"canary\\r\\nX-Other: header\"}}")]
    [InlineData("{\"status\":{\"token\":\"canary\",\"expirationTimestamp\":\"soon\"}}")]
    public async Task Other_output_is_an_error_that_does_not_quote_it(string output)
    {
        using var source = Source($"printf '%s' '{output}'");
        await FailureAsync(source);
    }

    [Fact]
    public async Task A_failure_is_not_kept()
    {
        using var source = Source(Counted + $"if [ \"$(wc -l < \"$COUNT\")\" -eq 1 ]; then exit 1; fi; " + Print(Token));
        await FailureAsync(source);
        Assert.Equal($"Bearer {Token}", await AskAsync(source));
    }

    [Fact]
    public async Task A_command_that_is_not_there_is_named()
    {
        var plugin = new ExecPlugin("/nowhere/get-token", [], [], "v1", false);
        using var source = new ExecCredentialSource(plugin, new KubeconfigCluster("c", "https://server"), _time);
        Assert.Contains("/nowhere/get-token", (await FailureAsync(source)).Message);
    }

    [Fact]
    public async Task And_how_to_install_it_is_told_in_the_kubeconfig_s_words()
    {
        var plugin = new ExecPlugin("/nowhere/get-token", [], [], "v1", false) { InstallHint = "brew install \u001b get-token" + new string('!', 1_000) };
        using var source = new ExecCredentialSource(plugin, new KubeconfigCluster("c", "https://server"), _time);
        var action = (await FailureAsync(source)).RecommendedAction!;
        Assert.Contains("brew install \\u001b get-token!!!", action);
        Assert.InRange(action.Length, 500, 600);
    }

    [Fact]
    public async Task One_that_gives_no_answer_is_ended_after_a_minute()
    {
        using var source = Source("echo $$ > \"$COUNT\"; sleep 600");
        var waiting = FailureAsync(source);
        var pid = await PidAsync();
        await _time.UntilWaitingAsync(TimeSpan.FromSeconds(60), Stop);
        _time.Advance(TimeSpan.FromSeconds(60));
        Assert.Contains("within 60 seconds", (await waiting).Message);
        await AssertEndedAsync(pid);
    }

    [Fact]
    public async Task One_that_nobody_waits_for_any_longer_is_ended_too()
    {
        using var source = Source("echo $$ > \"$COUNT\"; sleep 600");
        using var stop = new CancellationTokenSource();
        var waiting = source.GetAsync(null, stop.Token).AsTask();
        var pid = await PidAsync();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await AssertEndedAsync(pid);
    }

    private ExecCredentialSource Source(
        string script, string[]? arguments = null, KeyValuePair<string, string>[]? variables = null, bool provideClusterInfo = false)
    {
        var plugin = new ExecPlugin(
            "sh", ["-c", script, "sh", .. arguments ?? []], [new("COUNT", Counter), .. variables ?? []], "client.authentication.k8s.io/v1", provideClusterInfo);
        var cluster = new KubeconfigCluster("c", "https://server") { CertificateAuthority = "a"u8.ToArray(), TlsServerName = "name", SkipTlsVerify = true, ProxyUrl = "http://proxy", ExecConfig = """{"a":[1]}""" };
        return new ExecCredentialSource(plugin, cluster, _time);
    }

    private static string Print(string token, DateTimeOffset? ends = null)
    {
        var expiration = ends is { } end ? $",\"expirationTimestamp\":\"{end:yyyy-MM-ddTHH:mm:ssZ}\"" : "";
        return $"printf '%s' '{{\"apiVersion\":\"client.authentication.k8s.io/v1\",\"kind\":\"ExecCredential\",\"status\":{{\"token\":\"{token}\"{expiration}}}}}'";
    }

    private static async Task<EbsPvException> FailureAsync(ExecCredentialSource source)
    {
        var failure = await Refusal.OfAsync(ErrorIds.KubeAuthenticationFailed, () => AskAsync(source));
        Recorder.AssertNoSecretIn(failure);
        return failure;
    }

    private static async Task<string> AskAsync(ExecCredentialSource source) => $"{(await source.GetAsync(null, Stop)).Header}";

    private async Task<int> PidAsync()
    {
        while (!File.Exists(Counter) || new FileInfo(Counter).Length == 0) await Task.Delay(5, Stop);
        return int.Parse(await File.ReadAllTextAsync(Counter, Stop));
    }

    private static async Task AssertEndedAsync(int pid)
    {
        while (Directory.Exists($"/proc/{pid}")) await Task.Delay(5, Stop);
    }
}
