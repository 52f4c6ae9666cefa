using EbsPv.PersistentVolumes;

namespace EbsPv.Ports;

/// <summary>A Kubernetes cluster, as far as EbsPv needs it. Failures are <see cref="Errors.EbsPvException"/>.</summary>
public interface ICluster
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

    /// <summary>Every state of every PersistentVolume from a version on, across lost connections, until cancelled.</summary>
    IAsyncEnumerable<EbsPersistentVolume> WatchPersistentVolumesAsync(string resourceVersion, CancellationToken cancellationToken);

    /// <summary>Names of the CSIDriver objects.</summary>
    Task<IReadOnlyList<string>> ListCsiDriversAsync(CancellationToken cancellationToken);

    /// <summary>Which drivers are registered on which node, by node name.</summary>
    Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> ListCsiNodesAsync(CancellationToken cancellationToken);

    /// <summary>Minor version of the server: 33 for v1.33.</summary>
    Task<int> GetMinorVersionAsync(CancellationToken cancellationToken);
}
