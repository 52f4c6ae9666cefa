using EbsPv.Ports;

namespace EbsPv.Snapshots;

/// <summary>Finds snapshots by their tags, compared exactly after the fetch: an EC2 filter finds more than it says.</summary>
public static class SnapshotLookup
{
    /// <summary>The snapshot of a volume that an operation made; the earliest when there are two, null when none is shown.</summary>
    public static async Task<ClusterEbsSnapshot?> FindAsync(IEc2 ec2, NewSnapshot snapshot, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ec2);
        ArgumentNullException.ThrowIfNull(snapshot);
        IReadOnlyList<Ec2Filter> filters =
            [Ec2Filter.Exactly($"tag:{SnapshotTags.Operation}", snapshot.Operation), Ec2Filter.Exactly("volume-id", snapshot.VolumeId)];
        var found = new List<ClusterEbsSnapshot>();
        await foreach (var page in ec2.DescribeSnapshotsAsync(filters, cancellationToken).ConfigureAwait(false))
            found.AddRange(page.Where(one => one.VolumeId == snapshot.VolumeId && one.Tags.GetValueOrDefault(SnapshotTags.Operation) == snapshot.Operation));
        return found.OrderBy(one => one.StartTime).ThenBy(one => one.SnapshotId, StringComparer.Ordinal).FirstOrDefault();
    }
}
