using EbsPv.Ports;
using EbsPv.Snapshots;

namespace EbsPv.Storage;

/// <summary>Finds the newest completed snapshot of each of many volumes, whoever made it: by the volumes' ids, 200 in a call.</summary>
public static class LatestSnapshots
{
    /// <summary>By volume; a volume without a completed snapshot is left out.</summary>
    public static async Task<IReadOnlyDictionary<string, ClusterEbsSnapshot>> FindAsync(
        IEc2 ec2, IReadOnlyCollection<string> volumeIds, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ec2);
        ArgumentNullException.ThrowIfNull(volumeIds);
        var newest = new Dictionary<string, ClusterEbsSnapshot>(StringComparer.Ordinal);
        foreach (var batch in volumeIds.Chunk(Ec2Filter.MaxValues))
        {
            IReadOnlyList<Ec2Filter> filters = [Ec2Filter.Exactly("volume-id", batch), Ec2Filter.Exactly("status", "completed")];
            await foreach (var page in ec2.DescribeSnapshotsAsync(filters, cancellationToken).ConfigureAwait(false))
                foreach (var snapshot in page.Where(one => one.State == "completed"))
                    if (!newest.TryGetValue(snapshot.VolumeId, out var other) || SnapshotOrder.IsNewer(snapshot, other))
                        newest[snapshot.VolumeId] = snapshot;
        }

        return newest;
    }
}
