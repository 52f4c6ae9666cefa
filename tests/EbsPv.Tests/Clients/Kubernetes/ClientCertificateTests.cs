using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EbsPv.Clients;
using EbsPv.Errors;
using EbsPv.Ports;
using EbsPv.Tests.Support;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Xunit;
using static EbsPv.Tests.Support.Certificates;

namespace EbsPv.Tests.Clients.Kubernetes;

/// <summary>Users who are known by a certificate, as those of kops are.</summary>
public sealed class ClientCertificateTests : IDisposable
{
    private readonly X509Certificate2 _authority = Authority("ours");
    private readonly TemporaryFolder _folder = new();
    private readonly Recorder _reporter = new();
    private readonly ConcurrentQueue<string> _users = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Dispose();
        _reporter.AssertNoSecret();
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task A_user_is_known_by_an_EC_or_an_RSA_key_in_the_file_or_beside_it(bool rsa, bool files)
    {
        var (certificate, key) = User(_authority, rsa: rsa);
        Assert.Equal(33, await AskAsync(files ? Files(certificate, key) : Data(certificate, key)));
        Assert.Equal(["CN=me"], _users);
    }

    [Fact]
    public async Task A_key_may_be_in_PKCS_8_and_follow_its_parameters()
    {
        using var key = ECDsa.Create();
        var (certificate, pem) = User(_authority);
        key.ImportFromPem(pem);
        Assert.Equal(33, await AskAsync(Data(certificate, key.ExportPkcs8PrivateKeyPem())));
        Assert.Equal(33, await AskAsync(Data(certificate, "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n" + pem)));
    }

    [Fact]
    public async Task Certificates_between_user_and_authority_are_sent_along()
    {
        // The library sends the first one only, which a server that knows just the root cannot follow.
        using var between = Authority("between", _authority);
        var (certificate, key) = User(between);
        Assert.Equal(33, await AskAsync(Data($"{certificate}\n{between.ExportCertificatePem()}", key)));
        await Refusal.OfAsync(ErrorIds.KubeUnreachable, () => AskAsync(Data(certificate, key)));
    }

    [Fact]
    public async Task A_key_that_does_not_fit_is_refused_without_showing_it()
    {
        var (certificate, key) = User(_authority);
        var (_, other) = User(_authority);
        var (_, rsa) = User(_authority, rsa: true);
        using var secret = ECDsa.Create();
        secret.ImportFromPem(key);
        var encrypted = secret.ExportEncryptedPkcs8PrivateKeyPem("canary", new PbeParameters(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1_000));
        await RefusedAsync(Data(certificate, other), "not its certificate's", other);
        await RefusedAsync(Data(certificate, rsa), "not its certificate's", rsa);
        await RefusedAsync(Data(certificate, encrypted), "encrypted", encrypted);
        await RefusedAsync(Data(certificate, "canary"), "no PEM", "canary");
        await RefusedAsync(Data(certificate, "-----BEGIN PRIVATE KEY-----\ncanarycanary\n-----END PRIVATE KEY-----"), "cannot be read", "canarycanary");
        await RefusedAsync(Data("canary", key), "certificate that is no PEM", key);
        await RefusedAsync(Data("-----BEGIN CERTIFICATE-----\ncanarycanary\n-----END CERTIFICATE-----", key), "certificate that cannot be read", key);
        await RefusedAsync($"client-certificate-data: {Base64(certificate)}", "no client-key", certificate);
    }

    [Fact]
    public async Task One_that_has_ended_is_told_with_its_end()
    {
        // kops' admin certificates last 18 hours: the server says no more than 401.
        var (certificate, key) = User(_authority, ended: true);
        var failure = await RefusedAsync(Data(certificate, key), "ended on", key);
        Assert.Contains("kops export kubecfg --admin", failure.RecommendedAction);
    }

    [Fact]
    public async Task A_command_may_print_a_certificate()
    {
        var (certificate, key) = User(_authority, "printed");
        _folder.Write("answer", Credential(certificate, key));
        Assert.Equal(33, await AskAsync(Command()));
        Assert.Equal(["CN=printed"], _users);
    }

