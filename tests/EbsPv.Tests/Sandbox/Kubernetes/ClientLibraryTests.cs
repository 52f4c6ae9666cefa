using k8s;
using k8s.Models;
using Xunit;
using ClientKubernetes = k8s.Kubernetes;

namespace EbsPv.Tests.Sandbox.Kubernetes;

/// <summary>The client library that EbsPv uses takes the sandbox for an API server.</summary>
public class ClientLibraryTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Library_creates_lists_reads_patches_and_deletes()
    {
        await using var host = await KubernetesHost.StartAsync();
        using var client = Client(host);
        var created = await client.CoreV1.CreatePersistentVolumeAsync(Volume("pv"), fieldValidation: "Strict", cancellationToken: Cancelled);
        Assert.Equal("Pending", created.Status.Phase);
        await host.SettleAsync();

        var list = await client.CoreV1.ListPersistentVolumeAsync(limit: 500, cancellationToken: Cancelled);
        Assert.Equal("Available", Assert.Single(list.Items).Status.Phase);
        Assert.Equal(3, (await client.CoreV1.ListNodeAsync(cancellationToken: Cancelled)).Items.Count);
        Assert.Equal("33", (await client.Version.GetCodeAsync(Cancelled)).Minor);

        var patch = new V1Patch("""{"metadata":{"labels":{"a":"b"}}}""", V1Patch.PatchType.MergePatch);
        Assert.Equal("b", (await client.CoreV1.PatchPersistentVolumeAsync(patch, "pv", cancellationToken: Cancelled)).Metadata.Labels["a"]);

        var options = new V1DeleteOptions { Preconditions = new V1Preconditions { Uid = created.Uid() } };
        await client.CoreV1.DeletePersistentVolumeAsync("pv", options, cancellationToken: Cancelled);
        await host.SettleAsync();
        Assert.Empty((await client.CoreV1.ListPersistentVolumeAsync(cancellationToken: Cancelled)).Items);
    }

    [Fact]
    public async Task Library_sees_the_status_of_a_refusal()
    {
        await using var host = await KubernetesHost.StartAsync();
        using var client = Client(host);
        var failure = await Assert.ThrowsAsync<k8s.Autorest.HttpOperationException>(
            () => client.CoreV1.ReadPersistentVolumeAsync("none", cancellationToken: Cancelled));
        var status = KubernetesJson.Deserialize<V1Status>(failure.Response.Content);
        Assert.Equal((404, "NotFound", "none"), (status.Code, status.Reason, status.Details.Name));
    }

    [Fact]
    public async Task Library_waits_for_available_by_a_watch()
    {
        await using var host = await KubernetesHost.StartAsync();
        using var client = Client(host);
        var list = await client.CoreV1.ListPersistentVolumeAsync(cancellationToken: Cancelled);
        await client.CoreV1.CreatePersistentVolumeAsync(Volume("pv"), cancellationToken: Cancelled);
        var phases = new List<string>();
        await foreach (var (_, volume) in client.CoreV1.WatchListPersistentVolumeAsync(
            resourceVersion: list.Metadata.ResourceVersion, cancellationToken: Cancelled))
        {
            phases.Add(volume.Status.Phase);
            if (phases.Count == 2) break;
        }

        Assert.Equal(["Pending", "Available"], phases);
    }

    private static ClientKubernetes Client(KubernetesHost host) =>
        new(new KubernetesClientConfiguration { Host = host.Url.ToString(), AccessToken = "sandbox" });

    private static V1PersistentVolume Volume(string name) => new()
    {
        Metadata = new V1ObjectMeta { Name = name },
        Spec = new V1PersistentVolumeSpec
        {
            Capacity = new Dictionary<string, ResourceQuantity> { ["storage"] = new("10Gi") },
            AccessModes = ["ReadWriteOnce"],
            StorageClassName = "manual-ebs",
            Csi = new V1CSIPersistentVolumeSource { Driver = "ebs.csi.aws.com", VolumeHandle = "vol-1" },
        },
    };
}
