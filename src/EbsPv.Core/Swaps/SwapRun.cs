using EbsPv.Errors;
using EbsPv.Ports;
using EbsPv.Unregistration;
using EbsPv.Usage;
using EbsPv.Volumes;
using EbsPv.Waiting;

namespace EbsPv.Swaps;

/// <summary>
/// Gives PersistentVolumes another disk or source under the same claim: Retain, a note of what is intended, the fence, a look whether anything
/// uses it, the new disk, the mark on the old one, the old PersistentVolume's deletion, the new one under the same name, and the proof that
/// its claim has it. Every step can be repeated, and looks at what is there first: a swap that was cut off anywhere is finished by the same
/// line. Until the old PersistentVolume is deleted, a refusal gives it back as it was.
/// </summary>
public sealed class SwapRun : IAsyncDisposable
{
    private readonly ICluster _cluster;
    private readonly IEc2 _ec2;
    private readonly SwapOptions _options;
    private readonly IReporter _reporter;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _snapshotGate, _volumeGate;
    private readonly SwapWatches _watches;
    private readonly SwapFence _fence;
    private readonly SwapDisks _disks;
    private readonly RetainKeeper _retain;
    private readonly SharedRead<(ClusterUse Use, IReadOnlyDictionary<string, ClusterEbsVolume> Volumes)> _use;

    /// <summary>A run over some swaps.</summary>
    /// <param name="ec2">EC2 of the disks' region.</param>
    /// <param name="cluster">The cluster.</param>
    /// <param name="resourceVersion">The state of the list that the plans' PersistentVolumes come from.</param>
    /// <param name="volumeIds">The disks that are replaced by this run.</param>
    /// <param name="options">How.</param>
    /// <param name="reporter">Told of each step.</param>
    /// <param name="time">The clock; null for the machine's.</param>
    public SwapRun(IEc2 ec2, ICluster cluster, string resourceVersion, IReadOnlyList<string> volumeIds, SwapOptions options, IReporter reporter, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        _ec2 = ec2;
        _cluster = cluster;
        _options = options;
        _reporter = reporter;
        _time = time ?? TimeProvider.System;
        _watches = new SwapWatches(cluster, resourceVersion, _time);
        _fence = new SwapFence(cluster, _watches, options, _time);
        // Each kind of call has a rate of its own at EC2: neither waits for the other.
        _snapshotGate = new SemaphoreSlim(options.ThrottleLimit);
        _volumeGate = new SemaphoreSlim(options.ThrottleLimit);
        _disks = new SwapDisks(ec2, options, _snapshotGate, _volumeGate, reporter, _time);
        _retain = new RetainKeeper(cluster, _watches, options.StepTimeout, _time);
        _use = new SharedRead<(ClusterUse, IReadOnlyDictionary<string, ClusterEbsVolume>)>(async token =>
        {
            var use = ClusterUse.ReadAsync(cluster, token);
            var volumes = VolumesById.ReadAsync(ec2, volumeIds, token);
            await Task.WhenAll(use, volumes).ConfigureAwait(false);
            return (await use.ConfigureAwait(false), await volumes.ConfigureAwait(false));
        });
    }

    /// <summary>Carries out one swap, or finishes it.</summary>
    /// <returns>The new PersistentVolume.</returns>
    /// <exception cref="EbsPvException">ClaimInUse, ClaimGone, SwapUnderWay, SwapConflict, FenceTimedOut, PersistentVolumeHeld, ClaimWaitTimedOut, and
    /// what EC2 and the API server refuse; each says where everything stands.</exception>
    public async Task<EbsPersistentVolume> SwapAsync(SwapPlan plan, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ISwapNote note = plan.Claim is { } claim ? new ClaimNote(_cluster, claim, _time) : new HolderNote(_cluster, plan.Holder, plan.CurrentManifest, _watches, _time);
        var volume = plan.Old is { } old
            ? await ReplaceAsync(plan, old, note, cancellationToken).ConfigureAwait(false)
            : await DiskAsync(plan, note, cancellationToken).ConfigureAwait(false);
        try
        {
            return await FinishAsync(plan, volume, note, cancellationToken).ConfigureAwait(false);
        }
        catch (EbsPvException failure)
        {
            throw SwapErrors.InTheMiddle(failure, plan.Intent, $"Its new disk {volume.VolumeId} in {volume.AvailabilityZone} is ready; the same line finishes.");
        }
    }

