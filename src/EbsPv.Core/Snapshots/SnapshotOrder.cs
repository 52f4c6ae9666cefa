namespace EbsPv.Snapshots;

/// <summary>Snapshots of each volume in the order of the moments that they hold, the newest first.</summary>
public static class SnapshotOrder
{
    /// <summary>So many of each volume.</summary>
    public static IEnumerable<ClusterEbsSnapshot> NewestOf(IEnumerable<ClusterEbsSnapshot> snapshots, int count) =>
        snapshots.GroupBy(snapshot => snapshot.VolumeId).SelectMany(ofVolume => Ordered(ofVolume).Take(count));

    /// <summary>Whether one comes before another in that order.</summary>
    public static bool IsNewer(ClusterEbsSnapshot one, ClusterEbsSnapshot other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        return one.StartTime == other.StartTime ? string.CompareOrdinal(one.SnapshotId, other.SnapshotId) > 0 : Nullable.Compare(one.StartTime, other.StartTime) > 0;
    }

    /// <summary>The newest first; of two of one moment, always the same one.</summary>
    public static IEnumerable<ClusterEbsSnapshot> Ordered(IEnumerable<ClusterEbsSnapshot> snapshots) =>
        snapshots.OrderByDescending(snapshot => snapshot.StartTime).ThenByDescending(snapshot => snapshot.SnapshotId, StringComparer.Ordinal);
}
