using EbsPv.PersistentVolumes;
using Xunit;
using static EbsPv.Tests.Clients.Kubernetes.KubeHarness;

namespace EbsPv.Tests.Clients.Kubernetes;

public class ClusterFactsReaderTests
{
    [Fact]
    public async Task A_cluster_without_nodes_has_a_worker_in_no_zone()
    {
        await using var kube = await StartAsync();
        foreach (var node in kube.Host.Api.State.List("nodes")) kube.Host.Api.State.Remove("nodes", (string)node["metadata"]!["name"]!);
        Assert.Equal([], (await kube.FactsAsync()).WorkerZones!);
    }

    [Fact]
    public async Task Nodes_that_were_not_read_or_may_not_be_are_not_known()
    {
        await using var kube = await StartAsync();
        Assert.Null((await ClusterFactsReader.ReadAsync(kube.Cluster, new FactsNeeded(Nodes: false, Drivers: false, Version: false, []), kube.Reporter, Stop)).WorkerZones);
        kube.Allow("list persistentvolumes");
        Assert.Null((await ClusterFactsReader.ReadAsync(kube.Cluster, new FactsNeeded(Nodes: true, Drivers: false, Version: false, []), kube.Reporter, Stop)).WorkerZones);
    }
}
