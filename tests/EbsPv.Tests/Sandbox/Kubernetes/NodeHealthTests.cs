using EbsPv.Sandbox.Kubernetes;
using Xunit;
using static EbsPv.Tests.Sandbox.Kubernetes.KubernetesHost;

namespace EbsPv.Tests.Sandbox.Kubernetes;

public class NodeHealthTests
{
    private const string NodeB = "ip-172-20-42-11.eu-west-1.compute.internal";
    private const string NodeC = "ip-172-20-83-140.eu-west-1.compute.internal";

    [Fact]
    public async Task Pods_of_a_silent_node_stay_and_a_deleted_one_is_Terminating_until_the_node_is_back_or_it_is_forced()
    {
        await using var host = await StartAsync();
        await host.CreateAsync((Pods, Manifests.Pod("a", "data", NodeB)), (Pods, Manifests.Pod("b", "data", NodeB)), (Pods, Manifests.Pod("c", "data", NodeC)));
        var health = new NodeHealth(host.Api.State);
        health.Set([NodeB], [], ready: false);
        foreach (var name in (string[])["a", "b", "c"]) Assert.Equal(200, (await host.DeleteAsync($"{Pods}/{name}")).Code);
        Assert.Equal([("a", true), ("b", true)], Present(host));

        Assert.Equal(200, (await host.DeleteAsync($"{Pods}/a?gracePeriodSeconds=0")).Code);
        Assert.Equal([("b", true)], Present(host));
        health.Set([NodeB], [], ready: true);
        Assert.Empty(Present(host));
    }

    [Fact]
    public async Task Grace_of_nothing_may_stand_in_the_body_too()
    {
        await using var host = await StartAsync();
        await host.CreateAsync((Pods, Manifests.Pod("a", "data", NodeB)));
        new NodeHealth(host.Api.State).Set([NodeB], [], ready: false);
        await host.DeleteAsync($"{Pods}/a", Manifests.Parse("""{"gracePeriodSeconds":30}"""));
        Assert.Equal([("a", true)], Present(host));
        await host.DeleteAsync($"{Pods}/a", Manifests.Parse("""{"gracePeriodSeconds":0}"""));
        Assert.Empty(Present(host));
    }

    private static IEnumerable<(string Name, bool IsDeleting)> Present(KubernetesHost host) =>
        host.Api.State.List("pods").Select(pod => (pod.Name(), pod.IsDeleting()));
}
