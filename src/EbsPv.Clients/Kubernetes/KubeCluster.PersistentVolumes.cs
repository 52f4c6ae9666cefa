using System.Runtime.CompilerServices;
using EbsPv.PersistentVolumes;
using EbsPv.Ports;
using k8s;
using k8s.Models;

namespace EbsPv.Clients.Kubernetes;

/// <content>PersistentVolumes.</content>
internal sealed partial class KubeCluster
{
    private const string Volumes = "persistentvolumes";

    public async IAsyncEnumerable<PersistentVolumePage> ListPersistentVolumesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pages = new KubePages<V1PersistentVolume>(caller, Volumes, "").ReadAsync(VolumePageAsync, cancellationToken);
        await foreach (var page in pages.ConfigureAwait(false))
            yield return new PersistentVolumePage([.. page.Items.Where(PersistentVolumeMapping.IsEbs).Select(ToModel)], page.Version)
            {
                Manifest = name => page.Items.FirstOrDefault(volume => volume.Metadata.Name == name) is { } found ? Manifest(found) : null,
            };
    }

    public async Task<EbsPersistentVolume?> GetPersistentVolumeAsync(string name, CancellationToken cancellationToken)
    {
        var volume = await OrNullAsync(caller.SendAsync(
            "get", Volumes, name, token => client.CoreV1.ReadPersistentVolumeAsync(name, cancellationToken: token), cancellationToken)).ConfigureAwait(false);
        return volume is null ? null : ToModel(volume);
    }

    public Task<EbsPersistentVolume> CreatePersistentVolumeAsync(PersistentVolumeSpec spec, CancellationToken cancellationToken) =>
        CreatePersistentVolumeAsync(PersistentVolumeDocument.ToJson(spec), cancellationToken);

    public async Task<EbsPersistentVolume> CreatePersistentVolumeAsync(string manifest, CancellationToken cancellationToken)
    {
        var body = KubernetesJson.Deserialize<V1PersistentVolume>(manifest);
        var created = await caller.SendAsync(
            "create", Volumes, body.Metadata.Name, token => client.CoreV1.CreatePersistentVolumeAsync(body, fieldValidation: Strict, cancellationToken: token), cancellationToken).ConfigureAwait(false);
        foreach (var field in PersistentVolumeMapping.Dropped(body, created))
            caller.Warn($"FieldIgnored: this API server is too old for {field}, and left it out of the PersistentVolume {body.Metadata.Name}.");
        return ToModel(created);
    }

    public async IAsyncEnumerable<WatchNews<EbsPersistentVolume>> WatchPersistentVolumesAsync(
        string resourceVersion, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var watch = new ResumedWatch<V1PersistentVolume>(Volumes, caller, time, AllVolumesAsync, (version, failed, token) =>
            client.CoreV1.WatchListPersistentVolumeAsync(
                allowWatchBookmarks: true, resourceVersion: version, timeoutSeconds: ResumedWatch<V1PersistentVolume>.ServerEndsAfterSeconds, onError: failed, cancellationToken: token));
        await foreach (var news in watch.FromAsync(resourceVersion, cancellationToken).ConfigureAwait(false))
            yield return new WatchNews<EbsPersistentVolume>([.. news.Present.Select(ToModel)], [.. news.Gone.Select(ToModel)], news.IsComplete);
    }

    public async Task<string?> GetPersistentVolumeManifestAsync(string name, CancellationToken cancellationToken)
    {
        var volume = await OrNullAsync(caller.SendAsync(
            "get", Volumes, name, token => client.CoreV1.ReadPersistentVolumeAsync(name, cancellationToken: token), cancellationToken)).ConfigureAwait(false);
        return volume is null ? null : Manifest(volume);
    }

    public async Task<EbsPersistentVolume> PatchPersistentVolumeAsync(EbsPersistentVolume volume, PersistentVolumePatch patch, CancellationToken cancellationToken)
    {
        var body = new V1Patch(MergePatches.Of(volume, patch), V1Patch.PatchType.MergePatch);
        return ToModel(await caller.SendAsync(
            "patch", Volumes, volume.Name, token => client.CoreV1.PatchPersistentVolumeAsync(body, volume.Name, cancellationToken: token), cancellationToken).ConfigureAwait(false));
    }

    public async Task DeletePersistentVolumeAsync(EbsPersistentVolume volume, CancellationToken cancellationToken)
    {
        var options = new V1DeleteOptions { Preconditions = new V1Preconditions { Uid = volume.Uid, ResourceVersion = volume.ResourceVersion } };
        await caller.SendAsync(
            "delete", Volumes, volume.Name, token => client.CoreV1.DeletePersistentVolumeAsync(volume.Name, options, cancellationToken: token), cancellationToken).ConfigureAwait(false);
    }

    // In a list they do not say what they are.
    private static string Manifest(V1PersistentVolume volume)
    {
        volume.ApiVersion ??= V1PersistentVolume.KubeApiVersion;
        volume.Kind ??= V1PersistentVolume.KubeKind;
        return KubernetesJson.Serialize(volume);
    }

    private Task<(IReadOnlyList<V1PersistentVolume> Items, string Version)> AllVolumesAsync(CancellationToken cancellationToken) =>
        new KubePages<V1PersistentVolume>(caller, Volumes, "").AllAsync(VolumePageAsync, cancellationToken);

    private Task<V1PersistentVolumeList> VolumePageAsync(string? from, CancellationToken cancellationToken) =>
        client.CoreV1.ListPersistentVolumeAsync(limit: PageSize, continueParameter: from, cancellationToken: cancellationToken);

    private EbsPersistentVolume ToModel(V1PersistentVolume volume) => PersistentVolumeMapping.ToModel(volume, context);
}
