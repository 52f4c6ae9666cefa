using EbsPv.Clients;
using EbsPv.Ports;
using EbsPv.Sandbox.Server;
using EbsPv.Tests.Support;
using Xunit;

namespace EbsPv.Tests.Clients.Kubernetes;

/// <summary>A watch that nobody waits for any more leaves the API server alone.</summary>
public sealed class WatchEndTests
{
    [Fact]
    public async Task A_cancelled_watch_ends_at_the_server_too()
    {
        await using var server = await SandboxServer.StartAsync(new SandboxOptions(), TestContext.Current.CancellationToken);
        using var kubeconfig = new KubeconfigFile(server);
        var cluster = new Connector().ConnectCluster(new KubeOptions(Kubeconfig: kubeconfig.Path), new Recorder());
        using var stop = new CancellationTokenSource();
        // The binder watches too, once it runs.
        await server.Kubernetes.SettleAsync(TestContext.Current.CancellationToken);
        var own = server.Kubernetes.State.WatcherCount;
        var watching = Task.Run(
            async () =>
            {
                await foreach (var _ in cluster.WatchPersistentVolumesAsync(server.Kubernetes.State.Version.ToString(), stop.Token)) continue;
            },
            TestContext.Current.CancellationToken);
        while (server.Kubernetes.State.WatcherCount == own) await Task.Delay(10, TestContext.Current.CancellationToken);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watching);
        var limit = DateTime.UtcNow.AddSeconds(30);
        while (server.Kubernetes.State.WatcherCount > own && DateTime.UtcNow < limit) await Task.Delay(10, TestContext.Current.CancellationToken);
        Assert.Equal(own, server.Kubernetes.State.WatcherCount);
    }
}
