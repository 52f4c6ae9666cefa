using EbsPv.Errors;
using EbsPv.Ports;
using EbsPv.Waiting;

namespace EbsPv.Volumes;

/// <summary>One waiter for all volumes of a run: a poll asks for 200 ids in one call, never for one volume.</summary>
/// <remarks>The <c>volume-id</c> filter is asked, since one unknown id fails a whole call by id.</remarks>
internal sealed class VolumeWaiter(IEc2 ec2, IReporter reporter, TimeProvider time)
{
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
        var polling = new BatchedPolling(reporter, time) { What = "volumes", LongestPause = LongestPause };
        if (await polling.RunAsync(pending, ReadAsync, Unread, Fail, Polled, timeout, cancellationToken).ConfigureAwait(false)) return;
        foreach (var volumeId in pending) failed(volumeId, TimedOut(volumeId, states.GetValueOrDefault(volumeId), timeout));

        async Task ReadAsync(string[] batch)
        {
            foreach (var volumeId in batch) states.Remove(volumeId);
            IReadOnlyList<Ec2Filter> filters = [Ec2Filter.Exactly("volume-id", batch)];
            await foreach (var page in ec2.DescribeVolumesAsync(filters, cancellationToken).ConfigureAwait(false))
                foreach (var volume in page)
                    Note(volume, pending, states, arrived, failed);
        }

        void Unread(string[] batch)
        {
            foreach (var volumeId in batch) states.TryAdd(volumeId, "unknown");
        }

        void Fail(string volumeId, EbsPvException failure)
        {
            if (pending.Remove(volumeId)) failed(volumeId, failure);
        }

        void Polled(TimeSpan waited)
        {
            if (waited >= VisibleWithin) FailVanished(pending, states, failed);
            reporter.Progress("Waiting for EBS volumes", $"{pending.Count} not available yet", volumeIds.Count - pending.Count, volumeIds.Count);
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

    internal static EbsPvException Gone(string volumeId, string what) => new(
        ErrorKind.InvalidState, ErrorIds.VolumeFailed, $"EC2 accepted the volume {volumeId}, but it {what}.")
    {
        Target = volumeId,
        RecommendedAction = "The likely cause is its KMS key, which EC2 checks only afterwards: look at the account's default EBS key, its policy and its state.",
    };

    internal static EbsPvException TimedOut(string volumeId, string? state, TimeSpan timeout) => new(
        ErrorKind.Timeout,
        ErrorIds.VolumeWaitTimedOut,
        $"The volume {volumeId} is '{state ?? "not visible"}' after {timeout.TotalSeconds:0} seconds. It was made and is not lost.")
    {
        Target = volumeId,
        RecommendedAction = "Run the same line again, which takes the volume as it is; -TimeoutSeconds waits longer.",
    };
}
