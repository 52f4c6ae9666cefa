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
    /// <summary>Fences it, and returns once the cluster's controllers have noticed.</summary>
    public async Task<EbsPersistentVolume> CloseAsync(SwapPlan plan, EbsPersistentVolume old, CancellationToken cancellationToken)
    {
        var intent = plan.Intent;
        var dummy = (ClaimReference.Of(old) ?? SwapHolder.Fence(intent.Operation)) with { Uid = intent.Operation };
        var fenced = await ChangeAsync(old, IsFenced, new PersistentVolumePatch { Claim = dummy }, intent, cancellationToken).ConfigureAwait(false);
        var released = await WaitAsync(
            () => watches.VolumeAsync(fenced, fenced.Name, newest => newest is null || newest.Uid != fenced.Uid || (newest.ClaimUid == intent.Operation && newest.Status is "Released" or "Terminating"), options.StepTimeout, cancellationToken),
            intent,
            "the PersistentVolume is not Released").ConfigureAwait(false);
        if (released is null || released.Uid != fenced.Uid) throw SwapErrors.OldGone(intent);
        if (plan.Claim is { } claim) await LostAsync(claim, intent, cancellationToken).ConfigureAwait(false);
        return released;

        bool IsFenced(EbsPersistentVolume current)
        {
            if (current.Uid != intent.PersistentVolumeUid) throw SwapErrors.OldChanged(intent, current);
            if (current.ClaimUid == intent.Operation) return true;
            if (current.Claim != old.Claim || current.ClaimUid != old.ClaimUid) throw SwapErrors.OldChanged(intent, current);
            return false;
        }
    }

    /// <summary>Gives it back to its claim as it was; false when that cannot be done any more, because it is being deleted or was changed.</summary>
    /// <param name="plan">The swap.</param>
    /// <param name="fenced">The fenced PersistentVolume.</param>
    /// <param name="before">The claim that it had; null for none.</param>
    /// <param name="cancellationToken">Ends the wait between attempts.</param>
    public async Task<bool> TakeBackAsync(SwapPlan plan, EbsPersistentVolume fenced, ClaimReference? before, CancellationToken cancellationToken)
    {
        var intent = plan.Intent;
        var policy = fenced.Annotations.GetValueOrDefault(SwapIntent.PolicyAnnotation);
        var patch = new PersistentVolumePatch
        {
            Claim = before,
            DropsClaim = before is null,
            ReclaimPolicy = policy,
            Annotations = policy is null ? new Dictionary<string, string?>() : new Dictionary<string, string?> { [SwapIntent.PolicyAnnotation] = null },
        };
        var mine = true;
        var back = await new ConditionalChange<EbsPersistentVolume>(
            IsBack, current => cluster.PatchPersistentVolumeAsync(current, patch, CancellationToken.None), ReadAsync(fenced.Name), time).ApplyAsync(fenced, cancellationToken).ConfigureAwait(false);
        return back is not null && mine;

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
            return current.ClaimUid == intent.Operation ? false : throw SwapErrors.OldChanged(intent, current);
        }

        async Task<EbsPersistentVolume> AskAsync(EbsPersistentVolume current)
        {
            await cluster.DeletePersistentVolumeAsync(current, CancellationToken.None).ConfigureAwait(false);
            return current with { Status = "Terminating" };
        }
    }

    private async Task LostAsync(EbsPersistentVolumeClaim claim, SwapIntent intent, CancellationToken cancellationToken)
    {
        var lost = await WaitAsync(
            () => watches.ClaimAsync(claim.Namespace, claim.Name, newest => newest is null || newest.Uid != claim.Uid || newest.Status is "Lost" or "Terminating", options.StepTimeout, cancellationToken),
            intent,
            $"the claim {claim} is not Lost").ConfigureAwait(false);
        if (lost is not { Status: "Lost" } || lost.Uid != claim.Uid) throw SwapErrors.ClaimGone(claim, intent);
    }

    private async Task<EbsPersistentVolume> ChangeAsync(
        EbsPersistentVolume current, Func<EbsPersistentVolume, bool> isDone, PersistentVolumePatch patch, SwapIntent intent, CancellationToken cancellationToken) =>
        await new ConditionalChange<EbsPersistentVolume>(
            isDone, newest => cluster.PatchPersistentVolumeAsync(newest, patch, CancellationToken.None), ReadAsync(current.Name), time).ApplyAsync(current, cancellationToken).ConfigureAwait(false)
        ?? throw SwapErrors.OldGone(intent);

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
