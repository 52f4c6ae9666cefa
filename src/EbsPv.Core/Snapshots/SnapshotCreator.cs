using EbsPv.Errors;
using EbsPv.Ports;

namespace EbsPv.Snapshots;

/// <summary>
/// Makes one snapshot, and only one. EC2 takes no token for CreateSnapshot, so that sending it again after a lost answer would make a second
/// one: it is looked for by its operation first, and sent again only while EC2 itself would refuse a second, or when the first would be
/// shown by now.
/// </summary>
/// <remarks>Source: EC2 takes one snapshot of a volume in 15 seconds (SnapshotCreationPerVolumeRateExceeded); right after a lost answer that
/// refusal says that the first one exists.</remarks>
internal sealed class SnapshotCreator(IEc2 ec2, IReporter reporter, TimeProvider time)
{
    private const string VolumeRate = "SnapshotCreationPerVolumeRateExceeded";
    private const string PendingLimit = "ConcurrentSnapshotLimitExceeded";
    private const int MaxDoubts = 3;

    // A little less than EC2's 15 s: the second request is under way for a while, too.
    private static readonly TimeSpan RefusedWithin = TimeSpan.FromSeconds(12);

    // EC2's own word is that something new may take a while to be shown: until then "not there" means nothing.
    private static readonly TimeSpan VisibleWithin = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan RatePause = TimeSpan.FromSeconds(5);

    /// <summary>The snapshot, pending or further.</summary>
    /// <param name="snapshot">What to make.</param>
    /// <param name="timeout">How long to wait for EC2 to take a snapshot of this volume at all.</param>
    /// <param name="cancellationToken">Keeps the next try from starting; a call once sent is not cancelled.</param>
    public async Task<ClusterEbsSnapshot> CreateAsync(NewSnapshot snapshot, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        var doubts = 0;
        long? doubtful = null;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var sent = time.GetTimestamp();
            try
            {
                return await ec2.CreateSnapshotAsync(snapshot, CancellationToken.None).ConfigureAwait(false);
            }
            catch (EbsPvException lost) when (lost.Kind is ErrorKind.Connection or ErrorKind.Service && ++doubts < MaxDoubts)
            {
                doubtful = sent;
                reporter.Verbose($"Whether {snapshot.VolumeId} has its snapshot is in doubt; looking for the tag {SnapshotTags.Operation}={snapshot.Operation}. {lost.Message}");
                if (await FindAsync(snapshot, sent, refusedMeanwhile: true, cancellationToken).ConfigureAwait(false) is { } made) return made;
            }
            catch (EbsPvException proof) when (proof.ServiceCode == VolumeRate && doubtful is { } first)
            {
                reporter.Verbose($"EC2 refuses a second snapshot of {snapshot.VolumeId}, so the first one was made; waiting until it is shown.");
                if (await FindAsync(snapshot, first, refusedMeanwhile: false, cancellationToken).ConfigureAwait(false) is { } made) return made;
                // Another's snapshot was in the way, not ours.
                doubtful = null;
            }
            catch (EbsPvException busy) when (busy.ServiceCode is VolumeRate or PendingLimit && time.GetElapsedTime(start) < timeout)
            {
                reporter.Verbose($"EC2 takes no snapshot of {snapshot.VolumeId} just now ({busy.ServiceCode}): trying again in {RatePause.TotalSeconds:0} s.");
                await Task.Delay(RatePause, time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    // Null: sending it again makes no second one.
    private async Task<ClusterEbsSnapshot?> FindAsync(NewSnapshot snapshot, long sent, bool refusedMeanwhile, CancellationToken cancellationToken)
    {
        for (var pause = TimeSpan.FromSeconds(1); ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            if (await SnapshotLookup.FindAsync(ec2, snapshot, cancellationToken).ConfigureAwait(false) is { } made) return made;
            var since = time.GetElapsedTime(sent);
            var refused = refusedMeanwhile && since < RefusedWithin;
            if (refused ? since + pause >= RefusedWithin : since >= VisibleWithin) return null;
            await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
        }
    }
}
