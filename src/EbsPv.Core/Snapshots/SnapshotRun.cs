using System.Collections.Concurrent;
using EbsPv.Ports;
using EbsPv.Waiting;

namespace EbsPv.Snapshots;

/// <summary>
/// Makes snapshots side by side and waits for all of them together. One that was sent is never cancelled, the stop token only keeps the next
/// one from starting.
/// </summary>
public sealed class SnapshotRun
{
    private readonly IReadOnlyList<SnapshotPlan> _plans;
    private readonly SnapshotRunOptions _options;
    private readonly IReporter _reporter;
    private readonly SnapshotCreator _creator;
    private readonly SnapshotWaiter _waiter;
    private readonly RunResults<ClusterEbsSnapshot> _results;

    /// <summary>A run over plans, each of another volume.</summary>
    public SnapshotRun(IEc2 ec2, IReadOnlyList<SnapshotPlan> plans, SnapshotRunOptions options, IReporter reporter, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(plans);
        ArgumentNullException.ThrowIfNull(options);
        _plans = plans;
        _options = options;
        _reporter = reporter;
        _creator = new SnapshotCreator(ec2, reporter, time ?? TimeProvider.System);
        _waiter = new SnapshotWaiter(ec2, reporter, time ?? TimeProvider.System)
        {
            Activity = "Waiting for EBS snapshots",
            AfterTimeout = "Get-ClusterEbsSnapshot shows how far it is; -TimeoutSeconds waits longer. Running the line again makes another one, of that moment.",
        };
        _results = new RunResults<ClusterEbsSnapshot>(plans.Count);
    }

    /// <summary>The snapshot of the plan at an index, once it is there, or completed.</summary>
    public Task<ClusterEbsSnapshot> SnapshotAsync(int index) => _results[index];

    /// <summary>Makes and waits; every failure goes to the snapshot that it belongs to.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => _results.SettleAsync(async () =>
    {
        var pending = await CreateAllAsync(cancellationToken).ConfigureAwait(false);
        if (!pending.IsEmpty) await WaitAsync(pending, cancellationToken).ConfigureAwait(false);
    });

    private async Task<ConcurrentDictionary<int, ClusterEbsSnapshot>> CreateAllAsync(CancellationToken cancellationToken)
    {
        var pending = new ConcurrentDictionary<int, ClusterEbsSnapshot>();
        var done = 0;
        await _results.ForEachAsync(
            Enumerable.Range(0, _plans.Count),
            _options.ThrottleLimit,
            async (index, token) =>
            {
                var made = await _creator.CreateAsync(_plans[index].Wanted, _options.Timeout, token).ConfigureAwait(false);
                if (_options.Wait && made.State != "completed") pending[index] = made;
                else _results.Set(index, _plans[index].Made(made));
                _reporter.Progress("Creating EBS snapshots", made.VolumeId, Interlocked.Increment(ref done), _plans.Count);
            },
            cancellationToken).ConfigureAwait(false);
        return pending;
    }

    private Task WaitAsync(ConcurrentDictionary<int, ClusterEbsSnapshot> pending, CancellationToken cancellationToken)
    {
        var indexes = pending.ToDictionary(entry => entry.Value.SnapshotId!, entry => entry.Key, StringComparer.Ordinal);
        return _waiter.WaitAsync(
            [.. pending.Values],
            _options.Timeout,
            completed => _results.Set(indexes[completed.SnapshotId!], _plans[indexes[completed.SnapshotId!]].Made(completed)),
            (snapshot, failure) => _results.Fail(indexes[snapshot.SnapshotId!], failure),
            cancellationToken);
    }
}
