using System.Collections.Concurrent;
using EbsPv.Ports;
using EbsPv.Volumes;
using EbsPv.Waiting;

namespace EbsPv.VolumeRestores;

/// <summary>
/// Makes volumes of snapshots side by side and waits for all of them together. A create once sent is never cancelled, the stop token only keeps
/// the next one from starting: what was sent is found by the next run.
/// </summary>
public sealed class VolumeRestoreRun
{
    private readonly IReadOnlyList<VolumeRestorePlan> _plans;
    private readonly VolumeRunOptions _options;
    private readonly IReporter _reporter;
    private readonly SureVolume _maker;
    private readonly VolumeWaiter _waiter;
    private readonly RunResults<ClusterEbsVolume> _results;

    /// <summary>A run over plans, each of another volume.</summary>
    public VolumeRestoreRun(IEc2 ec2, IReadOnlyList<VolumeRestorePlan> plans, VolumeRunOptions options, IReporter reporter, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(plans);
        ArgumentNullException.ThrowIfNull(options);
        _plans = plans;
        _options = options;
        _reporter = reporter;
        _maker = new SureVolume(ec2, reporter, time ?? TimeProvider.System);
        _waiter = new VolumeWaiter(ec2, reporter, time ?? TimeProvider.System);
        _results = new RunResults<ClusterEbsVolume>(plans.Count);
    }

    /// <summary>The volume of the plan at an index, once it is there.</summary>
    public Task<ClusterEbsVolume> VolumeAsync(int index) => _results[index];

    /// <summary>Makes and waits; every failure goes to the volume that it belongs to.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => _results.SettleAsync(async () =>
    {
        var pending = await MakeAllAsync(cancellationToken).ConfigureAwait(false);
        if (!pending.IsEmpty) await WaitAsync(pending, cancellationToken).ConfigureAwait(false);
    });

    private async Task<ConcurrentDictionary<string, int>> MakeAllAsync(CancellationToken cancellationToken)
    {
        var pending = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        var done = 0;
        await _results.ForEachAsync(
            Enumerable.Range(0, _plans.Count),
            _options.ThrottleLimit,
            async (index, token) =>
            {
                var plan = _plans[index];
                var volume = plan.Existing ?? await MakeAsync(plan, token).ConfigureAwait(false);
                if (_options.Wait && volume.State == "creating") pending[volume.VolumeId!] = index;
                else _results.Set(index, plan.Emitted(volume, plan.Existing is not null));
                _reporter.Progress("Restoring EBS volumes", plan.Name, Interlocked.Increment(ref done), _plans.Count);
            },
            cancellationToken).ConfigureAwait(false);
        return pending;
    }

    private Task<ClusterEbsVolume> MakeAsync(VolumeRestorePlan plan, CancellationToken cancellationToken) => _maker.CreateAsync(
        plan.Wanted, plan.Mark, attempt => ClientToken.For(plan.Snapshot.Region, plan.ClusterName, "restore", plan.Identity, attempt), cancellationToken);

    private Task WaitAsync(ConcurrentDictionary<string, int> pending, CancellationToken cancellationToken) => _waiter.WaitAsync(
        [.. pending.Keys],
        _options.Timeout,
        volume => _results.Set(pending[volume.VolumeId!], _plans[pending[volume.VolumeId!]].Emitted(volume, _plans[pending[volume.VolumeId!]].Existing is not null)),
        (volumeId, failure) => _results.Fail(pending[volumeId], failure),
        cancellationToken);
}
