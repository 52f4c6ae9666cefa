using EbsPv.Errors;
using EbsPv.Ports;

namespace EbsPv.Volumes;

/// <summary>
/// Changes volumes and waits for them. Changes go out side by side; one that was sent is never cancelled, the stop token only keeps the
/// next one from starting: the next run finds what was sent.
/// </summary>
public sealed class VolumeChangeRun
{
    private readonly IReadOnlyList<VolumeChangePlan> _plans;
    private readonly VolumeChangeOptions _options;
    private readonly IReporter _reporter;
    private readonly VolumeChanger _changer;
    private readonly ModificationWaiter _waiter;
    private readonly TaskCompletionSource<ClusterEbsVolume>[] _results;

    /// <summary>A run over plans, each of another volume.</summary>
    public VolumeChangeRun(
        IEc2 ec2, IReadOnlyList<VolumeChangePlan> plans, VolumeChangeOptions options, IReporter reporter, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(plans);
        ArgumentNullException.ThrowIfNull(options);
        _plans = plans;
        _options = options;
        _reporter = reporter;
        _changer = new VolumeChanger(ec2, reporter, time ?? TimeProvider.System);
        _waiter = new ModificationWaiter(ec2, options.WaitFor, reporter, time ?? TimeProvider.System);
        _results = [.. plans.Select(_ => new TaskCompletionSource<ClusterEbsVolume>(TaskCreationOptions.RunContinuationsAsynchronously))];
    }

    /// <summary>The volume of the plan at an index, with its new values, once its change has come far enough.</summary>
    public Task<ClusterEbsVolume> VolumeAsync(int index) => _results[index].Task;

    /// <summary>Changes and waits; every failure goes to the volume that it belongs to.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            var awaited = await ChangeAllAsync(cancellationToken).ConfigureAwait(false);
            if (awaited.Count > 0) await WaitAsync(awaited, cancellationToken).ConfigureAwait(false);
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

    private async Task<Dictionary<int, VolumeModification?>> ChangeAllAsync(CancellationToken cancellationToken)
    {
        var awaited = new Dictionary<int, VolumeModification?>();
        var done = 0;
        var options = new ParallelOptions { MaxDegreeOfParallelism = _options.ThrottleLimit, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(Enumerable.Range(0, _plans.Count), options, async (index, token) =>
        {
            token.ThrowIfCancellationRequested();
            var modification = await TryChangeAsync(index, token).ConfigureAwait(false);
            lock (awaited)
            {
                if (!_results[index].Task.IsCompleted && !Settles(index, modification)) awaited.Add(index, modification);
                _reporter.Progress("Changing EBS volumes", _plans[index].Volume.ToString(), ++done, _plans.Count);
            }
        }).ConfigureAwait(false);
        return awaited;
    }

    // Null: there was nothing to send, or it failed, and then its result says so.
    private async Task<VolumeModification?> TryChangeAsync(int index, CancellationToken cancellationToken)
    {
        if (_plans[index].IsDone) return null;
        try
        {
            return await _changer.ChangeAsync(_plans[index], cancellationToken).ConfigureAwait(false);
        }
        catch (EbsPvException failure)
        {
            _results[index].TrySetException(failure);
            return null;
        }
    }

    private bool Settles(int index, VolumeModification? modification)
    {
        // A volume that shows its new values is optimizing at least; whether its data is moved must be asked.
        var state = modification?.State ?? "optimizing";
        var settled = _options.WaitFor == ModificationWait.None
            || state == "completed"
            || (state == "optimizing" && _options.WaitFor == ModificationWait.Optimizing);
        if (settled) _results[index].TrySetResult(Changed(index, modification));
        return settled;
    }

    private async Task WaitAsync(Dictionary<int, VolumeModification?> awaited, CancellationToken cancellationToken)
    {
        var indexes = awaited.Keys.ToDictionary(index => _plans[index].Volume.VolumeId!, index => index, StringComparer.Ordinal);
        var modifications = indexes.ToDictionary(entry => entry.Key, entry => awaited[entry.Value], StringComparer.Ordinal);
        await _waiter.WaitAsync(modifications, _options.Timeout, Arrived, Failed, cancellationToken).ConfigureAwait(false);

        void Arrived(string volumeId, VolumeModification? shown) =>
            _results[indexes[volumeId]].TrySetResult(Changed(indexes[volumeId], modifications[volumeId] is null ? null : shown));

        void Failed(string volumeId, EbsPvException failure) => _results[indexes[volumeId]].TrySetException(failure);
    }

    private ClusterEbsVolume Changed(int index, VolumeModification? modification)
    {
        var plan = _plans[index];
        if (plan.IsDone) return plan.Volume;
        if (modification is null || !plan.IsMetBy(modification)) return plan.With(plan.To);
        return plan.With(plan.To with { Iops = modification.Iops ?? plan.To.Iops, Throughput = modification.Throughput ?? plan.To.Throughput });
    }
}
