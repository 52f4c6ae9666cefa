using EbsPv.Errors;

namespace EbsPv.Moves;

/// <summary>Which snapshots to take the data from when the disks themselves are out of reach: the newest completed one of a disk; of disks that
/// are used together, the newest that were made together.</summary>
public static class SnapshotChoice
{
    /// <summary>Snapshots of several disks count as one set when they began within this time.</summary>
    public static TimeSpan TogetherWithin { get; } = TimeSpan.FromMinutes(5);

    /// <summary>A snapshot for each disk.</summary>
    /// <param name="volumeIds">Disks that are used together; one alone is its own set.</param>
    /// <param name="snapshots">All snapshots of the disks, whoever made them.</param>
    /// <param name="settled">Snapshots that other disks of the same set are made of already: the choice goes by their moment.</param>
    /// <exception cref="EbsPvException">NoUsableSnapshot.</exception>
    public static IReadOnlyDictionary<string, ClusterEbsSnapshot> For(
        IReadOnlyList<string> volumeIds, IReadOnlyList<ClusterEbsSnapshot> snapshots, IReadOnlyList<ClusterEbsSnapshot>? settled = null)
    {
        ArgumentNullException.ThrowIfNull(volumeIds);
        ArgumentNullException.ThrowIfNull(snapshots);
        var usable = snapshots.Where(snapshot => snapshot.State == "completed" && snapshot.StartTime is not null).ToLookup(snapshot => snapshot.VolumeId, StringComparer.Ordinal);
        if (volumeIds.FirstOrDefault(id => !usable[id].Any()) is { } without) throw None(without, snapshots);
        // Each snapshot in turn, newest first, is the moment that the others are to be closest to.
        var kept = settled ?? [];
        var sets = volumeIds.SelectMany(id => usable[id]).Concat(kept).OrderByDescending(snapshot => snapshot.StartTime)
            .Select(moment => volumeIds.ToDictionary(id => id, id => Closest(usable[id], moment.StartTime!.Value), StringComparer.Ordinal))
            .ToList();
        return sets.FirstOrDefault(set => Skew([.. set.Values, .. kept]) <= TogetherWithin) ?? sets.MinBy(set => Skew([.. set.Values, .. kept]))!;
    }

    /// <summary>The time between the first and the last of some snapshots.</summary>
    public static TimeSpan Skew(IEnumerable<ClusterEbsSnapshot> snapshots)
    {
        var times = snapshots.Select(snapshot => snapshot.StartTime!.Value).ToList();
        return times.Max() - times.Min();
    }

    private static ClusterEbsSnapshot Closest(IEnumerable<ClusterEbsSnapshot> snapshots, DateTime moment) =>
        snapshots.OrderBy(snapshot => (snapshot.StartTime!.Value - moment).Duration()).ThenByDescending(snapshot => snapshot.StartTime).First();

    private static EbsPvException None(string volumeId, IReadOnlyList<ClusterEbsSnapshot> snapshots)
    {
        var others = snapshots.Where(snapshot => snapshot.VolumeId == volumeId).Select(snapshot => $"{snapshot.SnapshotId} is {snapshot.State}").ToList();
        return new EbsPvException(
            ErrorKind.NotFound, ErrorIds.NoUsableSnapshot, $"The volume {volumeId} has no completed snapshot to take its data from{(others.Count == 0 ? "" : $" ({string.Join(", ", others)})")}.")
        {
            Target = volumeId,
            RecommendedAction = "Without -FromLatestSnapshot a new one is made, as soon as EC2 can read the volume again. A snapshot of another account or region can be copied: aws ec2 copy-snapshot.",
        };
    }
}
