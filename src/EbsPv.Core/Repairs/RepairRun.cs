using EbsPv.Errors;
using EbsPv.PersistentVolumes;
using EbsPv.Ports;
using EbsPv.Swaps;
using EbsPv.Volumes;

namespace EbsPv.Repairs;

/// <summary>
/// Carries out repairs, and looks afterwards whether they have had their effect. Tags go out in batches; conversions come last, so that the
/// PersistentVolume that is written anew has what was repaired before.
/// </summary>
public sealed class RepairRun : IAsyncDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1), LongestPause = TimeSpan.FromSeconds(15);

    private readonly IEc2 _ec2;
    private readonly ICluster _cluster;
    private readonly IReadOnlyList<PlannedRepair> _repairs;
    private readonly SwapOptions _options;
    private readonly IReporter _reporter;
    private readonly TimeProvider _time;
    private readonly TaskCompletionSource<EbsPersistentVolumeRepair>[] _results;
    private SwapRun? _swaps;

    /// <summary>A run over repairs of one cluster.</summary>
    public RepairRun(IEc2 ec2, ICluster cluster, IReadOnlyList<PlannedRepair> repairs, SwapOptions options, IReporter reporter, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(repairs);
        ArgumentNullException.ThrowIfNull(options);
        (_ec2, _cluster, _repairs, _options, _reporter, _time) = (ec2, cluster, repairs, options, reporter, time ?? TimeProvider.System);
        _results = [.. repairs.Select(_ => new TaskCompletionSource<EbsPersistentVolumeRepair>(TaskCreationOptions.RunContinuationsAsynchronously))];
    }

    /// <summary>What became of the repair at an index.</summary>
    public Task<EbsPersistentVolumeRepair> ResultAsync(int index) => _results[index].Task;

    /// <summary>Repairs all; every failure goes to the repair that it belongs to.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await TagAsync(cancellationToken).ConfigureAwait(false);
            await ChangeAsync(cancellationToken).ConfigureAwait(false);
            await ConvertAsync(cancellationToken).ConfigureAwait(false);
            await LookAgainAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            foreach (var result in _results) result.TrySetCanceled(CancellationToken.None);
        }
        catch (Exception failure)
        {
            // Whoever waits for a repair must hear of it, whatever it was.
            foreach (var result in _results) result.TrySetException(failure);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _swaps?.DisposeAsync() ?? ValueTask.CompletedTask;

    private Task TagAsync(CancellationToken cancellationToken) => EachAsync(
        VolumeTagging.Batches(Open(RepairKind.Tags).Select(index => _repairs[index].Finding)),
        batch => [.. Open(RepairKind.Tags).Where(index => batch.VolumeIds.Contains(_repairs[index].Finding.VolumeId!))],
        (batch, token) => _ec2.CreateTagsAsync(batch.VolumeIds, batch.Tags, token),
        cancellationToken);

    // Two repairs of one PersistentVolume one after the other: the second one would meet the first one's change.
    private Task ChangeAsync(CancellationToken cancellationToken) => EachAsync(
        [.. Open(RepairKind.NodeAffinity, RepairKind.ReclaimPolicy, RepairKind.Claim).GroupBy(index => _repairs[index].PersistentVolume!.Name)],
        group => [.. group],
        async (group, token) =>
        {
            foreach (var index in group) await new PersistentVolumeChange(_cluster, _time).ApplyAsync(_repairs[index], token).ConfigureAwait(false);
        },
        cancellationToken);

    private async Task ConvertAsync(CancellationToken cancellationToken)
    {
        var open = Open(RepairKind.Source);
        if (open.Count == 0) return;
        var facts = await SwapFacts.ReadAsync(_cluster, cancellationToken).ConfigureAwait(false);
        List<string> ids = [.. open.Select(index => _repairs[index].Finding.VolumeId).OfType<string>().Distinct()];
        var volumes = await VolumesById.ReadAsync(_ec2, ids, cancellationToken).ConfigureAwait(false);
        _swaps = new SwapRun(_ec2, _cluster, facts.ResourceVersion, ids, _options, _reporter, _time);
        await EachAsync(open, index => [index], (index, token) => ConvertAsync(index, facts, volumes, token), cancellationToken).ConfigureAwait(false);
    }

    private async Task ConvertAsync(int index, SwapFacts facts, IReadOnlyDictionary<string, ClusterEbsVolume> volumes, CancellationToken cancellationToken)
    {
        var finding = _repairs[index].Finding;
        var subject = SwapSubject.Find(new WantedPersistentVolume { Name = finding.PersistentVolume! }, facts);
        var volume = volumes.GetValueOrDefault(finding.VolumeId ?? "") ?? throw VolumesById.NotFound(finding.VolumeId ?? finding.Target, _ec2.Region);
        var planner = new SwapPlanner(_cluster, finding.ClusterName!);
        var isBegun = SwapPlanner.IsBegun(subject, SwapKind.Convert, volume.AvailabilityZone, null);
        // A prompt may have taken long: what another run has converted is done, and another disk under the name is not what was asked for.
        if (!isBegun && subject.Volume!.VolumeId != volume.VolumeId) throw RepairErrors.Gone(subject.Volume);
        if (!isBegun && subject.Volume!.VolumeSource != VolumeSource.InTree)
        {
            _results[index].TrySetResult(_repairs[index].With("Repaired"));
            return;
        }

        var plan = isBegun
            ? planner.Resume(subject, volume)
            : await planner.BeginAsync(subject, SwapKind.Convert, volume, volume.AvailabilityZone, null, cancellationToken).ConfigureAwait(false);
        _ = await _swaps!.SwapAsync(plan, cancellationToken).ConfigureAwait(false);
        _results[index].TrySetResult(_repairs[index].With("Repaired"));
    }

    private async Task LookAgainAsync(CancellationToken cancellationToken)
    {
        var look = new SecondLook(_ec2, _cluster, _repairs[0].Finding.ClusterName!, _reporter, _time);
        var begun = _time.GetTimestamp();
        for (var pause = FirstPause; Open() is { Count: > 0 } open; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            var found = await look.FindAsync([.. open.Select(index => Target(_repairs[index].Finding))], cancellationToken).ConfigureAwait(false);
            foreach (var index in open.Where(index => !found.ContainsKey(KeyOf(index)))) _results[index].TrySetResult(_repairs[index].With("Repaired"));
            if (Open().Count == 0) return;
            if (_time.GetElapsedTime(begun) >= _options.StepTimeout)
            {
                foreach (var index in Open()) _results[index].TrySetException(RepairErrors.NotEffective(_repairs[index], found[KeyOf(index)], _options.StepTimeout));
                return;
            }

            await Task.Delay(pause, _time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task EachAsync<T>(IReadOnlyCollection<T> items, Func<T, IReadOnlyList<int>> indexes, Func<T, CancellationToken, Task> repair, CancellationToken cancellationToken)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = _options.ThrottleLimit, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(items, options, async (item, token) =>
        {
            try
            {
                await repair(item, token).ConfigureAwait(false);
            }
            catch (EbsPvException failure)
            {
                foreach (var index in indexes(item)) _results[index].TrySetException(failure);
            }
        }).ConfigureAwait(false);
    }

    private List<int> Open(params RepairKind[] kinds) =>
        [.. Enumerable.Range(0, _repairs.Count).Where(index => !_results[index].Task.IsCompleted && (kinds.Length == 0 || kinds.Contains(_repairs[index].Kind)))];

    private (string Code, string Target) KeyOf(int index) => (_repairs[index].Finding.Code, _repairs[index].Finding.Target);

    private static RepairTarget Target(EbsPersistentVolumeFinding finding) => new(finding.Code, finding.Target) { PersistentVolume = finding.PersistentVolume, VolumeId = finding.VolumeId };
}
