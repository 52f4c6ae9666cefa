using System.Collections.Concurrent;
using EbsPv.Errors;
using EbsPv.Ports;
using EbsPv.Snapshots;
using EbsPv.Volumes;

namespace EbsPv.Removal;

/// <summary>
/// Removes volumes: final snapshots side by side, one wait for all of them, then, by waves of 200, everything read once more and deleted.
/// What fails concerns its own volume; the others are finished.
/// </summary>
/// <remarks>Every run makes its own final snapshots, also when an earlier, interrupted one left a completed one behind: EC2 keeps no record
/// of attachments, so that nothing could show that the volume was not attached, and written to, since. Snapshots copy only what has changed,
/// which makes the second one cheap.</remarks>
public sealed class RemovalRun
{
    private readonly IEc2 _ec2;
    private readonly ICluster? _cluster;
    private readonly RemovalRequest _request;
    private readonly RemovalOptions _options;
    private readonly IReporter _reporter;
    private readonly TimeProvider _time;
    private readonly IReadOnlyList<ClusterEbsVolume> _volumes;
    private readonly TaskCompletionSource<ClusterEbsVolume>[] _results;
    private readonly ConcurrentDictionary<int, ClusterEbsSnapshot> _snapshots = new();
    private int _done;

    /// <summary>A run over those volumes of a plan without refusals that the user agreed to.</summary>
    /// <param name="ec2">EC2 of the volumes' region.</param>
    /// <param name="cluster">Who is asked for PersistentVolumes once more; not used when that check is skipped.</param>
    /// <param name="request">What was planned.</param>
    /// <param name="volumes">The volumes agreed to.</param>
    /// <param name="options">How to do it.</param>
    /// <param name="reporter">Told of progress.</param>
    /// <param name="time">The clock of the waits.</param>
    public RemovalRun(
        IEc2 ec2,
        ICluster? cluster,
        RemovalRequest request,
        IReadOnlyList<ClusterEbsVolume> volumes,
        RemovalOptions options,
        IReporter reporter,
        TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(volumes);
        _ec2 = ec2;
        _cluster = request.SkipPersistentVolumeCheck ? null : cluster;
        _request = request;
        _volumes = volumes;
        _options = options;
        _reporter = reporter;
        _time = time ?? TimeProvider.System;
        _results = [.. volumes.Select(_ => new TaskCompletionSource<ClusterEbsVolume>(TaskCreationOptions.RunContinuationsAsynchronously))];
    }

    /// <summary>The volume at an index of the volumes given, once it is deleted.</summary>
    public Task<ClusterEbsVolume> VolumeAsync(int index) => _results[index].Task;

    /// <summary>Removes; every failure goes to the volume that it belongs to.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (_options.FinalSnapshot)
            {
                await ForEachAsync(Enumerable.Range(0, _volumes.Count), SnapshotAsync, cancellationToken).ConfigureAwait(false);
                await WaitAsync(cancellationToken).ConfigureAwait(false);
            }

