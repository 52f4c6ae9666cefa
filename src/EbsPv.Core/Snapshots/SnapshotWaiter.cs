using EbsPv.Errors;
using EbsPv.Ports;
using EbsPv.Waiting;

namespace EbsPv.Snapshots;

/// <summary>One waiter for all snapshots of a run: a poll asks for 200 ids in one call, never for one snapshot.</summary>
/// <remarks>The <c>snapshot-id</c> filter is asked, since one unknown id fails a whole call by id.</remarks>
internal sealed class SnapshotWaiter(IEc2 ec2, IReporter reporter, TimeProvider time)
{
    // Small differences take seconds, whole disks take hours: the pauses grow as long as aws ec2 wait's.
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan VisibleWithin = TimeSpan.FromSeconds(60);

    /// <summary>Polls until every snapshot is completed or failed.</summary>
    public async Task WaitAsync(
        IReadOnlyList<ClusterEbsSnapshot> snapshots,
        TimeSpan timeout,
        Action<ClusterEbsSnapshot> completed,
        Action<ClusterEbsSnapshot, EbsPvException> failed,
        CancellationToken cancellationToken)
    {
        var pending = snapshots.ToDictionary(snapshot => snapshot.SnapshotId, StringComparer.Ordinal);
        var shown = new HashSet<string>(StringComparer.Ordinal);
        var polling = new BatchedPolling(reporter, time) { What = "snapshots", LongestPause = LongestPause };
        if (await polling.RunAsync(pending.Keys, ReadAsync, shown.UnionWith, Fail, Polled, timeout, cancellationToken).ConfigureAwait(false)) return;
        foreach (var snapshot in pending.Values) failed(snapshot, TimedOut(snapshot, timeout));

        async Task ReadAsync(string[] batch)
        {
            shown.ExceptWith(batch);
            await foreach (var page in ec2.DescribeSnapshotsAsync([Ec2Filter.Exactly("snapshot-id", batch)], cancellationToken).ConfigureAwait(false))
                foreach (var snapshot in page)
                    Note(snapshot, pending, shown, completed, failed);
        }

        void Fail(string id, EbsPvException failure)
        {
            if (pending.Remove(id, out var snapshot)) failed(snapshot, failure);
        }

        void Polled(TimeSpan waited)
        {
            if (waited >= VisibleWithin) FailVanished(pending, shown, failed);
            reporter.Progress("Waiting for final snapshots", Status(pending), snapshots.Count - pending.Count, snapshots.Count);
        }
    }

    private static void Note(
        ClusterEbsSnapshot snapshot,
        Dictionary<string, ClusterEbsSnapshot> pending,
        HashSet<string> shown,
        Action<ClusterEbsSnapshot> completed,
        Action<ClusterEbsSnapshot, EbsPvException> failed)
    {
        shown.Add(snapshot.SnapshotId);
        if (!pending.ContainsKey(snapshot.SnapshotId)) return;
        pending[snapshot.SnapshotId] = snapshot;
        if (snapshot.State == "pending") return;
        pending.Remove(snapshot.SnapshotId);
        if (snapshot.State == "completed") completed(snapshot);
        else failed(snapshot, Failed(snapshot, $"went to the state '{snapshot.State}'"));
    }

    private static void FailVanished(
        Dictionary<string, ClusterEbsSnapshot> pending, HashSet<string> shown, Action<ClusterEbsSnapshot, EbsPvException> failed)
    {
        foreach (var snapshot in pending.Values.Where(snapshot => !shown.Contains(snapshot.SnapshotId)).ToList())
        {
            pending.Remove(snapshot.SnapshotId);
            failed(snapshot, Failed(snapshot, "is not to be seen a minute later"));
        }
    }

    private static string Status(Dictionary<string, ClusterEbsSnapshot> pending) => pending.Count == 1
        ? $"{pending.Values.First().SnapshotId} {pending.Values.First().Progress}".TrimEnd()
        : $"{pending.Count} not completed yet";

    internal static EbsPvException Failed(ClusterEbsSnapshot snapshot, string what) => new(
        ErrorKind.InvalidState, ErrorIds.SnapshotFailed, $"EC2 accepted the snapshot {snapshot.SnapshotId} of {snapshot.VolumeId}, but it {what}.")
    {
        Target = snapshot.VolumeId,
        RecommendedAction = "If the volume is encrypted, look at its KMS key, the key's policy and state; then run the line again, which makes another snapshot.",
    };

    internal static EbsPvException TimedOut(ClusterEbsSnapshot snapshot, TimeSpan timeout) => new(
        ErrorKind.Timeout,
        ErrorIds.SnapshotWaitTimedOut,
        $"The snapshot {snapshot.SnapshotId} of {snapshot.VolumeId} is '{snapshot.State}'{(snapshot.Progress is null ? "" : $" ({snapshot.Progress})")} after {timeout.TotalSeconds:0} seconds.")
    {
        Target = snapshot.VolumeId,
        RecommendedAction = "The snapshot goes on by itself. Run the line again later, or with a longer -TimeoutSeconds: the next snapshot copies only what has changed since this one.",
    };
}
