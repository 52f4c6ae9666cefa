using EbsPv.Ports;

namespace EbsPv.Removal;

/// <summary>Which PersistentVolumes point to which volumes, read in one list by page.</summary>
internal static class PointingPersistentVolumes
{
    private static readonly ILookup<string, EbsPersistentVolume> None = Array.Empty<EbsPersistentVolume>().ToLookup(_ => string.Empty);

    /// <summary>By volume id; nothing when no cluster is given.</summary>
    public static async Task<ILookup<string, EbsPersistentVolume>> ReadAsync(ICluster? cluster, CancellationToken cancellationToken)
    {
        if (cluster is null) return None;
        var all = new List<EbsPersistentVolume>();
        await foreach (var page in cluster.ListPersistentVolumesAsync(cancellationToken).ConfigureAwait(false))
            all.AddRange(page.Items.Where(one => one.VolumeId is not null));
        return all.ToLookup(one => one.VolumeId!, StringComparer.Ordinal);
    }
}
