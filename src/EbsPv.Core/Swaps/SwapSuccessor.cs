using EbsPv.Errors;
using EbsPv.Ports;

namespace EbsPv.Swaps;

/// <summary>Puts the new PersistentVolume in the place of the old one, and proves that its claim has it.</summary>
internal sealed class SwapSuccessor(ICluster cluster, SwapWatches watches, SwapOptions options, TimeProvider time)
{
    private const int MaxPosts = 4;
    private static readonly TimeSpan PauseAfterLoss = TimeSpan.FromMilliseconds(200);

    /// <summary>The new PersistentVolume: Bound to the claim under the claim's own uid, or, without a claim, as it can be claimed.</summary>
    public async Task<EbsPersistentVolume> PutAsync(SwapPlan plan, string manifest, string volumeId, CancellationToken cancellationToken)
    {
        var created = await PostAsync(plan.Intent, manifest, volumeId, cancellationToken).ConfigureAwait(false);
        return await SettledAsync(plan, created, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>One that is there, once its claim has it.</summary>
    public async Task<EbsPersistentVolume> SettledAsync(SwapPlan plan, EbsPersistentVolume created, CancellationToken cancellationToken)
    {
        try
        {
            // The watch may still tell of the old one's end: what is not the new one says nothing of it.
            var settled = await watches.VolumeAsync(
                created, created.Name, newest => newest?.Uid == created.Uid && IsSettled(newest!, plan), options.StepTimeout, cancellationToken).ConfigureAwait(false);
            if (plan.Claim is { } claim) await BoundAsync(plan.Intent, claim, settled!, cancellationToken).ConfigureAwait(false);
            return settled!;
        }
        catch (TimeoutException)
        {
            throw SwapErrors.NotBound(plan.Intent, plan.Claim, options.StepTimeout);
        }
    }

    private async Task BoundAsync(SwapIntent intent, EbsPersistentVolumeClaim claim, EbsPersistentVolume volume, CancellationToken cancellationToken)
    {
        var bound = await watches.ClaimAsync(
            claim.Namespace, claim.Name, newest => newest is null || newest.Uid != claim.Uid || newest.Status is "Bound" or "Terminating", options.StepTimeout, cancellationToken).ConfigureAwait(false);
        if (bound is null || bound.Uid != claim.Uid || bound.VolumeName != volume.Name) throw SwapErrors.ClaimGone(claim, intent);
    }

    private static bool IsSettled(EbsPersistentVolume newest, SwapPlan plan) => plan.Claim is null ? newest.Status != "Pending" : newest.Status == "Bound";

    private async Task<EbsPersistentVolume> PostAsync(SwapIntent intent, string manifest, string volumeId, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await cluster.CreatePersistentVolumeAsync(manifest, CancellationToken.None).ConfigureAwait(false);
            }
            catch (EbsPvException taken) when (taken.Kind == ErrorKind.Conflict)
            {
                var there = await cluster.GetPersistentVolumeAsync(intent.PersistentVolume, cancellationToken).ConfigureAwait(false);
                if (there is not null) return IsOurs(there, intent, manifest, volumeId) ? there : throw SwapErrors.NameTaken(intent, there, volumeId);
                if (attempt == MaxPosts) throw;
            }
            catch (EbsPvException lost) when (lost.Kind is ErrorKind.Connection or ErrorKind.Service && attempt < MaxPosts)
            {
                // It may have arrived: posted again it is then a name that is taken, by us.
            }

            await Task.Delay(PauseAfterLoss * attempt, time, cancellationToken).ConfigureAwait(false);
        }
    }

    // A conversion keeps the disk: by that alone the old one, posted again, would be taken for the new one.
    private static bool IsOurs(EbsPersistentVolume there, SwapIntent intent, string manifest, string volumeId) =>
        there.VolumeId == volumeId && there.Status != "Terminating" && (intent.Kind != SwapKind.Convert || there.VolumeSource != VolumeSource.InTree)
        && (SwapManifest.ClaimOf(manifest) is not { } claim || (there.Claim == claim.ToString() && (claim.Uid is null || there.ClaimUid == claim.Uid)));
}
