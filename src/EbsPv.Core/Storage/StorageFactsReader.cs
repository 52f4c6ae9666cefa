using EbsPv.PersistentVolumes;
using EbsPv.Ports;

namespace EbsPv.Storage;

/// <summary>Reads what Kubernetes says of storage, by pages of 500, all lists side by side. What may not be read is an error: what is not seen must not
/// look as if it were not there.</summary>
public static class StorageFactsReader
{
    /// <summary>PersistentVolumes, claims, pods, VolumeAttachments, nodes and storage classes.</summary>
    public static async Task<StorageFacts> ReadAsync(ICluster cluster, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        var volumes = VolumesAsync(cluster, cancellationToken);
        var claims = ClaimsAsync(cluster, cancellationToken);
        var pods = PodsAsync(cluster, cancellationToken);
        var attachments = cluster.ListVolumeAttachmentsAsync(cancellationToken);
        var nodes = ClusterLists.NodesAsync(cluster, cancellationToken);
        var classes = cluster.ListStorageClassesAsync(cancellationToken);
        await Task.WhenAll(volumes, claims, pods, attachments, nodes, classes).ConfigureAwait(false);
        return new StorageFacts(
            await volumes.ConfigureAwait(false),
            await claims.ConfigureAwait(false),
            await pods.ConfigureAwait(false),
            await attachments.ConfigureAwait(false),
            await nodes.ConfigureAwait(false),
            await classes.ConfigureAwait(false));
    }

    private static async Task<List<EbsPersistentVolume>> VolumesAsync(ICluster cluster, CancellationToken cancellationToken)
    {
        var (all, digest) = (new List<EbsPersistentVolume>(), new StorageDigest());
        await foreach (var page in cluster.ListPersistentVolumesAsync(cancellationToken).ConfigureAwait(false)) all.AddRange(page.Items.Select(digest.Of));
        return all;
    }

    private static async Task<List<EbsPersistentVolumeClaim>> ClaimsAsync(ICluster cluster, CancellationToken cancellationToken)
    {
        var (all, digest) = (new List<EbsPersistentVolumeClaim>(), new StorageDigest());
        await foreach (var page in cluster.ListAllClaimsAsync(cancellationToken).ConfigureAwait(false)) all.AddRange(page.Select(digest.Of));
        return all;
    }

    private static async Task<List<ClusterPod>> PodsAsync(ICluster cluster, CancellationToken cancellationToken)
    {
        var all = new List<ClusterPod>();
        await foreach (var page in cluster.ListPodsAsync(cancellationToken).ConfigureAwait(false)) all.AddRange(page.Where(pod => !pod.IsFinished));
        return all;
    }
}
