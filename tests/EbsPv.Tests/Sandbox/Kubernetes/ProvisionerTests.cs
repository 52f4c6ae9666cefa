using System.Text.Json.Nodes;
using EbsPv.Sandbox.Kubernetes.Binding;
using Xunit;

namespace EbsPv.Tests.Sandbox.Kubernetes;

public class ProvisionerTests
{
    [Theory]
    [InlineData("Delete", "ebs.csi.aws.com", true)]
    [InlineData("Retain", "ebs.csi.aws.com", false)]
    [InlineData("Delete", "efs.csi.aws.com", false)]
    public async Task It_holds_what_it_would_delete(string policy, string provisionedBy, bool holds)
    {
        await using var host = await KubernetesHost.StartAsync();
        host.Api.State.Seed(Provisioned("a", policy, provisionedBy));
        await host.SettleAsync();
        Assert.Equal(holds, Finalizers(host).Contains(ProvisionerSync.Finalizer));
    }

    [Fact]
    public async Task It_lets_go_when_the_policy_becomes_Retain_and_only_while_it_runs()
    {
        await using var host = await KubernetesHost.StartAsync();
        host.Api.State.Seed(Provisioned("a", "Delete", "ebs.csi.aws.com"));
        await host.SettleAsync();
        host.Api.Options.RunProvisioner = false;
        await RetainAsync(host, "a", "first");
        await host.SettleAsync();
        Assert.Contains(ProvisionerSync.Finalizer, Finalizers(host));
        host.Api.Options.RunProvisioner = true;
        await RetainAsync(host, "a", "again");
        await host.SettleAsync();
        Assert.DoesNotContain(ProvisionerSync.Finalizer, Finalizers(host));
    }

    internal static JsonObject Provisioned(string name, string policy, string provisionedBy = "ebs.csi.aws.com") => Manifests.Volume(name, volume =>
    {
        volume["metadata"]!["annotations"] = new JsonObject { ["pv.kubernetes.io/provisioned-by"] = provisionedBy };
        volume["spec"]!["persistentVolumeReclaimPolicy"] = policy;
        volume["spec"]!["volumeMode"] = "Filesystem";
    });

    private static Task RetainAsync(KubernetesHost host, string name, string reason) =>
        host.PatchAsync($"{KubernetesHost.VolumesPath}/{name}", $$$"""{"metadata":{"labels":{"reason":"{{{reason}}}"}},"spec":{"persistentVolumeReclaimPolicy":"Retain"}}""");

    private static IEnumerable<string?> Finalizers(KubernetesHost host) =>
        (host.Api.State.Get("persistentvolumes", "a")!["metadata"]!["finalizers"] as JsonArray ?? []).Select(one => (string?)one);
}
