using EbsPv.Errors;
using EbsPv.Ports;
using EbsPv.Swaps;

namespace EbsPv.Removal;

/// <summary>What a cluster needs of which volumes, read in one list of PersistentVolumes and one of claims, by page.</summary>
/// <param name="ByVolumeId">The PersistentVolumes that point to them.</param>
/// <param name="Swaps">Moves, restores and conversions that are not finished: between two of their steps no PersistentVolume points to a disk
/// that they need.</param>
internal sealed record PointingPersistentVolumes(ILookup<string, EbsPersistentVolume> ByVolumeId, SwapsUnderWay Swaps)
{
    /// <summary>Nobody was asked.</summary>
    public static PointingPersistentVolumes Unknown { get; } = new(Array.Empty<EbsPersistentVolume>().ToLookup(_ => string.Empty), SwapsUnderWay.None);

    /// <summary>By volume id; nothing when no cluster is given.</summary>
    public static async Task<PointingPersistentVolumes> ReadAsync(ICluster? cluster, CancellationToken cancellationToken)
    {
        if (cluster is null) return Unknown;
        // The claims first: what is noted no more when they come is a PersistentVolume by then.
        var claims = await SwapsUnderWay.NotedClaimsAsync(cluster, cancellationToken).ConfigureAwait(false);
        var all = new List<EbsPersistentVolume>();
        await foreach (var page in cluster.ListPersistentVolumesAsync(cancellationToken).ConfigureAwait(false))
            all.AddRange(page.Items.Where(one => one.VolumeId is not null));
        return new PointingPersistentVolumes(all.ToLookup(one => one.VolumeId!, StringComparer.Ordinal), new SwapsUnderWay(claims, all));
    }

    /// <summary>Why a volume may not be removed; null when it may.</summary>
    public EbsPvException? Refusal(ClusterEbsVolume volume, string clusterName) =>
        RemovalRules.Refusal(volume, clusterName, [.. ByVolumeId[volume.VolumeId!]], Swaps.Of(volume.VolumeId!, volume.Tags));
}
