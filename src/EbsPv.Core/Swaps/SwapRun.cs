using EbsPv.Errors;
using EbsPv.Ports;
using EbsPv.Snapshots;
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
    private readonly PolicyReturn _policy;
    private readonly SwapRetiring _retiring;
    private readonly SwapSuccessor _successor;
    private readonly SwapWitness _witness;
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
        _policy = new PolicyReturn(cluster, _watches, options.StepTimeout, reporter, _time);
        _retiring = new SwapRetiring(ec2, reporter);
        _successor = new SwapSuccessor(cluster, _watches, options, _time);
        _witness = new SwapWitness(ec2, cluster, reporter);
        _use = new SharedRead<(ClusterUse, IReadOnlyDictionary<string, ClusterEbsVolume>)>(async token =>
        {
            var use = ClusterUse.ReadAsync(cluster, token);
            var volumes = VolumesById.ReadAsync(ec2, volumeIds, token);
            await Task.WhenAll(use, volumes).ConfigureAwait(false);
            var found = await volumes.ConfigureAwait(false);
            return (await EndedInstances.ReadAsync(ec2, await use.ConfigureAwait(false), found.Values, reporter, token).ConfigureAwait(false), found);
        });
    }

    /// <summary>Carries out one swap, or finishes it.</summary>
    /// <returns>The new PersistentVolume.</returns>
    /// <exception cref="EbsPvException">ClaimInUse, ClaimGone, SwapUnderWay, SwapConflict, FenceTimedOut, PersistentVolumeHeld, ClaimWaitTimedOut, and
    /// what EC2 and the API server refuse; each says where everything stands.</exception>
    public async Task<EbsPersistentVolume> SwapAsync(SwapPlan plan, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var note = await SwapNote.ForAsync(plan, _cluster, _watches, _time, cancellationToken).ConfigureAwait(false);
        try
        {
            return await OnceAsync(plan, note, cancellationToken).ConfigureAwait(false);
        }
        catch (EbsPvException beaten) when (beaten.ErrorId is ErrorIds.SwapConflict or ErrorIds.ClaimInUse or ErrorIds.PersistentVolumeNotFound)
        {
            // Another run of the same line may have done it, and a pod may use it by now.
            if (await _witness.FindAsync(plan.Intent, cancellationToken).ConfigureAwait(false) is not { } done) throw;
            Say(plan, "another run has done it");
            var settled = await _successor.SettledAsync(plan, done, cancellationToken).ConfigureAwait(false);
            settled = await _policy.SettleAsync(settled, plan.Claim, cancellationToken).ConfigureAwait(false);
            await note.RemoveAsync(cancellationToken).ConfigureAwait(false);
            return settled;
        }
    }

    /// <summary>Ends the watches; may be called again.</summary>
    public ValueTask DisposeAsync() => _watches.DisposeAsync();

    private async Task<EbsPersistentVolume> OnceAsync(SwapPlan plan, SwapNote note, CancellationToken cancellationToken)
    {
        var planned = plan.Old;
        plan = await RetainedAsync(plan, note, cancellationToken).ConfigureAwait(false);
        plan = plan.As(await note.WriteAsync(plan.Intent, cancellationToken).ConfigureAwait(false));
        var volume = await ReplaceAsync(plan, planned, note, cancellationToken).ConfigureAwait(false)
            ?? await WithoutOldAsync(plan, note, cancellationToken).ConfigureAwait(false);
        try
        {
            Say(plan, $"registered anew for {volume.VolumeId}");
            var created = await _successor.PutAsync(plan, Manifest(plan, volume), volume.VolumeId!, cancellationToken).ConfigureAwait(false);
            created = await _policy.SettleAsync(created, plan.Claim, cancellationToken).ConfigureAwait(false);
            await note.RemoveAsync(cancellationToken).ConfigureAwait(false);
            return created;
        }
        catch (EbsPvException failure)
        {
            throw SwapErrors.InTheMiddle(failure, plan.Intent, plan.Intent.Kind == SwapKind.Convert
                ? $"Its volume {volume.VolumeId} stays as it is, with all data; the same line finishes."
                : $"Its new disk {volume.VolumeId} in {volume.AvailabilityZone} is ready; the same line finishes.");
        }
    }

    private async Task<SwapPlan> RetainedAsync(SwapPlan plan, SwapNote note, CancellationToken cancellationToken)
    {
        if (plan.Old is not { } old) return plan;
        try
        {
            Say(plan, "set to Retain");
            return plan with { Old = await _retain.SetAsync(old, cancellationToken).ConfigureAwait(false) };
        }
        catch (EbsPvException gone) when (gone.ErrorId == ErrorIds.PersistentVolumeNotFound)
        {
            // Another run of the same line may just be between the two PersistentVolumes.
            if (await note.JoinAsync(plan.Intent, cancellationToken).ConfigureAwait(false) is not { } noted) throw;
            return (plan with { Old = null }).As(noted);
        }
    }

    // From the fence to the deletion of the old PersistentVolume; null when it is gone already.
    private async Task<ClusterEbsVolume?> ReplaceAsync(SwapPlan plan, EbsPersistentVolume? planned, SwapNote note, CancellationToken cancellationToken)
    {
        if (plan.Old is not { } old) return null;
        EbsPersistentVolume? fenced;
        try
        {
            Say(plan, "fenced, so that no pod can start with it");
            fenced = await _fence.CloseAsync(plan, planned!, old, cancellationToken).ConfigureAwait(false);
        }
        catch (EbsPvException changed) when (changed.ErrorId == ErrorIds.SwapConflict)
        {
            await note.WithdrawAsync(cancellationToken).ConfigureAwait(false);
            throw;
        }

        return fenced is null ? null : await FencedAsync(plan, fenced, note, cancellationToken).ConfigureAwait(false);
    }

    // Under the fence, until the point of no return: whatever is refused here leaves everything as it was.
    private async Task<ClusterEbsVolume?> FencedAsync(SwapPlan plan, EbsPersistentVolume fenced, SwapNote note, CancellationToken cancellationToken)
    {
        ClusterEbsVolume? made = null;
        var isMarked = VolumeTags.IsRetired(plan.OldVolume.Tags);
        try
        {
            if (await _fence.NoticedAsync(plan, fenced, cancellationToken).ConfigureAwait(false) is not { } noticed) return null;
            fenced = noticed;
            await _retiring.GiveUpAsync(plan.LeftCopies.Where(copy => copy.Tags.GetValueOrDefault(SnapshotTags.Operation) != plan.Intent.Operation), cancellationToken).ConfigureAwait(false);
            var use = await HindranceAsync(plan, cancellationToken).ConfigureAwait(false);
            if (use is null)
            {
                made = await DiskAsync(plan, note, cancellationToken).ConfigureAwait(false);
                // Whoever slipped in before the fence was noticed may have written after the snapshot: the old disk then has more than the new one.
                use = await HindranceAsync(plan, cancellationToken).ConfigureAwait(false);
            }

            if (use is not null) throw SwapErrors.InUse(plan.Intent, use, await TakeBackAsync(plan, fenced, made, isMarked, note, cancellationToken).ConfigureAwait(false));
            isMarked = true;
            await _retiring.RetireAsync(plan, cancellationToken).ConfigureAwait(false);
            _options.ManifestReady?.Invoke(plan.Intent.PersistentVolume, SwapManifest.Settled(Manifest(plan, made!)));
            Say(plan, "the old PersistentVolume is deleted");
            await DeleteAsync(plan, fenced, cancellationToken).ConfigureAwait(false);
            return made;
        }
        catch (EbsPvException passing) when (IsPassing(passing) && passing.ErrorId != ErrorIds.PersistentVolumeHeld)
        {
            throw SwapErrors.Fenced(passing, plan.Intent, plan.OldVolume.AvailabilityZone);
        }
        catch (EbsPvException refusal) when (refusal.ErrorId is not (ErrorIds.ClaimInUse or ErrorIds.PersistentVolumeHeld))
        {
            var back = await TakeBackAsync(plan, fenced, made, isMarked, note, cancellationToken).ConfigureAwait(false);
            throw SwapErrors.InTheMiddle(refusal, plan.Intent, back
                ? $"{plan.Intent.PersistentVolume} was given back as it was; its data is on {plan.Intent.VolumeId}."
                : $"{plan.Intent.PersistentVolume} could not be given back: look at it. Its data is on {plan.Intent.VolumeId}.");
        }
    }

    private async Task DeleteAsync(SwapPlan plan, EbsPersistentVolume fenced, CancellationToken cancellationToken)
    {
        try
        {
            await _fence.DeleteAsync(plan, fenced, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            var held = Finalizers.Explained((_watches.Newest(fenced.Name) ?? fenced).Finalizers);
            var (use, volumes) = await _use.FreshAsync(cancellationToken).ConfigureAwait(false);
            throw SwapErrors.Held(plan.Intent, held, Use(plan, use, volumes));
        }
    }

    // By this swap, and then its disk is marked as retired; or by somebody else while pods that came before the fence may still write.
    private async Task<ClusterEbsVolume> WithoutOldAsync(SwapPlan plan, SwapNote note, CancellationToken cancellationToken)
    {
        if (SwapRetiring.IsRetired(plan)) return await DiskAsync(plan, note, cancellationToken).ConfigureAwait(false);
        var intent = plan.Intent;
        if (await _cluster.GetPersistentVolumeAsync(intent.PersistentVolume, cancellationToken).ConfigureAwait(false) is { } there && there.Uid != intent.PersistentVolumeUid)
            throw SwapErrors.NameTaken(intent, there, "its new disk");
        ClusterEbsVolume? made = null;
        var use = await HindranceAsync(plan, cancellationToken).ConfigureAwait(false);
        if (use is null)
        {
            made = await DiskAsync(plan, note, cancellationToken).ConfigureAwait(false);
            use = await HindranceAsync(plan, cancellationToken).ConfigureAwait(false);
        }

        if (use is null)
        {
            await _retiring.RetireAsync(plan, cancellationToken).ConfigureAwait(false);
            return made!;
        }

        await StartOverAsync(plan, made, note, cancellationToken).ConfigureAwait(false);
        throw SwapErrors.InUse(plan.Intent, use, fenceTakenBack: false);
    }

    // There is no fence to be opened: what was copied so far must not be taken by the next run, which is another swap therefore.
    private async Task StartOverAsync(SwapPlan plan, ClusterEbsVolume? made, SwapNote note, CancellationToken cancellationToken)
    {
        if (await _witness.FindAsync(plan.Intent, cancellationToken).ConfigureAwait(false) is not null) return;
        await note.WriteAsync(plan.Intent with { Operation = Guid.NewGuid().ToString(), SnapshotBegun = null }, cancellationToken).ConfigureAwait(false);
        if (await _disks.LeftAsync(plan, made, cancellationToken).ConfigureAwait(false) is { } copy) await _retiring.GiveUpAsync([copy], cancellationToken).ConfigureAwait(false);
    }

    private async Task<ClusterEbsVolume> DiskAsync(SwapPlan plan, SwapNote note, CancellationToken cancellationToken)
    {
        if (plan.Intent.Kind == SwapKind.Convert) return plan.OldVolume;
        if (await _disks.FindAsync(plan, cancellationToken).ConfigureAwait(false) is { } there) return await _disks.AvailableAsync(there, cancellationToken).ConfigureAwait(false);
        var snapshotId = plan.Intent.SnapshotId;
        if (snapshotId is null)
        {
            Say(plan, $"a snapshot of {plan.Intent.VolumeId} is made");
            snapshotId = (await _disks.SnapshotAsync(plan, note, cancellationToken).ConfigureAwait(false)).SnapshotId;
        }

        Say(plan, $"a disk is made of {snapshotId} in {plan.Intent.DestinationZone}");
        return await _disks.VolumeAsync(plan, snapshotId!, cancellationToken).ConfigureAwait(false);
    }

    // Null: nothing stands in the way.
    private async Task<VolumeUse?> HindranceAsync(SwapPlan plan, CancellationToken cancellationToken)
    {
        var (use, volumes) = await _use.FreshAsync(cancellationToken).ConfigureAwait(false);
        var found = Use(plan, use, volumes);
        return found.IsNone || (plan.ToleratesDeadNodes && found.IsOnlyOnDeadNodes) ? null : found;
    }

    private static VolumeUse Use(SwapPlan plan, ClusterUse use, IReadOnlyDictionary<string, ClusterEbsVolume> volumes) =>
        use.Of(plan.Intent.PersistentVolume, plan.ClaimKey, volumes.GetValueOrDefault(plan.Intent.VolumeId));

    // The fence first: once it is open, nobody can go on with what was made under it. Then the policy: while it was Released, Delete would have
    // deleted the disk. The note last: without it a later run would not know whose the fence is.
    private async Task<bool> TakeBackAsync(SwapPlan plan, EbsPersistentVolume fenced, ClusterEbsVolume? made, bool isMarked, SwapNote note, CancellationToken cancellationToken)
    {
        EbsPersistentVolume open;
        try
        {
            if (await _fence.TakeBackAsync(plan, fenced, SwapManifest.ClaimOf(plan.Intent.Manifest), cancellationToken).ConfigureAwait(false) is not { } back) return false;
            open = back;
        }
        catch (EbsPvException failure)
        {
            _reporter.Warning($"FenceNotTakenBack: {plan.Intent.PersistentVolume} stays fenced. {failure.Message}");
            return false;
        }

        await _retiring.UndoAsync(plan, () => _disks.LeftAsync(plan, made, cancellationToken), isMarked, cancellationToken).ConfigureAwait(false);
        await _policy.GiveBackAsync(open, plan.Claim, cancellationToken).ConfigureAwait(false);
        await note.RemoveAsync(cancellationToken).ConfigureAwait(false);
        return true;
    }

    // What the next run of the same line may well get past.
    private static bool IsPassing(EbsPvException failure) =>
        failure.Kind is ErrorKind.Connection or ErrorKind.Service or ErrorKind.Throttled or ErrorKind.Timeout or ErrorKind.Authentication
        || failure.ErrorId is ErrorIds.PersistentVolumeConflict or ErrorIds.KubeObjectConflict;

    private static string Manifest(SwapPlan plan, ClusterEbsVolume volume) =>
        SwapManifest.WithVolume(plan.Intent.Manifest, volume.VolumeId!, volume.AvailabilityZone);

    private void Say(SwapPlan plan, string step) => _reporter.Verbose($"{plan.Intent.PersistentVolume}: {step}.");
}
