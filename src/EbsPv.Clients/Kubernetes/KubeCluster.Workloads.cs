using System.Runtime.CompilerServices;
using System.Text.Json;
using EbsPv.Errors;
using EbsPv.Ports;
using k8s;
using k8s.Models;

namespace EbsPv.Clients.Kubernetes;

/// <content>What uses PersistentVolumes.</content>
internal sealed partial class KubeCluster
{
    private const string Snapshots = "snapshot.storage.k8s.io";

    public async IAsyncEnumerable<IReadOnlyList<ClusterPod>> ListPodsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pages = new KubePages<V1Pod>(caller, "pods", "").ReadAsync(
            (from, token) => client.CoreV1.ListPodForAllNamespacesAsync(limit: PageSize, continueParameter: from, cancellationToken: token), cancellationToken);
        await foreach (var page in pages.ConfigureAwait(false))
            yield return [.. page.Items.Select(WorkloadMapping.ToModel).Where(pod => pod.ClaimNames.Count > 0)];
    }

    public async Task<IReadOnlyList<VolumeAttachmentInfo>> ListVolumeAttachmentsAsync(CancellationToken cancellationToken)
    {
        var (all, _) = await new KubePages<V1VolumeAttachment>(caller, "volumeattachments.storage.k8s.io", "").AllAsync(
            (from, token) => client.StorageV1.ListVolumeAttachmentAsync(limit: PageSize, continueParameter: from, cancellationToken: token), cancellationToken).ConfigureAwait(false);
        return [.. all.Where(one => one.Spec?.Source?.PersistentVolumeName is not null).Select(WorkloadMapping.ToModel)];
    }

    public async Task<IReadOnlyList<Workload>> ListWorkloadsAsync(CancellationToken cancellationToken)
    {
        var sets = new KubePages<V1StatefulSet>(caller, "statefulsets.apps", "").AllAsync(
            (from, token) => client.AppsV1.ListStatefulSetForAllNamespacesAsync(limit: PageSize, continueParameter: from, cancellationToken: token), cancellationToken);
        var deployments = new KubePages<V1Deployment>(caller, "deployments.apps", "").AllAsync(
            (from, token) => client.AppsV1.ListDeploymentForAllNamespacesAsync(limit: PageSize, continueParameter: from, cancellationToken: token), cancellationToken);
        await Task.WhenAll(sets, deployments).ConfigureAwait(false);
        var all = (await sets.ConfigureAwait(false)).Items.Select(WorkloadMapping.ToModel)
            .Concat((await deployments.ConfigureAwait(false)).Items.Select(WorkloadMapping.ToModel));
        return [.. all.Where(workload => workload.ClaimNames.Count + workload.ClaimTemplates.Count > 0)];
    }

    public async Task<IReadOnlyList<Autoscaler>> ListAutoscalersAsync(string ns, CancellationToken cancellationToken)
    {
        // version 1 is what every server has; the target, which is all that is asked for, is the same in it.
        var (all, _) = await new KubePages<V1HorizontalPodAutoscaler>(caller, "horizontalpodautoscalers.autoscaling", ns).AllAsync(
            (from, token) => client.AutoscalingV1.ListNamespacedHorizontalPodAutoscalerAsync(ns, limit: PageSize, continueParameter: from, cancellationToken: token), cancellationToken).ConfigureAwait(false);
        return [.. all.Select(WorkloadMapping.ToModel)];
    }

    public async Task<ObjectReference?> GetOwnerAsync(string ns, ObjectReference controller, CancellationToken cancellationToken)
    {
        var name = controller.Name;
        return controller.Kind switch
        {
            "ReplicaSet" => WorkloadMapping.Owner((await OrNullAsync(caller.SendAsync(
                "get", "replicasets.apps", $"{ns}/{name}", token => client.AppsV1.ReadNamespacedReplicaSetAsync(name, ns, cancellationToken: token), cancellationToken)).ConfigureAwait(false))?.Metadata),
            "Job" => WorkloadMapping.Owner((await OrNullAsync(caller.SendAsync(
                "get", "jobs.batch", $"{ns}/{name}", token => client.BatchV1.ReadNamespacedJobAsync(name, ns, cancellationToken: token), cancellationToken)).ConfigureAwait(false))?.Metadata),
            _ => null,
        };
    }

    public async Task<IReadOnlySet<string>> ListSnapshotHandlesAsync(CancellationToken cancellationToken)
    {
        var contents = await CustomAsync(
            $"volumesnapshotcontents.{Snapshots}", "", token => client.CustomObjects.ListClusterCustomObjectAsync(Snapshots, "v1", "volumesnapshotcontents", cancellationToken: token), cancellationToken).ConfigureAwait(false);
        return contents.SelectMany(WorkloadMapping.SnapshotHandles).ToHashSet(StringComparer.Ordinal);
    }

    // A kind that the cluster was not taught has no objects.
    private async Task<IReadOnlyList<JsonElement>> CustomAsync(string resource, string name, Func<CancellationToken, Task<object>> list, CancellationToken cancellationToken)
    {
        try
        {
            var found = await caller.SendAsync("list", resource, name, list, cancellationToken).ConfigureAwait(false);
            return found is JsonElement { ValueKind: JsonValueKind.Object } all && all.TryGetProperty("items", out var items) && items.ValueKind == JsonValueKind.Array
                ? [.. items.EnumerateArray()]
                : throw KubeErrors.NotKubernetes("it has no items.", caller.Call("list", resource, name));
        }
        catch (EbsPvException missing) when (missing.Kind == ErrorKind.NotFound)
        {
            return [];
        }
    }
}