    /// <summary>Ends the watches; may be called again.</summary>
    public ValueTask DisposeAsync() => _watches.DisposeAsync();

    // From the first change to the deletion of the old PersistentVolume.
    private async Task<ClusterEbsVolume> ReplaceAsync(SwapPlan plan, EbsPersistentVolume old, ISwapNote note, CancellationToken cancellationToken)
    {
        Say(plan, "set to Retain");
        old = await _retain.SetAsync(old, cancellationToken).ConfigureAwait(false);
        await note.WriteAsync(plan.Intent, cancellationToken).ConfigureAwait(false);
        Say(plan, "fenced, so that no pod can start with it");
        var (fenced, volume) = await FencedAsync(plan, old, note, cancellationToken).ConfigureAwait(false);
        try
        {
            Say(plan, "the old PersistentVolume is deleted");
            await _fence.DeleteAsync(plan, fenced, cancellationToken).ConfigureAwait(false);
            return volume;
        }
        catch (TimeoutException)
        {
            var held = Finalizers.Explained((_watches.Newest(fenced.Name) ?? fenced).Finalizers);
            var (use, volumes) = await _use.FreshAsync(cancellationToken).ConfigureAwait(false);
            throw SwapErrors.Held(plan.Intent, held, Use(plan, use, volumes));
        }
        catch (EbsPvException failure)
        {
            throw SwapErrors.InTheMiddle(failure, plan.Intent, $"Its new disk {volume.VolumeId} in {volume.AvailabilityZone} is ready, and the old PersistentVolume is fenced; the same line goes on from here.");
        }
    }

    // Under the fence, until the point of no return: whatever is refused here leaves everything as it was.
    private async Task<(EbsPersistentVolume Fenced, ClusterEbsVolume Volume)> FencedAsync(SwapPlan plan, EbsPersistentVolume old, ISwapNote note, CancellationToken cancellationToken)
    {
        var fenced = old;
        ClusterEbsVolume? made = null;
        try
        {
            fenced = await _fence.CloseAsync(plan, old, cancellationToken).ConfigureAwait(false);
            var use = await HindranceAsync(plan, cancellationToken).ConfigureAwait(false);
            if (use is null)
            {
                made = await DiskAsync(plan, note, cancellationToken).ConfigureAwait(false);
                // Whoever slipped in before the fence was noticed may have written after the snapshot: the old disk then has more than the new one.
                use = await HindranceAsync(plan, cancellationToken).ConfigureAwait(false);
            }

            if (use is not null) throw SwapErrors.InUse(plan.Intent, use, await TakeBackAsync(plan, fenced, made, note, cancellationToken).ConfigureAwait(false));
            await RetireAsync(plan, cancellationToken).ConfigureAwait(false);
            _options.ManifestReady?.Invoke(plan.Intent.PersistentVolume, Manifest(plan, made!));
            return (fenced, made!);
        }
        catch (EbsPvException passing) when (IsPassing(passing))
        {
            throw SwapErrors.InTheMiddle(passing, plan.Intent, $"{plan.Intent.PersistentVolume} is fenced meanwhile, so that no pod can start with it; the same line goes on from here. Its data is on {plan.Intent.VolumeId}.");
        }
        catch (EbsPvException refusal) when (refusal.ErrorId != ErrorIds.ClaimInUse)
        {
            var back = await TakeBackAsync(plan, fenced, made, note, cancellationToken).ConfigureAwait(false);
            throw SwapErrors.InTheMiddle(refusal, plan.Intent, back
                ? $"{plan.Intent.PersistentVolume} was given back as it was; its data is on {plan.Intent.VolumeId}."
                : $"{plan.Intent.PersistentVolume} could not be given back: look at it. Its data is on {plan.Intent.VolumeId}.");
        }
    }

