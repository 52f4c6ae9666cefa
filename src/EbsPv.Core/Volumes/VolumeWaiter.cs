using EbsPv.Errors;
using EbsPv.Ports;

namespace EbsPv.Volumes;

/// <summary>One waiter for all volumes of a run: a poll asks for 200 ids in one call, never for one volume.</summary>
/// <remarks>The <c>volume-id</c> filter is asked, since one unknown id fails a whole call by id.</remarks>
internal sealed class VolumeWaiter(IEc2 ec2, IReporter reporter, TimeProvider time)
{
    // Half of all volumes are available 1.5 s after their create, nearly all within 4 s.
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1.25);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    // EC2's own word is that a new volume may take a while to be shown: until then "not there" means nothing.
    private static readonly TimeSpan VisibleWithin = TimeSpan.FromSeconds(60);

    /// <summary>Polls until every volume has arrived or failed.</summary>
    public async Task WaitAsync(
        IReadOnlyList<string> volumeIds,
        TimeSpan timeout,
        Action<ClusterEbsVolume> arrived,
        Action<string, EbsPvException> failed,
        CancellationToken cancellationToken)
    {
        var pending = new HashSet<string>(volumeIds, StringComparer.Ordinal);
        var states = new Dictionary<string, string>(StringComparer.Ordinal);
        var start = time.GetTimestamp();
        var pause = FirstPause;
        while (true)
        {
            await TryPollAsync(pending, states, arrived, failed, cancellationToken).ConfigureAwait(false);
            var waited = time.GetElapsedTime(start);
            if (waited >= VisibleWithin) FailVanished(pending, states, failed);
            reporter.Progress("Waiting for EBS volumes", $"{pending.Count} not available yet", volumeIds.Count - pending.Count, volumeIds.Count);
            if (pending.Count == 0) return;
            if (waited >= timeout) break;
            await Task.Delay(Shorter(pause, timeout - waited), time, cancellationToken).ConfigureAwait(false);
            pause = Shorter(pause * 1.5, LongestPause);
        }

        foreach (var volumeId in pending) failed(volumeId, TimedOut(volumeId, states.GetValueOrDefault(volumeId), timeout));
    }

    // A poll that fails once says nothing about the volumes: the next one asks again, and the time limit holds.
    private async Task TryPollAsync(
        HashSet<string> pending,
        Dictionary<string, string> states,
        Action<ClusterEbsVolume> arrived,
        Action<string, EbsPvException> failed,
        CancellationToken cancellationToken)
    {
        states.Clear();
        foreach (var batch in pending.Chunk(Ec2Filter.MaxValues).ToList())
        {
            IReadOnlyList<Ec2Filter> filters = [Ec2Filter.Exactly("volume-id", batch)];
            try
            {
                await foreach (var page in ec2.DescribeVolumesAsync(filters, cancellationToken).ConfigureAwait(false))
                    foreach (var volume in page)
                        Note(volume, pending, states, arrived, failed);
            }
            catch (EbsPvException failure) when (failure.Kind is ErrorKind.Throttled or ErrorKind.Connection or ErrorKind.Service)
            {
                foreach (var volumeId in batch) states.TryAdd(volumeId, "unknown");
                reporter.Verbose($"The state of {batch.Length} volumes could not be read: {failure.Message}");
            }
            catch (EbsPvException failure)
            {
                foreach (var volumeId in batch)
                    if (pending.Remove(volumeId))
                        failed(volumeId, failure);
            }
        }
    }

    private static void Note(
        ClusterEbsVolume volume,
        HashSet<string> pending,
        Dictionary<string, string> states,
        Action<ClusterEbsVolume> arrived,
        Action<string, EbsPvException> failed)
    {
        var volumeId = volume.VolumeId!;
        states[volumeId] = volume.State;
        if (volume.State == "creating" || !pending.Remove(volumeId)) return;
        if (volume.State is "available" or "in-use") arrived(volume);
        else failed(volumeId, Gone(volumeId, $"went to the state '{volume.State}'"));
    }

    private static void FailVanished(HashSet<string> pending, Dictionary<string, string> states, Action<string, EbsPvException> failed)
    {
        foreach (var volumeId in pending.Where(volumeId => !states.ContainsKey(volumeId)).ToList())
        {
            pending.Remove(volumeId);
            failed(volumeId, Gone(volumeId, "is not to be seen a minute later"));
        }
    }

    private static EbsPvException Gone(string volumeId, string what) => new(
        ErrorKind.InvalidState, ErrorIds.VolumeFailed, $"EC2 accepted the volume {volumeId}, but it {what}.")
    {
        Target = volumeId,
        RecommendedAction = "The likely cause is its KMS key, which EC2 checks only afterwards: look at the account's default EBS key, its policy and its state.",
    };

    private static EbsPvException TimedOut(string volumeId, string? state, TimeSpan timeout) => new(
        ErrorKind.Timeout,
        ErrorIds.VolumeWaitTimedOut,
        $"The volume {volumeId} is '{state ?? "not visible"}' after {timeout.TotalSeconds:0} seconds. It was made and is not lost.")
    {
        Target = volumeId,
        RecommendedAction = "Run the same line again, which takes the volume as it is; -TimeoutSeconds waits longer.",
    };

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
