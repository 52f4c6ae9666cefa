using EbsPv.Sandbox.Kubernetes;
using Xunit;
using static EbsPv.Tests.Sandbox.Kubernetes.KubernetesHost;

namespace EbsPv.Tests.Sandbox.Kubernetes;

/// <summary>The taint by which somebody says that a node will not come back.</summary>
public class OutOfServiceTests
{
    private const string Attachments = "/apis/storage.k8s.io/v1/volumeattachments";
    private const string NodeB = "ip-172-20-42-11.eu-west-1.compute.internal";

    [Fact]
    public async Task Pods_of_the_node_go_and_what_they_mounted_is_detached()
    {
        await using var host = await WithPodAsync();
        new NodeHealth(host.Api.State).Set([NodeB], [], ready: false);
        await host.SettleAsync();
        Assert.Equal((1, 1), Left(host));
        await TaintAsync(host, "NoExecute");
        Assert.Equal((0, 0), Left(host));
    }

    [Fact]
    public async Task Without_eviction_only_a_deleted_pod_goes()
    {
        await using var host = await WithPodAsync();
        new NodeHealth(host.Api.State).Set([NodeB], [], ready: false);
        await TaintAsync(host, "NoSchedule");
        Assert.Equal((1, 1), Left(host));
        await host.DeleteAsync($"{Pods}/app");
        await host.SettleAsync();
        Assert.Equal((0, 0), Left(host));
    }

    [Fact]
    public async Task A_deleted_pod_of_a_node_that_nobody_gave_up_stays_and_keeps_its_volume()
    {
        await using var host = await WithPodAsync();
        new NodeHealth(host.Api.State).Set([NodeB], [], ready: false);
        await host.DeleteAsync($"{Pods}/app");
        await host.SettleAsync();
        Assert.Equal((1, 1), Left(host));
    }

    [Fact]
    public async Task It_has_no_effect_on_a_node_that_is_ready()
    {
        await using var host = await WithPodAsync();
        await TaintAsync(host, "NoExecute");
        Assert.Equal((1, 1), Left(host));
    }

    [Fact]
    public async Task It_has_no_effect_before_1_26()
    {
        await using var host = await WithPodAsync("v1.25.16");
        new NodeHealth(host.Api.State).Set([NodeB], [], ready: false);
        await TaintAsync(host, "NoExecute");
        Assert.Equal((1, 1), Left(host));
    }

    private static async Task<KubernetesHost> WithPodAsync(string version = "v1.33.4")
    {
        var host = await StartAsync(options => options.ServerVersion = version);
        await host.CreateAsync(
            (VolumesPath, Manifests.Volume("pv")), (Claims, Manifests.Claim("c")), (Pods, Manifests.Pod("app", "c", NodeB)),
            (Attachments, Manifests.Attachment("csi-1", "pv", NodeB)));
        return host;
    }

    private static async Task TaintAsync(KubernetesHost host, string effect)
    {
        var patch = $$$"""[{"op":"add","path":"/spec/taints","value":[{"key":"node.kubernetes.io/out-of-service","value":"nodeshutdown","effect":"{{{effect}}}"}]}]""";
        Assert.Equal(200, (await host.PatchAsync($"/api/v1/nodes/{NodeB}", patch, JsonPatch)).Code);
        await host.SettleAsync();
    }

    private static (int Pods, int Attachments) Left(KubernetesHost host) =>
        (host.Api.State.List("pods").Count, host.Api.State.List("volumeattachments").Count);
}
