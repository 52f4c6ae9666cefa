using System.Security.Cryptography.X509Certificates;
using EbsPv.Clients;
using EbsPv.Errors;
using EbsPv.Ports;
using EbsPv.Tests.Support;
using Xunit;
using static EbsPv.Tests.Support.Certificates;

namespace EbsPv.Tests.Clients.Kubernetes;

/// <summary>Whom the client believes: the cluster's authority, and only for the name that was asked.</summary>
public sealed class TlsTests : IDisposable
{
    private const string Elsewhere = "api.elsewhere.example";

    private readonly X509Certificate2 _authority = Authority("ours");
    private readonly X509Certificate2 _other = Authority("other");
    private readonly TemporaryFolder _folder = new();
    private readonly Recorder _reporter = new();

    public void Dispose()
    {
        _authority.Dispose();
        _other.Dispose();
        _folder.Dispose();
        _reporter.AssertNoSecret();
    }

    [Fact]
    public async Task A_certificate_of_the_cluster_s_authority_for_this_host_is_believed() =>
        Assert.Equal(33, await AskAsync(Server(_authority), Ca(_authority)));

    [Fact]
    public Task One_for_another_host_is_not() => AssertNotBelievedAsync(Server(_authority, Elsewhere), Ca(_authority));

    [Fact]
    public Task Nor_is_one_of_another_authority() => AssertNotBelievedAsync(Server(_other), Ca(_authority));

    [Fact]
    public Task Nor_one_that_has_ended() => AssertNotBelievedAsync(Server(_authority, ended: true), Ca(_authority));

    [Fact]
    public Task Without_an_authority_in_the_kubeconfig_the_machine_s_decide() => AssertNotBelievedAsync(Server(_authority), "");

    [Fact]
    public async Task Another_name_may_be_expected() =>
        Assert.Equal(33, await AskAsync(Server(_authority, Elsewhere), $"{Ca(_authority)}\ntls-server-name: {Elsewhere}"));

    [Fact]
    public Task And_is_then_the_only_one() => AssertNotBelievedAsync(Server(_authority), $"{Ca(_authority)}\ntls-server-name: {Elsewhere}");

    [Fact]
    public async Task Several_authorities_may_be_named()
    {
        var both = Base64(_other.ExportCertificatePem() + "\n" + _authority.ExportCertificatePem());
        Assert.Equal(33, await AskAsync(Server(_authority), $"certificate-authority-data: {both}"));
    }

    [Fact]
    public async Task Switching_the_check_off_needs_consent_and_is_warned_of()
    {
        await Refusal.OfAsync(ErrorIds.TlsVerifyDisabled, () => AskAsync(Server(_other), "insecure-skip-tls-verify: true"));
        Assert.Equal(33, await AskAsync(Server(_other, Elsewhere), "insecure-skip-tls-verify: true", skip: true));
        Assert.StartsWith("CertificateCheckSkipped", Assert.Single(_reporter.Warnings));
    }

    [Fact]
    public Task Consent_alone_switches_nothing_off() => AssertNotBelievedAsync(Server(_other), Ca(_authority), skip: true);

    [Theory]
    [InlineData("canary")]
    [InlineData("-----BEGIN CERTIFICATE-----\ncanary\n-----END CERTIFICATE-----")]
    public async Task An_authority_that_is_no_certificate_is_refused(string pem) =>
        Recorder.AssertNoSecretIn(await Refusal.OfAsync(
            ErrorIds.KubeconfigInvalid, () => AskAsync(Server(_authority), $"certificate-authority-data: {Base64(pem)}")));

    private async Task AssertNotBelievedAsync(X509Certificate2 server, string cluster, bool skip = false)
    {
        var failure = await Refusal.OfAsync(ErrorIds.KubeUnreachable, () => AskAsync(server, cluster, skip));
        Recorder.AssertNoSecretIn(failure);
    }

    private async Task<int> AskAsync(X509Certificate2 certificate, string cluster, bool skip = false)
    {
        using var shown = certificate;
        await using var server = await RawServer.StartAsync((context, _) => RawServer.AnswerAsync(context, """{"major":"1","minor":"33"}"""), shown);
        var path = _folder.Write("config", Kubeconfigs.Text(server.Url.ToString(), cluster));
        var connected = new Connector(SkippedTime.Pauses()).ConnectCluster(new KubeOptions(Kubeconfig: path, SkipCertificateCheck: skip), _reporter);
        return await connected.GetMinorVersionAsync(TestContext.Current.CancellationToken);
    }

    private static string Ca(X509Certificate2 authority) => $"certificate-authority-data: {Base64(authority.ExportCertificatePem())}";
}
