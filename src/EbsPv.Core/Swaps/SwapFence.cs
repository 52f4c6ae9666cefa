using EbsPv.PersistentVolumes;
using EbsPv.Ports;

namespace EbsPv.Swaps;

/// <summary>
/// Keeps everybody off a PersistentVolume while its disk is replaced: its claim reference names a claim that does not exist, so that it is
/// Released and its claim Lost, and no scheduler sends a pod to a Lost claim. The claim itself is not touched.
/// </summary>
/// <remarks>Source: tried on Kubernetes 1.20 and 1.36; the controllers notice at their next look, 15 seconds apart.</remarks>
internal sealed class SwapFence(ICluster cluster, SwapWatches watches, SwapOptions options, TimeProvider time)
{
    /// <summary>Fences it; null when it is gone.</summary>
    /// <param name="plan">The swap.</param>
    /// <param name="planned">The PersistentVolume as the swap was planned for it.</param>
    /// <param name="old">The same one as it was seen last: a claim may have got it in between.</param>
    /// <param name="cancellationToken">Ends the wait between attempts.</param>
    /// <exception cref="Errors.EbsPvException">SwapConflict: it is not as it was planned to be replaced, and was not fenced.</exception>
    public async Task<EbsPersistentVolume?> CloseAsync(SwapPlan plan, EbsPersistentVolume planned, EbsPersistentVolume old, CancellationToken cancellationToken)
    {
        var intent = plan.Intent;
        // Another run of the same line that has begun to copy has closed it since it was listed.
        var newest = intent.SnapshotBegun is null || old.ClaimUid == intent.Operation ? old : await cluster.GetPersistentVolumeAsync(old.Name, cancellationToken).ConfigureAwait(false);
        if (newest is null) return null;
        var dummy = (ClaimReference.Of(planned) ?? SwapHolder.Fence(intent.Operation)) with { Uid = intent.Operation };
        var patch = new PersistentVolumePatch { Claim = dummy };
        return await new ConditionalChange<EbsPersistentVolume>(
            IsFenced, current => cluster.PatchPersistentVolumeAsync(current, patch, CancellationToken.None), ReadAsync(old.Name), time).ApplyAsync(newest, cancellationToken).ConfigureAwait(false);

        bool IsFenced(EbsPersistentVolume current)
        {
            if (current.Uid != intent.PersistentVolumeUid) throw SwapErrors.OldChanged(intent, current);
            if (current.ClaimUid == intent.Operation) return true;
            // What is copied is copied under the fence: open since then, it has let pods in.
            if (intent.SnapshotBegun is not null || current.Claim != planned.Claim || current.ClaimUid != planned.ClaimUid) throw SwapErrors.OldChanged(intent, current);
            // Behind the fence it is Released: with another policy its disk would be deleted there and then.
            return current.ReclaimPolicy == RetainKeeper.Retain ? false : throw SwapErrors.OldChanged(intent, current);
        }
    }

    /// <summary>A fenced one, once the cluster's controllers have noticed; null when it is gone meanwhile.</summary>
    /// <exception cref="Errors.EbsPvException">SwapConflict, FenceTimedOut, ClaimGone.</exception>
    public async Task<EbsPersistentVolume?> NoticedAsync(SwapPlan plan, EbsPersistentVolume fenced, CancellationToken cancellationToken)
    {
        var intent = plan.Intent;
        var released = await WaitAsync(
            () => watches.VolumeAsync(fenced, fenced.Name, newest => newest is null || newest.Uid != fenced.Uid || (newest.ClaimUid == intent.Operation && newest.Status is "Released" or "Terminating"), options.StepTimeout, cancellationToken),
            intent,
            "the PersistentVolume is not Released").ConfigureAwait(false);
        if (released is null) return null;
        if (released.Uid != fenced.Uid) throw SwapErrors.OldChanged(intent, released);
        return plan.Claim is not { } claim || await IsLostAsync(claim, released, intent, cancellationToken).ConfigureAwait(false) ? released : null;
    }

