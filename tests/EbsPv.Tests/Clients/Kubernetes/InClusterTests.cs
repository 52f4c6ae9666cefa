using System.Security.Cryptography.X509Certificates;
using EbsPv.Clients;
using EbsPv.Clients.Kubernetes;
using EbsPv.Errors;
using EbsPv.Ports;
using EbsPv.Tests.Support;
using Xunit;

namespace EbsPv.Tests.Clients.Kubernetes;

/// <summary>In a pod, without a kubeconfig.</summary>
[Collection(nameof(EnvironmentTests))]
public sealed class InClusterTests : IDisposable
{
    private readonly X509Certificate2 _authority = Certificates.Authority("ours");
    private readonly TemporaryFolder _folder = new();
    private readonly DrivenTime _time = new();
    private readonly Recorder _reporter = new();
    private readonly List<string> _tokens = [];

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Dispose();
        _reporter.AssertNoSecret();
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null)]
    [InlineData("in-cluster")]
    public async Task The_service_account_is_used_and_its_token_read_again(string? context)
    {
        await using var server = await ServerAsync();
        using var scope = Pod(server.Url.Port);
        var cluster = Connect(context);
        await cluster.GetMinorVersionAsync(Stop);
        _folder.Write("token", "canary-two\n");
        await cluster.GetMinorVersionAsync(Stop);
        _time.Advance(TimeSpan.FromMinutes(1));
        await cluster.GetMinorVersionAsync(Stop);
        Assert.Equal(["Bearer canary-one", "Bearer canary-one", "Bearer canary-two"], _tokens);
        Assert.Equal("in-cluster", cluster.Context);
    }

    [Fact]
    public async Task The_server_s_name_is_checked_there_too()
    {
        using var certificate = Certificates.Server(_authority, "api.elsewhere.example");
        await using var server = await RawServer.StartAsync((context, _) => RawServer.AnswerAsync(context, "{}"), certificate);
        using var scope = Pod(server.Url.Port);
        var cluster = new Connector(SkippedTime.Pauses(), _folder.Path).ConnectCluster(new KubeOptions(), _reporter);
        await Refusal.OfAsync(ErrorIds.KubeUnreachable, () => cluster.GetMinorVersionAsync(Stop));
    }

    [Fact]
    public void Its_context_has_the_pod_s_namespace_and_no_cluster_s_name()
    {
        using var scope = Pod(443);
        _folder.Write("namespace", "shop\n");
        var contexts = new Connector(_time, _folder.Path).ReadContexts(new KubeOptions());
        Assert.Equal(new KubeContextInfo("in-cluster", null, null) { Namespace = "shop" }, contexts.Current);
    }

    [Theory]
    [InlineData("fd00::1", "https://[fd00::1]:443")]
    [InlineData("10.0.0.1", "https://10.0.0.1:443")]
    public void An_address_may_be_IPv6(string host, string server)
    {
        using var scope = Pod(443, host);
        Assert.Equal(server, new PodSurroundings(_folder.Path).Cluster.Server);
        Assert.True(new Uri(server).IsWellFormedOriginalString());
    }

    [Fact]
    public void Without_a_token_or_with_another_context_it_is_no_pod()
    {
        using var scope = Pod(443);
        Refusal.Of(ErrorIds.KubeconfigNotFound, () => Connect("other"));
        File.Delete(Path.Combine(_folder.Path, "token"));
        Refusal.Of(ErrorIds.KubeconfigNotFound, () => Connect(null));
        Assert.Empty(new Connector(_time, _folder.Path).ReadContexts(new KubeOptions()).All);
    }

    [Fact]
    public void A_kubeconfig_comes_first()
    {
        using var scope = Pod(443);
        scope.Set("KUBECONFIG", _folder.Write("config", Kubeconfigs.Text("https://127.0.0.1:1")));
        Assert.Equal("ctx", Connect(null).Context);
    }

    private ICluster Connect(string? context) => new Connector(_time, _folder.Path).ConnectCluster(new KubeOptions(context), _reporter);

    private EnvironmentScope Pod(int port, string host = "127.0.0.1")
    {
        _folder.Write("token", "canary-one\n");
        _folder.Write("ca.crt", _authority.ExportCertificatePem());
        return new EnvironmentScope(("KUBERNETES_SERVICE_HOST", host), ("KUBERNETES_SERVICE_PORT", $"{port}"));
    }

    private Task<RawServer> ServerAsync() => RawServer.StartAsync(
        (context, _) =>
        {
            _tokens.Add($"{context.Request.Headers.Authorization}");
            return RawServer.AnswerAsync(context, """{"major":"1","minor":"33"}""");
        },
        Certificates.Server(_authority));
}