    private async Task<ClusterEbsVolume> DiskAsync(SwapPlan plan, ISwapNote note, CancellationToken cancellationToken)
    {
        if (plan.Intent.Kind == SwapKind.Convert) return plan.OldVolume;
        if (await _disks.FindAsync(plan.Intent, cancellationToken).ConfigureAwait(false) is { } there) return await _disks.AvailableAsync(there, cancellationToken).ConfigureAwait(false);
        var snapshotId = plan.Intent.SnapshotId;
        if (snapshotId is null)
        {
            Say(plan, $"a snapshot of {plan.Intent.VolumeId} is made");
            snapshotId = (await _disks.SnapshotAsync(plan, note, cancellationToken).ConfigureAwait(false)).SnapshotId;
        }

        Say(plan, $"a disk is made of {snapshotId} in {plan.Intent.DestinationZone}");
        return await _disks.VolumeAsync(plan, snapshotId, cancellationToken).ConfigureAwait(false);
    }

    private async Task<EbsPersistentVolume> FinishAsync(SwapPlan plan, ClusterEbsVolume volume, ISwapNote note, CancellationToken cancellationToken)
    {
        Say(plan, $"registered anew for {volume.VolumeId}");
        var created = await new SwapSuccessor(_cluster, _watches, _options, _time).PutAsync(plan, Manifest(plan, volume), volume.VolumeId!, cancellationToken).ConfigureAwait(false);
        await note.RemoveAsync(plan.Intent, cancellationToken).ConfigureAwait(false);
        return created;
    }

    private Task RetireAsync(SwapPlan plan, CancellationToken cancellationToken) => plan.Intent.Kind == SwapKind.Convert
        ? Task.CompletedTask
        : new VolumeRetirer(_ec2).RetireAsync(plan.OldVolume, $"{plan.Intent.Kind.ToString().ToLowerInvariant()} {plan.Intent.Operation}", cancellationToken);

    // Null: nothing stands in the way.
    private async Task<VolumeUse?> HindranceAsync(SwapPlan plan, CancellationToken cancellationToken)
    {
        var (use, volumes) = await _use.FreshAsync(cancellationToken).ConfigureAwait(false);
        var found = Use(plan, use, volumes);
        return found.IsNone || (plan.ToleratesDeadNodes && found.IsOnlyOnDeadNodes) ? null : found;
    }

    private static VolumeUse Use(SwapPlan plan, ClusterUse use, IReadOnlyDictionary<string, ClusterEbsVolume> volumes) =>
        use.Of(plan.Intent.PersistentVolume, plan.ClaimKey, volumes.GetValueOrDefault(plan.Intent.VolumeId));

    // The note goes last: without it a later run would not know that the fence is this swap's.
    private async Task<bool> TakeBackAsync(SwapPlan plan, EbsPersistentVolume fenced, ClusterEbsVolume? made, ISwapNote note, CancellationToken cancellationToken)
    {
        try
        {
            if (made is not null && plan.Intent.Kind != SwapKind.Convert) await new VolumeRetirer(_ec2).RetireAsync(made, $"given up {plan.Intent.Operation}", cancellationToken).ConfigureAwait(false);
            if (!await _fence.TakeBackAsync(plan, fenced, SwapManifest.ClaimOf(plan.Intent.Manifest), cancellationToken).ConfigureAwait(false)) return false;
            await note.RemoveAsync(plan.Intent, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (EbsPvException failure)
        {
            _reporter.Warning($"FenceNotTakenBack: {plan.Intent.PersistentVolume} stays fenced. {failure.Message}");
            return false;
        }
    }

    // What the next run of the same line may well get past.
    private static bool IsPassing(EbsPvException failure) =>
        failure.Kind is ErrorKind.Connection or ErrorKind.Service or ErrorKind.Throttled or ErrorKind.Timeout or ErrorKind.Authentication
        || failure.ErrorId is ErrorIds.PersistentVolumeConflict or ErrorIds.KubeObjectConflict;

    private static string Manifest(SwapPlan plan, ClusterEbsVolume volume) =>
        SwapManifest.WithVolume(plan.Intent.Manifest, volume.VolumeId!, volume.AvailabilityZone);

    private void Say(SwapPlan plan, string step) => _reporter.Verbose($"{plan.Intent.PersistentVolume}: {step}.");
}
