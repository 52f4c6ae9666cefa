using EbsPv.Errors;
using EbsPv.Ports;
using EbsPv.Volumes;

namespace EbsPv.Snapshots;

/// <summary>Volumes whose snapshots are asked for by id: one that is gone is no mistake, one that is not the cluster's is.</summary>
/// <param name="Ids">Those whose snapshots may be looked for.</param>
/// <param name="Gone">Those of them that are not there.</param>
/// <param name="Refusals">Why the others may not.</param>
public sealed record SnapshotVolumes(IReadOnlyList<string> Ids, IReadOnlyList<string> Gone, IReadOnlyList<EbsPvException> Refusals)
{
    /// <summary>Reads the volumes, 200 a call.</summary>
    /// <param name="ec2">EC2 of their region.</param>
    /// <param name="cluster">The cluster.</param>
    /// <param name="volumes">The volumes; one that a PersistentVolume names need not name the cluster by its own tags.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    public static async Task<SnapshotVolumes> ReadAsync(
        IEc2 ec2, string cluster, IReadOnlyList<VolumeToSnapshot> volumes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(volumes);
        var found = await VolumesById.ReadAsync(ec2, [.. volumes.Select(volume => volume.VolumeId)], cancellationToken).ConfigureAwait(false);
        var refusals = new List<EbsPvException>();
        var ids = new List<string>();
        foreach (var volume in volumes)
        {
            if (found.TryGetValue(volume.VolumeId, out var there) && Refusal(there, cluster, volume.PersistentVolume is not null) is { } refusal) refusals.Add(refusal);
            else ids.Add(volume.VolumeId);
        }

        return new SnapshotVolumes(ids, [.. ids.Where(id => !found.ContainsKey(id))], refusals);
    }

    // Two clusters' names on one volume: listed, never changed.
    private static EbsPvException? Refusal(ClusterEbsVolume volume, string cluster, bool isNamed)
    {
        var owners = VolumeOwnership.ClustersOf(volume.Tags);
        try
        {
            VolumeOwnerRules.Check(volume, owners.Contains(cluster) || (owners.Count == 0 && isNamed) ? null : cluster, "listed");
            return null;
        }
        catch (EbsPvException ambiguous) when (ambiguous.ErrorId == ErrorIds.VolumeClusterAmbiguous && owners.Contains(cluster))
        {
            return null;
        }
        catch (EbsPvException refusal)
        {
            return refusal;
        }
    }
}
