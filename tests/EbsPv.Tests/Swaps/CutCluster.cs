using EbsPv.PersistentVolumeClaims;
using EbsPv.PersistentVolumes;
using EbsPv.Ports;

namespace EbsPv.Tests.Swaps;

/// <summary>A cluster with a moment before and after each change.</summary>
internal sealed class CutCluster(ICluster cluster, Changes changes) : ICluster
{
    public string Context => cluster.Context;

    public Task<EbsPersistentVolume> CreatePersistentVolumeAsync(PersistentVolumeSpec spec, CancellationToken cancellationToken) =>
        changes.AroundAsync("create persistentvolumes", () => cluster.CreatePersistentVolumeAsync(spec, cancellationToken));

    public Task<EbsPersistentVolume> CreatePersistentVolumeAsync(string manifest, CancellationToken cancellationToken) =>
        changes.AroundAsync("create persistentvolumes", () => cluster.CreatePersistentVolumeAsync(manifest, cancellationToken));

    public Task<EbsPersistentVolume> PatchPersistentVolumeAsync(EbsPersistentVolume volume, PersistentVolumePatch patch, CancellationToken cancellationToken) =>
        changes.AroundAsync("patch persistentvolumes", () => cluster.PatchPersistentVolumeAsync(volume, patch, cancellationToken));

    public Task DeletePersistentVolumeAsync(EbsPersistentVolume volume, CancellationToken cancellationToken) =>
        changes.AroundAsync("delete persistentvolumes", () => cluster.DeletePersistentVolumeAsync(volume, cancellationToken));

    public Task<EbsPersistentVolumeClaim> PatchClaimAsync(EbsPersistentVolumeClaim claim, ClaimPatch patch, CancellationToken cancellationToken) =>
        changes.AroundAsync("patch persistentvolumeclaims", () => cluster.PatchClaimAsync(claim, patch, cancellationToken));

    public Task<EbsPersistentVolumeClaim> CreateClaimAsync(PersistentVolumeClaimSpec spec, CancellationToken cancellationToken) =>
        changes.AroundAsync("create persistentvolumeclaims", () => cluster.CreateClaimAsync(spec, cancellationToken));

    public Task<StorageClassInfo> CreateStorageClassAsync(StorageClassSpec spec, CancellationToken cancellationToken) =>
        changes.AroundAsync("create storageclasses", () => cluster.CreateStorageClassAsync(spec, cancellationToken));

    public Task<StorageClassInfo> SetStorageClassZonesAsync(StorageClassInfo storageClass, IReadOnlyList<string> zones, CancellationToken cancellationToken) =>
        changes.AroundAsync("patch storageclasses", () => cluster.SetStorageClassZonesAsync(storageClass, zones, cancellationToken));

    public IAsyncEnumerable<ClusterNode> ListNodesAsync(CancellationToken cancellationToken) => cluster.ListNodesAsync(cancellationToken);

    public IAsyncEnumerable<PersistentVolumePage> ListPersistentVolumesAsync(CancellationToken cancellationToken) => cluster.ListPersistentVolumesAsync(cancellationToken);

    public Task<EbsPersistentVolume?> GetPersistentVolumeAsync(string name, CancellationToken cancellationToken) => cluster.GetPersistentVolumeAsync(name, cancellationToken);

    public Task<string?> GetPersistentVolumeManifestAsync(string name, CancellationToken cancellationToken) => cluster.GetPersistentVolumeManifestAsync(name, cancellationToken);

    public IAsyncEnumerable<WatchNews<EbsPersistentVolume>> WatchPersistentVolumesAsync(string resourceVersion, CancellationToken cancellationToken) =>
        cluster.WatchPersistentVolumesAsync(resourceVersion, cancellationToken);

    public Task<EbsPersistentVolumeClaim?> GetClaimAsync(string ns, string name, CancellationToken cancellationToken) => cluster.GetClaimAsync(ns, name, cancellationToken);

    public Task<(IReadOnlyList<EbsPersistentVolumeClaim> Items, string ResourceVersion)> ListClaimsAsync(string ns, CancellationToken cancellationToken) =>
        cluster.ListClaimsAsync(ns, cancellationToken);

    public IAsyncEnumerable<IReadOnlyList<EbsPersistentVolumeClaim>> ListAllClaimsAsync(CancellationToken cancellationToken) => cluster.ListAllClaimsAsync(cancellationToken);

    public IAsyncEnumerable<WatchNews<EbsPersistentVolumeClaim>> WatchClaimsAsync(string ns, string resourceVersion, CancellationToken cancellationToken) =>
        cluster.WatchClaimsAsync(ns, resourceVersion, cancellationToken);

    public Task<StorageClassInfo?> GetStorageClassAsync(string name, CancellationToken cancellationToken) => cluster.GetStorageClassAsync(name, cancellationToken);

    public Task<IReadOnlyList<StorageClassInfo>> ListStorageClassesAsync(CancellationToken cancellationToken) => cluster.ListStorageClassesAsync(cancellationToken);

    public Task<StatefulSetInfo?> GetStatefulSetAsync(string ns, string name, CancellationToken cancellationToken) => cluster.GetStatefulSetAsync(ns, name, cancellationToken);

    public Task<IReadOnlyList<string>> ListCsiDriversAsync(CancellationToken cancellationToken) => cluster.ListCsiDriversAsync(cancellationToken);

    public Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> ListCsiNodesAsync(CancellationToken cancellationToken) => cluster.ListCsiNodesAsync(cancellationToken);

    public Task<int> GetMinorVersionAsync(CancellationToken cancellationToken) => cluster.GetMinorVersionAsync(cancellationToken);

    public IAsyncEnumerable<IReadOnlyList<ClusterPod>> ListPodsAsync(CancellationToken cancellationToken) => cluster.ListPodsAsync(cancellationToken);

    public Task<IReadOnlyList<VolumeAttachmentInfo>> ListVolumeAttachmentsAsync(CancellationToken cancellationToken) => cluster.ListVolumeAttachmentsAsync(cancellationToken);

    public Task<IReadOnlyList<Workload>> ListWorkloadsAsync(CancellationToken cancellationToken) => cluster.ListWorkloadsAsync(cancellationToken);

    public Task<IReadOnlyList<Autoscaler>> ListAutoscalersAsync(string ns, CancellationToken cancellationToken) => cluster.ListAutoscalersAsync(ns, cancellationToken);

    public Task<ObjectReference?> GetOwnerAsync(string ns, ObjectReference controller, CancellationToken cancellationToken) => cluster.GetOwnerAsync(ns, controller, cancellationToken);

    public Task<IReadOnlySet<string>> ListSnapshotHandlesAsync(CancellationToken cancellationToken) => cluster.ListSnapshotHandlesAsync(cancellationToken);
}
