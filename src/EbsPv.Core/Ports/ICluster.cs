using EbsPv.PersistentVolumeClaims;
using EbsPv.PersistentVolumes;

namespace EbsPv.Ports;

/// <summary>A Kubernetes cluster, as far as EbsPv needs it. Failures are <see cref="Errors.EbsPvException"/>.</summary>
public partial interface ICluster
{
    /// <summary>Name of the kube context.</summary>
    string Context { get; }

    /// <summary>All nodes, in pages of 500.</summary>
    IAsyncEnumerable<ClusterNode> ListNodesAsync(CancellationToken cancellationToken);

    /// <summary>PersistentVolumes, a page of up to 500 at a time.</summary>
    IAsyncEnumerable<PersistentVolumePage> ListPersistentVolumesAsync(CancellationToken cancellationToken);

    /// <summary>One PersistentVolume, whatever is behind it; null when there is none of that name.</summary>
    Task<EbsPersistentVolume?> GetPersistentVolumeAsync(string name, CancellationToken cancellationToken);

    /// <summary>Creates a PersistentVolume; a name that is taken is <see cref="Errors.ErrorKind.Conflict"/>.</summary>
    Task<EbsPersistentVolume> CreatePersistentVolumeAsync(PersistentVolumeSpec spec, CancellationToken cancellationToken);

    /// <summary>What happens to PersistentVolumes from a version on, across lost connections, until cancelled.</summary>
    IAsyncEnumerable<WatchNews<EbsPersistentVolume>> WatchPersistentVolumesAsync(string resourceVersion, CancellationToken cancellationToken);

    /// <summary>All that the server says of a PersistentVolume, as JSON; null when there is none of that name.</summary>
    Task<string?> GetPersistentVolumeManifestAsync(string name, CancellationToken cancellationToken);

    /// <summary>Creates the PersistentVolume of a manifest; a name that is taken is <see cref="Errors.ErrorKind.Conflict"/>.</summary>
    Task<EbsPersistentVolume> CreatePersistentVolumeAsync(string manifest, CancellationToken cancellationToken);

    /// <summary>Changes a PersistentVolume that is still as it was read; otherwise <see cref="Errors.ErrorKind.Conflict"/>.</summary>
    Task<EbsPersistentVolume> PatchPersistentVolumeAsync(EbsPersistentVolume volume, PersistentVolumePatch patch, CancellationToken cancellationToken);

    /// <summary>Deletes a PersistentVolume that is still as it was read; otherwise <see cref="Errors.ErrorKind.Conflict"/>. It goes once its
    /// finalizers are done.</summary>
    Task DeletePersistentVolumeAsync(EbsPersistentVolume volume, CancellationToken cancellationToken);

    /// <summary>One claim; null when there is none of that name, or no such namespace.</summary>
    Task<EbsPersistentVolumeClaim?> GetClaimAsync(string ns, string name, CancellationToken cancellationToken);

    /// <summary>All claims of a namespace, and the version from which a watch can go on.</summary>
    Task<(IReadOnlyList<EbsPersistentVolumeClaim> Items, string ResourceVersion)> ListClaimsAsync(string ns, CancellationToken cancellationToken);

    /// <summary>The claims of all namespaces, a page of up to 500 at a time.</summary>
    IAsyncEnumerable<IReadOnlyList<EbsPersistentVolumeClaim>> ListAllClaimsAsync(CancellationToken cancellationToken);

    /// <summary>Changes a claim that is still as it was read; otherwise <see cref="Errors.ErrorKind.Conflict"/>.</summary>
    Task<EbsPersistentVolumeClaim> PatchClaimAsync(EbsPersistentVolumeClaim claim, ClaimPatch patch, CancellationToken cancellationToken);

    /// <summary>Creates a claim; a name that is taken is <see cref="Errors.ErrorKind.Conflict"/>.</summary>
    Task<EbsPersistentVolumeClaim> CreateClaimAsync(PersistentVolumeClaimSpec spec, CancellationToken cancellationToken);

    /// <summary>What happens to the claims of a namespace from a version on, across lost connections, until cancelled.</summary>
    IAsyncEnumerable<WatchNews<EbsPersistentVolumeClaim>> WatchClaimsAsync(string ns, string resourceVersion, CancellationToken cancellationToken);

    /// <summary>One storage class; null when there is none of that name.</summary>
    Task<StorageClassInfo?> GetStorageClassAsync(string name, CancellationToken cancellationToken);

    /// <summary>All storage classes.</summary>
    Task<IReadOnlyList<StorageClassInfo>> ListStorageClassesAsync(CancellationToken cancellationToken);

    /// <summary>Creates a storage class; a name that is taken is <see cref="Errors.ErrorKind.Conflict"/>.</summary>
    Task<StorageClassInfo> CreateStorageClassAsync(StorageClassSpec spec, CancellationToken cancellationToken);

    /// <summary>Sets the zones of a storage class that is still as it was read; otherwise <see cref="Errors.ErrorKind.Conflict"/>.</summary>
    Task<StorageClassInfo> SetStorageClassZonesAsync(StorageClassInfo storageClass, IReadOnlyList<string> zones, CancellationToken cancellationToken);

    /// <summary>One StatefulSet; null when there is none of that name, or no such namespace.</summary>
    Task<StatefulSetInfo?> GetStatefulSetAsync(string ns, string name, CancellationToken cancellationToken);

    /// <summary>Names of the CSIDriver objects.</summary>
    Task<IReadOnlyList<string>> ListCsiDriversAsync(CancellationToken cancellationToken);

    /// <summary>Which drivers are registered on which node, by node name.</summary>
    Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> ListCsiNodesAsync(CancellationToken cancellationToken);

    /// <summary>Minor version of the server: 33 for v1.33.</summary>
    Task<int> GetMinorVersionAsync(CancellationToken cancellationToken);
}
