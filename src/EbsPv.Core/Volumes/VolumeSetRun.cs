using EbsPv.Errors;
using EbsPv.Ports;

namespace EbsPv.Volumes;

/// <summary>
/// Makes the missing members of a set and waits for them. Creates go out side by side, in slot order; a create once sent is never
/// cancelled, the stop token only keeps the next one from starting: what was sent is adopted by the next run.
/// </summary>
public sealed class VolumeSetRun
{
    private readonly VolumeSetRequest _request;
    private readonly VolumeRunOptions _options;
    private readonly IReporter _reporter;
    private readonly VolumeWaiter _waiter;
    private readonly SlotCreator _creator;
    private readonly TimeProvider _time;
    private readonly TaskCompletionSource<ClusterEbsVolume>[] _results;
    private readonly IReadOnlyList<SlotPlan> _slots;

    /// <summary>A run over some slots of a plan.</summary>
    public VolumeSetRun(
        IEc2 ec2, VolumeSetRequest request, IReadOnlyList<SlotPlan> slots, VolumeRunOptions options, IReporter reporter, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(slots);
        _request = request;
        _slots = slots;
        _options = options;
        _reporter = reporter;
        time ??= TimeProvider.System;
        _time = time;
        _waiter = new VolumeWaiter(ec2, reporter, time);
        _creator = new SlotCreator(ec2, request, reporter, time);
        _results = [.. slots.Select(_ => new TaskCompletionSource<ClusterEbsVolume>(TaskCreationOptions.RunContinuationsAsynchronously))];
    }

    /// <summary>The member of the slot at an index of the slots given, once it is there.</summary>
    public Task<ClusterEbsVolume> VolumeAsync(int index) => _results[index].Task;

    /// <summary>Makes and waits; every failure goes to the slot that it belongs to.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var pending = new List<(int Index, ClusterEbsVolume Volume)>();
        try
        {
            var missing = new List<int>();
            for (var index = 0; index < _slots.Count; index++)
            {
                if (_slots[index].Existing is { } existing) Settle(index, existing, pending);
                else missing.Add(index);
            }

            await CreateAllAsync(missing, pending, cancellationToken).ConfigureAwait(false);
            await WaitAsync(pending, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            foreach (var result in _results) result.TrySetCanceled(CancellationToken.None);
        }
        catch (Exception failure)
        {
            // Whoever waits for a slot must hear of it, whatever it was.
            foreach (var result in _results) result.TrySetException(failure);
        }
    }

    private async Task CreateAllAsync(
        List<int> missing, List<(int Index, ClusterEbsVolume Volume)> pending, CancellationToken cancellationToken)
    {
        var gate = new object();
        var done = 0;
        var begun = _time.GetTimestamp();
        var within = VolumeRunOptions.BeginWithin(missing.Count);
        var options = new ParallelOptions { MaxDegreeOfParallelism = _options.ThrottleLimit, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(missing, options, async (index, token) =>
        {
            token.ThrowIfCancellationRequested();
            var isLate = _time.GetElapsedTime(begun) > within;
            if (isLate) _results[index].TrySetException(NotBegun(_slots[index], within));
            var created = isLate ? null : await TryCreateAsync(index).ConfigureAwait(false);
            lock (gate)
            {
                if (created is not null) Settle(index, created, pending);
                _reporter.Progress("Creating EBS volumes", _slots[index].Slot, ++done, missing.Count);
            }
        }).ConfigureAwait(false);
    }

    private async Task<ClusterEbsVolume?> TryCreateAsync(int index)
    {
        try
        {
            return await _creator.CreateAsync(_slots[index], CancellationToken.None).ConfigureAwait(false);
        }
        catch (EbsPvException failure)
        {
            _results[index].TrySetException(failure);
            return null;
        }
    }

    private EbsPvException NotBegun(SlotPlan slot, TimeSpan within) => new(
        ErrorKind.Timeout,
        ErrorIds.VolumeRunTimedOut,
        $"The volume {slot.Name} in {slot.Zone.AvailabilityZone} was not begun: EC2 took no more creates of the set '{_request.SetName}' within {within.TotalMinutes:0} minutes.")
    {
        Target = slot.Slot,
        RecommendedAction = "Something else uses up the account's rate of calls. Run the same line again later: it makes what is missing.",
    };

    // Volumes that are usable already are handed on at once; the others wait together, in one call a poll.
    private void Settle(int index, ClusterEbsVolume volume, List<(int Index, ClusterEbsVolume Volume)> pending)
    {
        if (_options.Wait && volume.State == "creating") pending.Add((index, volume));
        else _results[index].TrySetResult(volume);
    }

    private async Task WaitAsync(List<(int Index, ClusterEbsVolume Volume)> pending, CancellationToken cancellationToken)
    {
        if (pending.Count == 0) return;
        var slots = pending.ToDictionary(entry => entry.Volume.VolumeId!, entry => entry);
        await _waiter.WaitAsync([.. slots.Keys], _options.Timeout, Arrived, Failed, cancellationToken).ConfigureAwait(false);

        void Arrived(ClusterEbsVolume seen)
        {
            var (index, volume) = slots[seen.VolumeId!];
            var zone = _slots[index].Zone;
            _results[index].TrySetResult(VolumeSetPlanner.Adopt(seen, _request, zone) with { Adopted = volume.Adopted });
        }

        void Failed(string volumeId, EbsPvException failure) => _results[slots[volumeId].Index].TrySetException(failure);
    }
}