            foreach (var wave in Enumerable.Range(0, _volumes.Count).Where(IsOpen).Chunk(Ec2Filter.MaxValues))
                await DeleteAsync(wave, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            foreach (var result in _results) result.TrySetCanceled(CancellationToken.None);
        }
        catch (Exception failure)
        {
            // Whoever waits for a volume must hear of it, whatever it was.
            foreach (var result in _results) result.TrySetException(failure);
        }
    }

    private async Task SnapshotAsync(int index, CancellationToken cancellationToken)
    {
        var volume = _volumes[index];
        var persistentVolume = _request.Volumes.FirstOrDefault(one => one.VolumeId == volume.VolumeId)?.PersistentVolume;
        var tags = SnapshotTags.ForFinal(volume, new SnapshotOrigin(_request.ClusterName, _options.Operation, persistentVolume));
        var wanted = new NewSnapshot(volume.VolumeId!, _options.Operation, SnapshotTags.DescriptionOfFinal(volume), tags);
        var creator = new SnapshotCreator(_ec2, _reporter, _time);
        _snapshots[index] = await creator.CreateAsync(wanted, _options.Timeout, cancellationToken).ConfigureAwait(false);
    }

    private Task WaitAsync(CancellationToken cancellationToken)
    {
        var indexes = _snapshots.ToDictionary(entry => entry.Value.SnapshotId!, entry => entry.Key, StringComparer.Ordinal);
        return new SnapshotWaiter(_ec2, _reporter, _time) { Activity = "Waiting for final snapshots" }.WaitAsync(
            [.. _snapshots.Values],
            _options.Timeout,
            completed => _reporter.Verbose($"The final snapshot {completed.SnapshotId} of {completed.VolumeId} is completed."),
            (snapshot, failure) => Fail(indexes[snapshot.SnapshotId!], failure),
            cancellationToken);
    }

    // A prompt, a snapshot and EC2's rate may each take long: what was read before them is not what is deleted by.
    private async Task DeleteAsync(int[] wave, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<string, ClusterEbsVolume> fresh;
        PointingPersistentVolumes pointing;
        try
        {
            var volumes = VolumesById.ReadAsync(_ec2, [.. wave.Select(index => _volumes[index].VolumeId!)], cancellationToken);
            var persistentVolumes = PointingAsync(cancellationToken);
            await Task.WhenAll(volumes, persistentVolumes).ConfigureAwait(false);
            (fresh, pointing) = (await volumes.ConfigureAwait(false), await persistentVolumes.ConfigureAwait(false));
        }
        catch (EbsPvException failure)
        {
            foreach (var index in wave) Fail(index, failure);
            return;
        }

        await ForEachAsync(wave, (index, token) => DeleteAsync(index, fresh, pointing, token), cancellationToken).ConfigureAwait(false);
    }

    private async Task DeleteAsync(
        int index,
        IReadOnlyDictionary<string, ClusterEbsVolume> fresh,
        PointingPersistentVolumes pointing,
        CancellationToken cancellationToken)
    {
        var volumeId = _volumes[index].VolumeId!;
        if (fresh.TryGetValue(volumeId, out var volume) && !RemovalRules.IsGone(volume))
        {
            if (pointing.Refusal(volume, _request.ClusterName) is { } refusal)
            {
                Refuse(index, refusal);
                return;
            }

            await new VolumeDeleter(_ec2, _reporter, _time).DeleteAsync(volumeId, cancellationToken).ConfigureAwait(false);
        }

        _results[index].TrySetResult(Removed(index, volume));
        _reporter.Progress("Removing EBS volumes", volumeId, Interlocked.Increment(ref _done), _volumes.Count);
    }

    private async Task<PointingPersistentVolumes> PointingAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await PointingPersistentVolumes.ReadAsync(_cluster, cancellationToken).ConfigureAwait(false);
        }
        catch (EbsPvException cause)
        {
            throw RemovalErrors.PersistentVolumesUnknownAgain(cause);
        }
    }

    private async Task ForEachAsync(IEnumerable<int> indexes, Func<int, CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = _options.ThrottleLimit, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(indexes, options, async (index, token) =>
        {
            try
            {
                token.ThrowIfCancellationRequested();
                await work(index, token).ConfigureAwait(false);
            }
            catch (EbsPvException failure)
            {
                Fail(index, failure);
            }
        }).ConfigureAwait(false);
    }

    private bool IsOpen(int index) => !_results[index].Task.IsCompleted;

    private void Refuse(int index, EbsPvException refusal) => Settle(index, refusal, SnapshotKept(index));

    private void Fail(int index, EbsPvException failure)
    {
        var snapshotIsAtFault = failure.ErrorId is ErrorIds.SnapshotFailed or ErrorIds.SnapshotWaitTimedOut;
        Settle(index, failure, $"The volume {_volumes[index].VolumeId} is not removed. {(snapshotIsAtFault ? "" : SnapshotKept(index))}");
    }

    private void Settle(int index, EbsPvException failure, string outcome) =>
        _results[index].TrySetException(RemovalErrors.OfVolume(failure, _volumes[index].VolumeId!, outcome));

    private string SnapshotKept(int index) =>
        _snapshots.TryGetValue(index, out var snapshot) ? $"Its final snapshot {snapshot.SnapshotId} is kept." : string.Empty;

    private ClusterEbsVolume Removed(int index, ClusterEbsVolume? last) => (last ?? _volumes[index]) with
    {
        State = "deleting",
        ClusterName = _request.ClusterName,
        Context = _request.Context,
        FinalSnapshotId = _snapshots.GetValueOrDefault(index)?.SnapshotId,
    };
}
