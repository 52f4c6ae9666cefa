using System.Runtime.CompilerServices;
using EbsPv.PersistentVolumeClaims;
using EbsPv.Errors;
using EbsPv.Ports;
using k8s;
using k8s.Models;

namespace EbsPv.Clients.Kubernetes;

/// <content>Claims, and the StatefulSets that make them.</content>
internal sealed partial class KubeCluster
{
    private const string Claims = "persistentvolumeclaims";

    public async Task<EbsPersistentVolumeClaim?> GetClaimAsync(string ns, string name, CancellationToken cancellationToken)
    {
        var claim = await OrNullAsync(caller.SendAsync(
            "get", Claims, $"{ns}/{name}", token => client.CoreV1.ReadNamespacedPersistentVolumeClaimAsync(name, ns, cancellationToken: token), cancellationToken)).ConfigureAwait(false);
        return claim is null ? null : ToModel(claim);
    }

    public async Task<(IReadOnlyList<EbsPersistentVolumeClaim> Items, string ResourceVersion)> ListClaimsAsync(string ns, CancellationToken cancellationToken)
    {
        var (items, version) = await AllClaimsAsync(ns, cancellationToken).ConfigureAwait(false);
        return ([.. items.Select(ToModel)], version);
    }

    public async IAsyncEnumerable<IReadOnlyList<EbsPersistentVolumeClaim>> ListAllClaimsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pages = new KubePages<V1PersistentVolumeClaim>(caller, Claims, "").ReadAsync(
            (from, token) => client.CoreV1.ListPersistentVolumeClaimForAllNamespacesAsync(limit: PageSize, continueParameter: from, cancellationToken: token), cancellationToken);
        await foreach (var page in pages.ConfigureAwait(false)) yield return [.. page.Items.Select(ToModel)];
    }

    public async Task<EbsPersistentVolumeClaim> PatchClaimAsync(EbsPersistentVolumeClaim claim, ClaimPatch patch, CancellationToken cancellationToken)
    {
        var body = new V1Patch(MergePatches.Of(claim, patch), V1Patch.PatchType.MergePatch);
        return ToModel(await caller.SendAsync(
            "patch",
            Claims,
            $"{claim.Namespace}/{claim.Name}",
            token => client.CoreV1.PatchNamespacedPersistentVolumeClaimAsync(body, claim.Name, claim.Namespace, cancellationToken: token),
            cancellationToken).ConfigureAwait(false));
    }

    public async Task<EbsPersistentVolumeClaim> CreateClaimAsync(PersistentVolumeClaimSpec spec, CancellationToken cancellationToken)
    {
        var body = ClaimMapping.FromSpec(spec);
        return ToModel(await caller.SendAsync(
            "create",
            Claims,
            $"{spec.Namespace}/{spec.Name}",
            token => client.CoreV1.CreateNamespacedPersistentVolumeClaimAsync(body, spec.Namespace, fieldValidation: Strict, cancellationToken: token),
            cancellationToken).ConfigureAwait(false));
    }

    public async IAsyncEnumerable<WatchNews<EbsPersistentVolumeClaim>> WatchClaimsAsync(
        string ns, string resourceVersion, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var watch = new ResumedWatch<V1PersistentVolumeClaim>(Claims, caller, time, token => AllClaimsAsync(ns, token), (version, failed, token) =>
            client.CoreV1.WatchListNamespacedPersistentVolumeClaimAsync(
                ns, allowWatchBookmarks: true, resourceVersion: version, timeoutSeconds: ResumedWatch<V1PersistentVolumeClaim>.ServerEndsAfterSeconds, onError: failed, cancellationToken: token));
        await foreach (var news in watch.FromAsync(resourceVersion, cancellationToken).ConfigureAwait(false))
            yield return new WatchNews<EbsPersistentVolumeClaim>([.. news.Present.Select(ToModel)], [.. news.Gone.Select(ToModel)], news.IsComplete);
    }

    public async Task<StatefulSetInfo?> GetStatefulSetAsync(string ns, string name, CancellationToken cancellationToken)
    {
        var set = await OrNullAsync(caller.SendAsync(
            "get", "statefulsets.apps", $"{ns}/{name}", token => client.AppsV1.ReadNamespacedStatefulSetAsync(name, ns, cancellationToken: token), cancellationToken)).ConfigureAwait(false);
        return set is null ? null : ClaimMapping.ToModel(set);
    }

    private Task<(IReadOnlyList<V1PersistentVolumeClaim> Items, string Version)> AllClaimsAsync(string ns, CancellationToken cancellationToken) =>
        new KubePages<V1PersistentVolumeClaim>(caller, Claims, ns).AllAsync(
            (from, token) => client.CoreV1.ListNamespacedPersistentVolumeClaimAsync(ns, limit: PageSize, continueParameter: from, cancellationToken: token), cancellationToken);

    private EbsPersistentVolumeClaim ToModel(V1PersistentVolumeClaim claim) => ClaimMapping.ToModel(claim, context);

    private static async Task<T?> OrNullAsync<T>(Task<T> read)
        where T : class
    {
        try
        {
            return await read.ConfigureAwait(false);
        }
        catch (EbsPvException missing) when (missing.Kind == ErrorKind.NotFound)
        {
            return null;
        }
    }
}
