using EbsPv.Errors;
using EbsPv.Ports;
using EbsPv.Waiting;

namespace EbsPv.Volumes;

/// <summary>One waiter for all changes of a run: a poll asks for 200 volumes in one call, never for one.</summary>
internal sealed class ModificationWaiter(IEc2 ec2, ModificationWait until, IReporter reporter, TimeProvider time)
{
    // Two answers of EC2 may write one time with different fractions of a second.
    private static readonly TimeSpan Rounding = TimeSpan.FromSeconds(1);

    // A larger size is there within seconds; moving all data takes hours.
    private readonly TimeSpan _longestPause = TimeSpan.FromSeconds(until == ModificationWait.Completed ? 60 : 10);

    /// <summary>Polls until every change has come far enough or failed.</summary>
    /// <param name="awaited">By volume the modification that was begun; null for a volume whose last one, if any, only has to end.</param>
    /// <param name="timeout">How long, from now on.</param>
    /// <param name="arrived">Told of each volume, with what EC2 shows; null when it shows nothing.</param>
    /// <param name="failed">Told of each failure.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task WaitAsync(
        IReadOnlyDictionary<string, VolumeModification?> awaited,
        TimeSpan timeout,
        Action<string, VolumeModification?> arrived,
        Action<string, EbsPvException> failed,
        CancellationToken cancellationToken)
    {
        var pending = awaited.ToDictionary(entry => entry.Key, entry => entry.Value, StringComparer.Ordinal);
        var seen = new Dictionary<string, VolumeModification>(StringComparer.Ordinal);
        var polling = new BatchedPolling(reporter, time) { What = "changes of volumes", LongestPause = _longestPause };
        if (await polling.RunAsync(pending.Keys, ReadAsync, _ => { }, Fail, Polled, timeout, cancellationToken).ConfigureAwait(false)) return;
        foreach (var volumeId in pending.Keys) failed(volumeId, TimedOut(volumeId, seen.GetValueOrDefault(volumeId), timeout));

        async Task ReadAsync(string[] batch)
        {
            var shown = new Dictionary<string, VolumeModification>(StringComparer.Ordinal);
            await foreach (var page in ec2.DescribeVolumesModificationsAsync(batch, cancellationToken).ConfigureAwait(false))
                foreach (var modification in page)
                    shown[modification.VolumeId] = seen[modification.VolumeId] = modification;
            foreach (var volumeId in batch) Note(volumeId, shown.GetValueOrDefault(volumeId));
        }

        void Fail(string volumeId, EbsPvException failure)
        {
            if (pending.Remove(volumeId)) failed(volumeId, failure);
        }

        void Polled(TimeSpan waited) => reporter.Progress(
            "Waiting for changes of EBS volumes", $"{pending.Count} not done yet", awaited.Count - pending.Count, awaited.Count);

        void Note(string volumeId, VolumeModification? modification)
        {
            var begun = pending[volumeId];
            if (begun is null ? modification is { IsUnderWay: true } : !IsOver(begun, modification)) return;
            pending.Remove(volumeId);
            if (begun is not null && modification!.State == "failed") failed(volumeId, Failed(modification));
            else arrived(volumeId, modification);
        }
    }

    private bool IsOver(VolumeModification begun, VolumeModification? shown)
    {
        if (shown is null) return false;
        var same = shown.VolumeType == begun.VolumeType
            && shown.Size == begun.Size
            && (begun.Iops is null || shown.Iops == begun.Iops)
            && (begun.Throughput is null || shown.Throughput == begun.Throughput);
        if (shown.StartTime - begun.StartTime is { } later)
        {
            // An older modification is shown as long as ours is not visible; EC2 begins a later one only when ours is completed.
            if (later < -Rounding) return false;
            if (later > Rounding && !same) return true;
        }

        return same && (shown.State is "completed" or "failed" || (shown.State == "optimizing" && until != ModificationWait.Completed));
    }

    private static EbsPvException Failed(VolumeModification modification) => new(
        ErrorKind.InvalidState,
        ErrorIds.VolumeModificationFailed,
        $"EC2 accepted the change of the volume {modification.VolumeId} to {modification.VolumeType}, {modification.Size} GiB, and then failed at it"
        + $"{(modification.StatusMessage is { } message ? $": {Defaults.Escaped.Text(message)}" : ".")} The volume keeps what it had.")
    {
        Target = modification.VolumeId,
        RecommendedAction = "Run the same line again; if it fails again, ask AWS support with the volume's id.",
    };

    private EbsPvException TimedOut(string volumeId, VolumeModification? seen, TimeSpan timeout) => new(
        ErrorKind.Timeout,
        ErrorIds.VolumeWaitTimedOut,
        $"The change of the volume {volumeId} is '{seen?.State ?? "not visible"}' ({seen?.Progress ?? 0} %) after {timeout.TotalSeconds:0} seconds. EC2 goes on with it.")
    {
        Target = volumeId,
        RecommendedAction = until == ModificationWait.Completed
            ? "Run the same line again, which waits on; -WaitFor Optimizing does not wait for the moving of the data."
            : "Run the same line again, which waits on; -TimeoutSeconds waits longer.",
    };
}