    /// <summary>Gives it back to its claim; null when that cannot be done any more, because it is being deleted or was changed. Its policy stays Retain:
    /// for a moment it is Released still.</summary>
    /// <param name="plan">The swap.</param>
    /// <param name="fenced">The fenced PersistentVolume.</param>
    /// <param name="before">The claim that it had; null for none.</param>
    /// <param name="cancellationToken">Ends the wait between attempts.</param>
    public async Task<EbsPersistentVolume?> TakeBackAsync(SwapPlan plan, EbsPersistentVolume fenced, ClaimReference? before, CancellationToken cancellationToken)
    {
        var intent = plan.Intent;
        var patch = new PersistentVolumePatch { Claim = before, DropsClaim = before is null };
        var mine = true;
        var back = await new ConditionalChange<EbsPersistentVolume>(
            IsBack, current => cluster.PatchPersistentVolumeAsync(current, patch, CancellationToken.None), ReadAsync(fenced.Name), time).ApplyAsync(fenced, cancellationToken).ConfigureAwait(false);
        return mine ? back : null;

        bool IsBack(EbsPersistentVolume current)
        {
            mine = current.Uid == intent.PersistentVolumeUid && current.Status != "Terminating";
            return !mine || current.ClaimUid != intent.Operation;
        }
    }

    /// <summary>Deletes a fenced PersistentVolume, which nothing holds any more, and returns when it is gone.</summary>
    /// <exception cref="TimeoutException">It is not gone in time.</exception>
    public async Task DeleteAsync(SwapPlan plan, EbsPersistentVolume fenced, CancellationToken cancellationToken)
    {
        var intent = plan.Intent;
        var last = await new ConditionalChange<EbsPersistentVolume>(IsGoing, AskAsync, ReadAsync(fenced.Name), time).ApplyAsync(fenced, cancellationToken).ConfigureAwait(false);
        if (last is null || last.Uid != fenced.Uid) return;
        await watches.VolumeAsync(last, fenced.Name, newest => newest?.Uid != fenced.Uid, options.StepTimeout, cancellationToken).ConfigureAwait(false);

        bool IsGoing(EbsPersistentVolume current)
        {
            if (current.Uid != intent.PersistentVolumeUid || current.Status == "Terminating") return true;
            // Deleted with another policy its disk would be deleted, too.
            return current.ClaimUid == intent.Operation && current.ReclaimPolicy == "Retain" ? false : throw SwapErrors.OldChanged(intent, current);
        }

        async Task<EbsPersistentVolume> AskAsync(EbsPersistentVolume current)
        {
            await cluster.DeletePersistentVolumeAsync(current, CancellationToken.None).ConfigureAwait(false);
            return current with { Status = "Terminating" };
        }
    }

    // False: another run of the same line is further, and the claim is Lost no longer, or for another reason.
    private async Task<bool> IsLostAsync(EbsPersistentVolumeClaim claim, EbsPersistentVolume fenced, SwapIntent intent, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var losing = WaitAsync(
            () => watches.ClaimAsync(claim.Namespace, claim.Name, newest => newest is null || newest.Uid != claim.Uid || newest.Status is "Lost" or "Terminating", options.StepTimeout, over.Token),
            intent,
            $"the claim {claim} is not Lost");
        var going = watches.VolumeAsync(fenced, fenced.Name, newest => newest?.Uid != fenced.Uid, options.StepTimeout, over.Token);
        var first = await Task.WhenAny(losing, going).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
        if (first == going && going.IsCompletedSuccessfully) return false;
        var lost = await losing.ConfigureAwait(false);
        return lost is { Status: "Lost" } && lost.Uid == claim.Uid ? true : throw SwapErrors.ClaimGone(claim, intent);
    }

    private Func<CancellationToken, Task<EbsPersistentVolume?>> ReadAsync(string name) => token => cluster.GetPersistentVolumeAsync(name, token);

    private async Task<T> WaitAsync<T>(Func<Task<T>> wait, SwapIntent intent, string what)
    {
        try
        {
            return await wait().ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw SwapErrors.FenceTimedOut(intent, what, options.StepTimeout);
        }
    }
}
