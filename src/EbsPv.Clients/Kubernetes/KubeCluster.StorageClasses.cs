using System.Text.Json;
using EbsPv.Ports;
using k8s;
using k8s.Models;

namespace EbsPv.Clients.Kubernetes;

/// <content>Storage classes.</content>
internal sealed partial class KubeCluster
{
    private const string StorageClasses = "storageclasses.storage.k8s.io";

    public async Task<StorageClassInfo?> GetStorageClassAsync(string name, CancellationToken cancellationToken)
    {
        var found = await OrNullAsync(caller.SendAsync(
            "get", StorageClasses, name, token => client.StorageV1.ReadStorageClassAsync(name, cancellationToken: token), cancellationToken)).ConfigureAwait(false);
        return found is null ? null : StorageClassMapping.ToModel(found);
    }

    public async Task<IReadOnlyList<StorageClassInfo>> ListStorageClassesAsync(CancellationToken cancellationToken)
    {
        var (all, _) = await new KubePages<V1StorageClass>(caller, StorageClasses, "").AllAsync(
            (from, token) => client.StorageV1.ListStorageClassAsync(limit: PageSize, continueParameter: from, cancellationToken: token), cancellationToken).ConfigureAwait(false);
        return [.. all.Select(StorageClassMapping.ToModel)];
    }

    public async Task<StorageClassInfo> CreateStorageClassAsync(StorageClassSpec spec, CancellationToken cancellationToken)
    {
        var body = StorageClassMapping.FromSpec(spec);
        return StorageClassMapping.ToModel(await caller.SendAsync(
            "create",
            StorageClasses,
            spec.Name,
            token => client.StorageV1.CreateStorageClassAsync(body, fieldValidation: Strict, cancellationToken: token),
            cancellationToken).ConfigureAwait(false));
    }

    public async Task<StorageClassInfo> SetStorageClassZonesAsync(
        StorageClassInfo storageClass, IReadOnlyList<string> zones, CancellationToken cancellationToken)
    {
        var patch = JsonSerializer.Serialize(new
        {
            metadata = new { resourceVersion = storageClass.ResourceVersion },
            allowedTopologies = StorageClassMapping.Topologies(zones).Select(term => new
            {
                matchLabelExpressions = term.MatchLabelExpressions.Select(one => new { key = one.Key, values = one.Values }),
            }),
        });
        return StorageClassMapping.ToModel(await caller.SendAsync(
            "patch",
            StorageClasses,
            storageClass.Name,
            token => client.StorageV1.PatchStorageClassAsync(new V1Patch(patch, V1Patch.PatchType.MergePatch), storageClass.Name, cancellationToken: token),
            cancellationToken).ConfigureAwait(false));
    }
}
