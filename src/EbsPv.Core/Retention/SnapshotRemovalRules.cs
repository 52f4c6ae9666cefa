using EbsPv.Defaults;
using EbsPv.Errors;
using EbsPv.Snapshots;
using EbsPv.Volumes;

namespace EbsPv.Retention;

/// <summary>Which snapshots may be removed. It makes no call; every doubt is a refusal.</summary>
internal static class SnapshotRemovalRules
{
    /// <summary>Whether EbsPv made it, for this cluster and no other.</summary>
    public static bool IsOwn(ClusterEbsSnapshot snapshot, string cluster) => OfOwner(snapshot, cluster) is null;

    /// <summary>The newest completed one of each volume.</summary>
    public static IReadOnlyDictionary<string, string> Newest(IEnumerable<ClusterEbsSnapshot> own) =>
        SnapshotOrder.NewestOf(own.Where(IsCompleted), 1).ToDictionary(snapshot => snapshot.VolumeId, snapshot => snapshot.SnapshotId!, StringComparer.Ordinal);

    /// <summary>Those that a rule lets go, volume by volume and the oldest first. Nothing is said here of whether they may.</summary>
    public static IEnumerable<ClusterEbsSnapshot> Chosen(IEnumerable<ClusterEbsSnapshot> own, RetentionRule rule) => own
        .GroupBy(snapshot => snapshot.VolumeId)
        .SelectMany(ofVolume =>
        {
            var kept = SnapshotOrder.Ordered(ofVolume.Where(IsCompleted)).Take(rule.KeepLast ?? 0).Select(snapshot => snapshot.SnapshotId).ToHashSet();
            return SnapshotOrder.Ordered(ofVolume).Reverse().Where(snapshot => !kept.Contains(snapshot.SnapshotId) && IsOld(snapshot, rule));
        });

    /// <summary>Why a snapshot may not be removed; null when it may.</summary>
    /// <param name="snapshot">The snapshot, just read.</param>
    /// <param name="cluster">The cluster whose snapshot it shall be.</param>
    /// <param name="facts">What is known of its volume and its use.</param>
    /// <param name="includeFinal">Whether the only copy of a volume may go.</param>
    public static EbsPvException? Refusal(ClusterEbsSnapshot snapshot, string cluster, SnapshotFacts facts, bool includeFinal) =>
        OfOwner(snapshot, cluster) ?? OfState(snapshot) ?? (includeFinal ? null : OfCopies(snapshot, facts)) ?? OfUse(snapshot, facts.Use);

    private static bool IsCompleted(ClusterEbsSnapshot snapshot) => snapshot.State == "completed";

    // Of what EC2 says no time, nothing says that it is old.
    private static bool IsOld(ClusterEbsSnapshot snapshot, RetentionRule rule) => rule.Before is not { } before || snapshot.StartTime < before;

    private static EbsPvException? OfOwner(ClusterEbsSnapshot snapshot, string cluster)
    {
        if (snapshot.Source != SnapshotSource.EbsPv)
            return Refused(
                snapshot,
                ErrorIds.SnapshotNotManaged,
                $"was not made by EbsPv{(snapshot.Source == SnapshotSource.Unknown ? "" : $" (its tags say: {snapshot.Source})")}",
                $"Whoever made it removes it; by hand: aws ec2 delete-snapshot --snapshot-id {snapshot.SnapshotId}, once you are sure.");
        if (VolumeOwnership.IsControlPlane(snapshot.Tags))
            return Refused(snapshot, ErrorIds.ControlPlaneVolume, "is of a volume of the control plane (etcd)", "Leave it alone: it may be all that is left of the cluster.");
        var clusters = VolumeOwnership.ClustersOf(snapshot.Tags);
        if (clusters.Count == 1 && clusters[0] == cluster) return null;
        var said = clusters.Count == 0 ? "no cluster" : string.Join(" and ", clusters.Select(one => $"'{Escaped.Text(one)}'"));
        return Refused(
            snapshot,
            ErrorIds.SnapshotNotOwned,
            $"carries the name of {said}, not of '{Escaped.Text(cluster)}' alone",
            "Check the id; if it is meant, name its cluster with -ClusterName and the cluster's context with -Context.");
    }

    private static EbsPvException? OfState(ClusterEbsSnapshot snapshot)
    {
        if (snapshot.State is "completed" or "error") return null;
        return Refused(
            snapshot,
            ErrorIds.SnapshotNotCompleted,
            $"is in the state '{snapshot.State}'",
            snapshot.State == "pending" ? "Whoever makes it may wait for it: run the line again when it is completed." : "Wait until EC2 has ended what it does with it.");
    }

    private static EbsPvException? OfCopies(ClusterEbsSnapshot snapshot, SnapshotFacts facts)
    {
        if (facts.Volumes.Contains(snapshot.VolumeId) || !IsCompleted(snapshot)) return null;
        var isFinal = snapshot.Tags.ContainsKey(SnapshotTags.FinalSnapshotOf);
        if (!isFinal && facts.Newest.GetValueOrDefault(snapshot.VolumeId) != snapshot.SnapshotId) return null;
        return Refused(
            snapshot,
            ErrorIds.SnapshotIsOnlyCopy,
            $"is {(isFinal ? "the final" : "the last")} one of the volume {snapshot.VolumeId}, which is gone: it is all that is left of its data",
            "When nobody needs the data any more: -IncludeFinal.");
    }

    private static EbsPvException? OfUse(ClusterEbsSnapshot snapshot, SnapshotUse use)
    {
        if (use.Of(snapshot) is not { } reason) return null;
        return Refused(
            snapshot,
            ErrorIds.SnapshotInUse,
            $"is in use: {reason}",
            "Delete the VolumeSnapshot, or let the move or restore be finished (run its line again); then run this line again.");
    }

    private static EbsPvException Refused(ClusterEbsSnapshot snapshot, string errorId, string reason, string action) => new(
        ErrorKind.InvalidState, errorId, $"The snapshot {snapshot.SnapshotId} {reason}, and is not removed.")
    {
        Target = snapshot.SnapshotId,
        RecommendedAction = action,
    };
}
