using EbsPv.Errors;
using EbsPv.Ports;
using EbsPv.Snapshots;
using EbsPv.Waiting;

namespace EbsPv.Retention;

/// <summary>Removes snapshots by waves of 200: everything read once more, then deleted side by side. What fails concerns its own snapshot; the
/// others are finished.</summary>
public sealed class SnapshotRemovalRun
{
    private readonly IEc2 _ec2;
    private readonly ICluster? _cluster;
    private readonly SnapshotRemovalRequest _request;
    private readonly IReadOnlyDictionary<string, string> _newest;
    private readonly IReadOnlyList<ClusterEbsSnapshot> _snapshots;
    private readonly int _throttleLimit;
    private readonly IReporter _reporter;
    private readonly SnapshotDeleter _deleter;
    private readonly RunResults<ClusterEbsSnapshot> _results;
    private int _done;

    /// <summary>A run over those snapshots of a plan without refusals that the user agreed to.</summary>
    /// <param name="ec2">EC2 of the snapshots' region.</param>
    /// <param name="cluster">Who is asked once more what it needs; not used when that check is skipped.</param>
    /// <param name="request">What was planned.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="snapshots">The snapshots agreed to.</param>
    /// <param name="throttleLimit">Deletes that are under way at one time.</param>
    /// <param name="reporter">Told of progress.</param>
    /// <param name="time">The clock of the pauses.</param>
    public SnapshotRemovalRun(
        IEc2 ec2,
        ICluster? cluster,
        SnapshotRemovalRequest request,
        SnapshotRemovalPlan plan,
        IReadOnlyList<ClusterEbsSnapshot> snapshots,
        int throttleLimit,
        IReporter reporter,
        TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(snapshots);
        _ec2 = ec2;
        _cluster = request.SkipSnapshotUseCheck ? null : cluster;
        _request = request;
        _newest = plan.Newest;
        _snapshots = snapshots;
        _throttleLimit = throttleLimit;
        _reporter = reporter;
        _deleter = new SnapshotDeleter(ec2, reporter, time ?? TimeProvider.System);
        _results = new RunResults<ClusterEbsSnapshot>(snapshots.Count);
    }

    /// <summary>The snapshot at an index of the snapshots given, once it is deleted.</summary>
    public Task<ClusterEbsSnapshot> SnapshotAsync(int index) => _results[index];

    /// <summary>Removes; every failure goes to the snapshot that it belongs to.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => _results.SettleAsync(async () =>
    {
        foreach (var wave in Enumerable.Range(0, _snapshots.Count).Chunk(Ec2Filter.MaxValues))
            await RemoveAsync(wave, cancellationToken).ConfigureAwait(false);
    });

    // A prompt and EC2's rate may each take long: what was read before them is not what is deleted by.
    private async Task RemoveAsync(int[] wave, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<string, ClusterEbsSnapshot> fresh;
        SnapshotFacts facts;
        try
        {
            var snapshots = SnapshotsById.ReadAsync(_ec2, [.. wave.Select(index => _snapshots[index].SnapshotId!)], cancellationToken);
            var volumes = SnapshotRemovalPlanner.LivingAsync(_ec2, [.. wave.Select(index => _snapshots[index].VolumeId).Distinct()], cancellationToken);
            var use = UseAsync(cancellationToken);
            await Task.WhenAll(snapshots, volumes, use).ConfigureAwait(false);
            fresh = await snapshots.ConfigureAwait(false);
            facts = new SnapshotFacts(await volumes.ConfigureAwait(false), _newest, await use.ConfigureAwait(false));
        }
        catch (EbsPvException failure)
        {
            foreach (var index in wave) _results.Fail(index, OfSnapshot(index, failure));
            return;
        }

        await _results.ForEachAsync(wave, _throttleLimit, (index, token) => RemoveAsync(index, fresh, facts, token), cancellationToken).ConfigureAwait(false);
    }

    private async Task RemoveAsync(int index, IReadOnlyDictionary<string, ClusterEbsSnapshot> fresh, SnapshotFacts facts, CancellationToken cancellationToken)
    {
        var snapshotId = _snapshots[index].SnapshotId!;
        if (fresh.TryGetValue(snapshotId, out var snapshot))
        {
            if (SnapshotRemovalRules.Refusal(snapshot, _request.ClusterName, facts, _request.IncludeFinal) is { } refusal) throw refusal;
            await DeleteAsync(index, snapshotId, cancellationToken).ConfigureAwait(false);
        }

        _results.Set(index, _snapshots[index] with { State = "deleted" });
        _reporter.Progress("Removing EBS snapshots", snapshotId, Interlocked.Increment(ref _done), _snapshots.Count);
    }

    private async Task DeleteAsync(int index, string snapshotId, CancellationToken cancellationToken)
    {
        try
        {
            await _deleter.DeleteAsync(snapshotId, cancellationToken).ConfigureAwait(false);
        }
        catch (EbsPvException failure)
        {
            throw OfSnapshot(index, failure);
        }
    }

    private async Task<SnapshotUse> UseAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await SnapshotUse.ReadAsync(_cluster, cancellationToken).ConfigureAwait(false);
        }
        catch (EbsPvException cause)
        {
            throw SnapshotRemovalErrors.UseUnknown(_request, cause);
        }
    }

    private EbsPvException OfSnapshot(int index, EbsPvException failure) => SnapshotRemovalErrors.OfSnapshot(failure, _snapshots[index].SnapshotId!);
}
