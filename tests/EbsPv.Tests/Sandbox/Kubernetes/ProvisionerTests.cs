using System.Text.Json.Nodes;
using EbsPv.Sandbox.Ec2;
using EbsPv.Sandbox.Kubernetes;
using EbsPv.Sandbox.Kubernetes.Binding;
using Xunit;

namespace EbsPv.Tests.Sandbox.Kubernetes;

public class ProvisionerTests
{
    private const string Gone = """{"namespace":"default","name":"gone","uid":"11111111-2222-3333-4444-555555555555"}""";

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

    [Theory]
    [InlineData("Delete", "ebs.csi.aws.com", true, true)]
    [InlineData("Retain", "ebs.csi.aws.com", true, false)]
    [InlineData("Delete", "efs.csi.aws.com", true, false)]
    [InlineData("Delete", "ebs.csi.aws.com", false, false)]
    public async Task It_deletes_the_disk_and_the_volume_whose_claim_is_gone(string policy, string provisionedBy, bool runs, bool deletes)
    {
        await using var host = await KubernetesHost.StartAsync(options => options.RunProvisioner = runs);
        host.Api.State.Seed(Provisioned("a", policy, provisionedBy).With("spec.csi.volumeHandle", $"\"{KopsCluster.ForeignVolume}\"").With("spec.claimRef", Gone));
        await host.SettleAsync();
        Assert.Equal(deletes, host.Api.State.Get("persistentvolumes", "a") is null);
        Assert.Equal(deletes ? "deleting" : "available", host.Ec2.StateOf(KopsCluster.ForeignVolume));
    }

    [Fact]
    public async Task A_disk_that_EC2_does_not_delete_keeps_the_volume_Released()
    {
        await using var host = await KubernetesHost.StartAsync();
        host.Ec2.Attach(KopsCluster.ForeignVolume, KopsCluster.WorkerB);
        host.Api.State.Seed(Provisioned("a", "Delete").With("spec.csi.volumeHandle", $"\"{KopsCluster.ForeignVolume}\"").With("spec.claimRef", Gone));
        await host.SettleAsync();
        Assert.Equal("Released", host.VolumePhase("a"));
        Assert.Equal("in-use", host.Ec2.StateOf(KopsCluster.ForeignVolume));
        Assert.Contains(host.Api.State.List("events"), one => one.Text("reason") == "VolumeFailedDelete");
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