    [Fact]
    public async Task Another_one_is_shown_on_connections_of_its_own()
    {
        // A connection stays what it was opened as: the new certificate has to get a new one.
        var time = new DrivenTime();
        var (certificate, key) = User(_authority, "first");
        _folder.Write("answer", Credential(certificate, key, time.GetUtcNow().AddMinutes(10)));
        await using var server = await ServerAsync();
        var cluster = Connect(server, Command(), time);
        await cluster.GetMinorVersionAsync(Stop);
        (certificate, key) = User(_authority, "second");
        _folder.Write("answer", Credential(certificate, key));
        await cluster.GetMinorVersionAsync(Stop);
        time.Advance(TimeSpan.FromMinutes(9));
        await cluster.GetMinorVersionAsync(Stop);
        Assert.Equal(["CN=first", "CN=first", "CN=second"], _users);
    }

    [Fact]
    public async Task The_server_s_name_is_checked_on_those_connections_too()
    {
        using var elsewhere = Server(_authority, "api.elsewhere.example");
        await using var server = await RawServer.StartAsync((context, _) => RawServer.AnswerAsync(context, "{}"), elsewhere);
        var (certificate, key) = User(_authority);
        _folder.Write("answer", Credential(certificate, key));
        await Refusal.OfAsync(ErrorIds.KubeUnreachable, () => Connect(server, Command(), SkippedTime.Pauses()).GetMinorVersionAsync(Stop));
        Assert.Equal(0, server.Requests);
    }

    [Theory]
    [InlineData("""{"status":{"clientCertificateData":"canary"}}""", "without its key")]
    [InlineData("""{"status":{"token":"t","clientKeyData":"canary"}}""", "without its certificate")]
    [InlineData("""{"status":{"clientCertificateData":"canary","clientKeyData":"canary"}}""", "no PEM")]
    public async Task What_a_command_prints_by_halves_is_refused(string answer, string why)
    {
        _folder.Write("answer", answer);
        var failure = await Refusal.OfAsync(ErrorIds.KubeAuthenticationFailed, () => AskAsync(Command()));
        Assert.Contains(why, failure.Message);
        Recorder.AssertNoSecretIn(failure);
    }

    private static string Credential(string certificate, string key, DateTimeOffset? end = null) => System.Text.Json.JsonSerializer.Serialize(
        new { status = new { clientCertificateData = certificate, clientKeyData = key, expirationTimestamp = end } });

    private static string Data(string certificate, string key) => $"client-certificate-data: {Base64(certificate)}\nclient-key-data: {Base64(key)}";

    private string Files(string certificate, string key)
    {
        _folder.Write("me.crt", certificate);
        _folder.Write("me.key", key);
        return "client-certificate: me.crt\nclient-key: me.key";
    }

    private string Command() => $"exec: {{command: cat, args: ['{Path.Combine(_folder.Path, "answer")}']}}";

    private async Task<EbsPvException> RefusedAsync(string user, string why, string secret)
    {
        var failure = await Refusal.OfAsync(ErrorIds.KubeconfigInvalid, () => AskAsync(user));
        Assert.Contains($"the user 'me' has a", failure.Message);
        Assert.Contains(why, failure.Message);
        Assert.DoesNotContain(secret.Split('\n').Last(line => line.Length > 5 && !line.StartsWith('-')), failure.ToString());
        Recorder.AssertNoSecretIn(failure);
        return failure;
    }

    private async Task<int> AskAsync(string user)
    {
        await using var server = await ServerAsync();
        return await Connect(server, user, SkippedTime.Pauses()).GetMinorVersionAsync(Stop);
    }

    private ICluster Connect(RawServer server, string user, TimeProvider time)
    {
        var url = server.Url.ToString().Replace("http:", "https:");
        var path = _folder.Write("config", Kubeconfigs.Text(url, $"certificate-authority-data: {Base64(_authority.ExportCertificatePem())}", user));
        return new Connector(time).ConnectCluster(new KubeOptions(Kubeconfig: path), _reporter);
    }

    private Task<RawServer> ServerAsync() => RawServer.StartAsync(
        (context, _) =>
        {
            _users.Enqueue(context.Connection.ClientCertificate!.Subject);
            return RawServer.AnswerAsync(context, """{"major":"1","minor":"33"}""");
        },
        configure: port => port.UseHttps(https =>
        {
            https.ServerCertificate = Server(_authority);
            https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
            https.ClientCertificateValidation = IsKnown;
        }));

    private bool IsKnown(X509Certificate2 user, X509Chain? sent, System.Net.Security.SslPolicyErrors errors)
    {
        using var chain = new X509Chain { ChainPolicy = { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true } };
        chain.ChainPolicy.CustomTrustStore.Add(_authority);
        foreach (var element in sent?.ChainElements ?? Enumerable.Empty<X509ChainElement>()) chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        return chain.Build(user);
    }
}
