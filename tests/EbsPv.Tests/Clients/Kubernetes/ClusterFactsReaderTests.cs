using EbsPv.Errors;
using EbsPv.PersistentVolumes;
using EbsPv.Tests.Support;
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
    public async Task Classes_that_may_not_be_read_are_not_known_and_refused_where_they_are_to_be_made()
    {
        await using var kube = await StartAsync();
        kube.Allow("list persistentvolumes");
        var needed = new FactsNeeded(Nodes: false, Drivers: false, Version: false, ["manual-ebs"]);
        Assert.Empty((await ClusterFactsReader.ReadAsync(kube.Cluster, needed, kube.Reporter, Stop)).StorageClasses);
        Assert.StartsWith("StorageClassUnknown: ", Assert.Single(kube.Reporter.Warnings), StringComparison.Ordinal);
        var failure = await Refusal.OfAsync(ErrorIds.KubePermissionDenied, () => ClusterFactsReader.ReadAsync(kube.Cluster, needed with { MakesClasses = true }, kube.Reporter, Stop));
        Assert.Contains("verb get on storageclasses", failure.RecommendedAction);
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
