using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using EbsPv.Clients;
using EbsPv.Ports;
using EbsPv.Tests.Support;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Xunit;

namespace EbsPv.Tests.Clients.Kubernetes;

/// <summary>How many connections carry the requests, and in which protocol.</summary>
public sealed class ConnectionTests : IDisposable
{
    private const int Requests = 64;

    private readonly X509Certificate2 _authority = Certificates.Authority("ours");
    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentQueue<(string Protocol, string Connection)> _seen = new();

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Requests_side_by_side_share_a_connection_over_HTTP_2()
    {
        // They are answered only when all have arrived: on one connection, that takes streams.
        var all = new TaskCompletionSource();
        await AskAsync(HttpProtocols.Http1AndHttp2, number => number == Requests ? Set(all) : all.Task);
        Assert.All(_seen, one => Assert.Equal("HTTP/2", one.Protocol));
        Assert.InRange(_seen.Select(one => one.Connection).Distinct().Count(), 1, 2);
    }

    [Fact]
    public async Task A_server_that_speaks_HTTP_1_only_is_spoken_to_in_it()
    {
        await AskAsync(HttpProtocols.Http1, _ => Task.CompletedTask);
        Assert.Equal(Requests, _seen.Count);
        Assert.All(_seen, one => Assert.Equal("HTTP/1.1", one.Protocol));
    }

    private async Task AskAsync(HttpProtocols protocols, Func<int, Task> before)
    {
        using var certificate = Certificates.Server(_authority);
        await using var server = await RawServer.StartAsync(
            async (context, number) =>
            {
                _seen.Enqueue((context.Request.Protocol, context.Connection.Id));
                await before(number);
                await RawServer.AnswerAsync(context, """{"major":"1","minor":"33"}""");
            },
            certificate,
            port => port.Protocols = protocols);
        var authority = Certificates.Base64(_authority.ExportCertificatePem());
        var path = _folder.Write("config", Kubeconfigs.Text(server.Url.ToString(), $"certificate-authority-data: {authority}"));
        var cluster = new Connector(SkippedTime.Pauses()).ConnectCluster(new KubeOptions(Kubeconfig: path), new Recorder());
        var stop = TestContext.Current.CancellationToken;
        Assert.All(await Task.WhenAll(Enumerable.Range(0, Requests).Select(_ => cluster.GetMinorVersionAsync(stop))), minor => Assert.Equal(33, minor));
    }

    private static Task Set(TaskCompletionSource all)
    {
        all.SetResult();
        return Task.CompletedTask;
    }
}
