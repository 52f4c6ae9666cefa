using System.Security.Cryptography.X509Certificates;
using EbsPv.Clients;
using EbsPv.Clients.Kubernetes;
using EbsPv.Errors;
using EbsPv.Ports;
using EbsPv.Tests.Support;
using Xunit;

namespace EbsPv.Tests.Clients.Kubernetes;

/// <summary>API servers that are reached by a proxy.</summary>
[Collection(nameof(EnvironmentTests))]
public sealed class ProxyTests : IDisposable
{
    private const string Name = "api.shop.example";

    private readonly X509Certificate2 _authority = Certificates.Authority("ours");
    private readonly TemporaryFolder _folder = new();
    private readonly Recorder _reporter = new();

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Dispose();
        _reporter.AssertNoSecret();
    }

    [Fact]
    public async Task The_kubeconfig_s_proxy_is_taken_also_to_this_machine()
    {
        await using var server = await ServerAsync(null);
        using var proxy = new ConnectProxy(server.Url);
        using var scope = new EnvironmentScope(("HTTPS_PROXY", "http://127.0.0.1:1"));
        Assert.Equal(33, await AskAsync(server.Url.ToString(), $"proxy-url: http://{proxy.Authority}"));
        Assert.StartsWith($"CONNECT {server.Url.Authority} HTTP/1.1", Assert.Single(proxy.Requests));
    }

    [Theory]
    [InlineData("HTTPS_PROXY", "http://")]
    [InlineData("https_proxy", "http://")]
    [InlineData("HTTPS_PROXY", "")]
    public async Task Else_the_one_of_the_environment(string variable, string scheme)
    {
        await using var server = await ServerAsync(Name);
        using var proxy = new ConnectProxy(server.Url);
        using var scope = new EnvironmentScope((variable, scheme + proxy.Authority), ("NO_PROXY", "other.example,10.0.0.0/8"));
        Assert.Equal(33, await AskAsync($"https://{Name}:6443"));
        Assert.StartsWith($"CONNECT {Name}:6443 HTTP/1.1", Assert.Single(proxy.Requests));
    }

    [Fact]
    public async Task This_machine_and_NO_PROXY_are_reached_directly()
    {
        await using var server = await ServerAsync(null);
        using var proxy = new ConnectProxy(server.Url);
        using var scope = new EnvironmentScope(("HTTPS_PROXY", $"http://{proxy.Authority}"), ("NO_PROXY", "192.0.2.0/24"));
        Assert.Equal(33, await AskAsync(server.Url.ToString()));
        Assert.Empty(proxy.Requests);
    }

    [Theory]
    [InlineData("socks5")]
    [InlineData("socks5h")]
    public async Task A_SOCKS_proxy_is_asked_for_the_server_by_its_name(string scheme)
    {
        await using var server = await ServerAsync(Name);
        using var proxy = new SocksProxy(server.Url);
        Assert.Equal(33, await AskAsync($"https://{Name}:6443", $"proxy-url: {scheme}://{proxy.Authority}"));
        Assert.Equal([$"{Name}:6443"], proxy.Requests);
    }

    [Fact]
    public async Task The_certificate_is_checked_through_the_proxy_too()
    {
        await using var server = await ServerAsync("api.other.example");
        using var proxy = new ConnectProxy(server.Url);
        await Refusal.OfAsync(ErrorIds.KubeUnreachable, () => AskAsync($"https://{Name}:6443", $"proxy-url: http://{proxy.Authority}"));
    }

    [Fact]
    public async Task A_password_goes_to_the_proxy_and_nowhere_else()
    {
        await using var server = await ServerAsync(null);
        using var proxy = new ConnectProxy(server.Url, needsLogin: true);
        Assert.Equal(33, await AskAsync(server.Url.ToString(), $"proxy-url: http://me:canary%3A@{proxy.Authority}"));
        Assert.Contains($"Basic {Certificates.Base64("me:canary:")}", proxy.Requests[^1]);
        var failure = await Refusal.OfAsync(ErrorIds.KubeUnreachable, () => AskAsync(server.Url.ToString(), "proxy-url: http://me:canary@127.0.0.1:1"));
        Assert.Contains("by the proxy http://127.0.0.1:1)", failure.Message);
        Recorder.AssertNoSecretIn(failure);
    }

    [Theory]
    [InlineData("canary")]
    [InlineData("ftp://me:canary@proxy")]
    [InlineData("socks4://me:canary@proxy")]
    [InlineData("proxy:3128")]
    [InlineData("http://")]
    public async Task A_proxy_url_that_is_none_is_refused_without_showing_it(string url)
    {
        var failure = await Refusal.OfAsync(ErrorIds.KubeconfigInvalid, () => AskAsync($"https://{Name}", $"proxy-url: '{url}'"));
        Assert.Contains("the proxy-url of 'cluster.local'", failure.Message);
        Recorder.AssertNoSecretIn(failure);
    }

    [Fact]
    public async Task So_is_a_variable_that_is_none()
    {
        using var scope = new EnvironmentScope(("HTTPS_PROXY", "ftp://me:canary@proxy"));
        var failure = await Refusal.OfAsync(ErrorIds.EndpointInvalid, () => AskAsync($"https://{Name}"));
        Assert.Contains("HTTPS_PROXY", failure.Message);
        Recorder.AssertNoSecretIn(failure);
    }

    [Theory]
    [InlineData(null, "https://localhost", true)]
    [InlineData(null, "https://127.1.2.3", true)]
    [InlineData(null, "https://[::1]:6443", true)]
    [InlineData(null, "https://api.shop.example", false)]
    [InlineData("*", "https://api.shop.example", true)]
    [InlineData("other, API.shop.example ", "https://api.shop.example", true)]
    [InlineData("shop.example", "https://api.shop.example", true)]
    [InlineData("shop.example", "https://shop.example", true)]
    [InlineData(".shop.example", "https://api.shop.example", true)]
    [InlineData(".shop.example", "https://shop.example", false)]
    [InlineData("*.shop.example", "https://api.shop.example", true)]
    [InlineData("hop.example", "https://api.shop.example", false)]
    [InlineData("api.shop.example:6443", "https://api.shop.example:6443", true)]
    [InlineData("api.shop.example:6443", "https://api.shop.example", false)]
    [InlineData("10.0.0.0/8", "https://10.1.2.3", true)]
    [InlineData("10.0.0.0/8", "https://11.1.2.3", false)]
    [InlineData("10.9.9.9/8", "https://10.1.2.3", true)]
    [InlineData("10.1.2.0/23", "https://10.1.3.255", true)]
    [InlineData("10.1.2.0/23", "https://10.1.4.0", false)]
    [InlineData("10.1.2.3/32", "https://10.1.2.3", true)]
    [InlineData("0.0.0.0/0", "https://10.1.2.3", true)]
    [InlineData("10.0.0.0/33", "https://10.0.0.0", false)]
    [InlineData("10.0.0.0/8", "https://10.example", false)]
    [InlineData("10.1.2.3", "https://10.1.2.3:6443", true)]
    [InlineData("10.1.2.3:443", "https://10.1.2.3:6443", false)]
    [InlineData("fd00::/8", "https://[fd00::1]", true)]
    [InlineData("fd00::1", "https://[fd00::1]", true)]
    [InlineData("[fd00::1]:6443", "https://[fd00::1]:6443", true)]
    [InlineData("[fd00::1]:6443", "https://[fd00::1]", false)]
    public void NO_PROXY_means_what_it_means_to_kubectl(string? variable, string server, bool direct) =>
        Assert.Equal(direct, ProxyExceptions.Parse(variable).Contains(new Uri(server)));

    private async Task<int> AskAsync(string server, string cluster = "")
    {
        var authority = Certificates.Base64(_authority.ExportCertificatePem());
        var path = _folder.Write("config", Kubeconfigs.Text(server, $"certificate-authority-data: {authority}\n{cluster}"));
        var connected = new Connector(SkippedTime.Pauses()).ConnectCluster(new KubeOptions(Kubeconfig: path), _reporter);
        return await connected.GetMinorVersionAsync(TestContext.Current.CancellationToken);
    }

    private Task<RawServer> ServerAsync(string? name) =>
        RawServer.StartAsync((context, _) => RawServer.AnswerAsync(context, """{"major":"1","minor":"33"}"""), Certificates.Server(_authority, name));
}
