using EbsPv.Errors;
using EbsPv.Ports;

namespace EbsPv.Swaps;

/// <summary>Gives a PersistentVolume the policy back that <see cref="RetainKeeper"/> noted, once its claim has it, and not before: of one that is
/// Released with the policy Delete the CSI driver deletes the disk, and it asks for nothing else.</summary>
/// <remarks>Source: shouldDelete of sig-storage-lib-external-provisioner.</remarks>
internal sealed class PolicyReturn(ICluster cluster, SwapWatches watches, TimeSpan timeout, IReporter reporter, TimeProvider time)
{
    /// <summary>The PersistentVolume that takes the place of another, with the other's policy where a claim has it; else it keeps Retain for good.</summary>
    public async Task<EbsPersistentVolume> SettleAsync(EbsPersistentVolume created, EbsPersistentVolumeClaim? claim, CancellationToken cancellationToken)
    {
        // The wait for its claim has just told of it.
        var (volume, kept) = await ReturnAsync(created, claim, () => Task.FromResult(claim is null ? null : watches.NewestClaim(claim.Namespace, claim.Name)), cancellationToken).ConfigureAwait(false);
        if (kept is null) return volume;
        SayKept(created, kept);
        return await ForgetAsync(volume, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>One that was given back. What fails here is told, and is no danger to the data.</summary>
    public async Task GiveBackAsync(EbsPersistentVolume open, EbsPersistentVolumeClaim? claim, CancellationToken cancellationToken)
    {
        try
        {
            var (_, kept) = await ReturnAsync(open, claim, () => cluster.GetClaimAsync(claim!.Namespace, claim.Name, cancellationToken), cancellationToken).ConfigureAwait(false);
            if (kept is not null) SayKept(open, kept);
        }
        catch (EbsPvException failure)
        {
            SayKept(open, failure.Message.TrimEnd('.'));
        }
    }

    // With why it keeps Retain; null where it has the policy that it had, or had no other.
    private async Task<(EbsPersistentVolume Volume, string? Kept)> ReturnAsync(
        EbsPersistentVolume volume, EbsPersistentVolumeClaim? claim, Func<Task<EbsPersistentVolumeClaim?>> newestClaim, CancellationToken cancellationToken)
    {
        if (volume.Annotations.GetValueOrDefault(SwapIntent.PolicyAnnotation) is not { } policy || policy == RetainKeeper.Retain) return (volume, null);
        if (claim is null && volume.ClaimUid is not null) return (volume, "no claim has it");
        if (claim is not null && (await newestClaim().ConfigureAwait(false) is not { Status: not "Terminating" } living || living.Uid != claim.Uid)) return (volume, $"its claim {claim} is gone, or is being deleted");
        try
        {
            var had = await watches.VolumeAsync(volume, volume.Name, newest => newest?.Uid != volume.Uid || IsHad(newest!), timeout, cancellationToken).ConfigureAwait(false);
            if (had is null || had.Uid != volume.Uid) return (volume, "it was deleted, or made anew, meanwhile");
            var back = await new ConditionalChange<EbsPersistentVolume>(IsDone, ChangeAsync, token => cluster.GetPersistentVolumeAsync(volume.Name, token), time)
                .ApplyAsync(had, cancellationToken).ConfigureAwait(false);
            return back is not null && back.ReclaimPolicy == policy ? (back, null) : (back ?? volume, "it was changed meanwhile");
        }
        catch (TimeoutException)
        {
            return (volume, claim is null ? $"it is not Available after {timeout.TotalSeconds:0} seconds" : $"it is not Bound to {claim} after {timeout.TotalSeconds:0} seconds");
        }

        // Looked at again at each attempt, and the change is made on the condition that it is still so.
        bool IsHad(EbsPersistentVolume current) =>
            claim is null ? current is { Status: "Available", ClaimUid: null } : current.Status == "Bound" && current.ClaimUid == claim.Uid;

        bool IsDone(EbsPersistentVolume current) =>
            current.Uid != volume.Uid || !IsHad(current) || current.ReclaimPolicy == policy || !current.Annotations.ContainsKey(SwapIntent.PolicyAnnotation);

        Task<EbsPersistentVolume> ChangeAsync(EbsPersistentVolume current) => cluster.PatchPersistentVolumeAsync(current, Noting(policy, null), CancellationToken.None);
    }

    // The note of a policy that does not come back: another swap must not find it.
    private async Task<EbsPersistentVolume> ForgetAsync(EbsPersistentVolume volume, CancellationToken cancellationToken) =>
        await new ConditionalChange<EbsPersistentVolume>(
            current => current.Uid != volume.Uid || !current.Annotations.ContainsKey(SwapIntent.PolicyAnnotation),
            current => cluster.PatchPersistentVolumeAsync(current, Noting(null, null), CancellationToken.None),
            token => cluster.GetPersistentVolumeAsync(volume.Name, token),
            time).ApplyAsync(volume, cancellationToken).ConfigureAwait(false) ?? volume;

    private static PersistentVolumePatch Noting(string? policy, string? noted) =>
        new() { ReclaimPolicy = policy, Annotations = new Dictionary<string, string?> { [SwapIntent.PolicyAnnotation] = noted } };

    private void SayKept(EbsPersistentVolume volume, string why)
    {
        var policy = volume.Annotations[SwapIntent.PolicyAnnotation];
        reporter.Warning($"ReclaimPolicyKept: the PersistentVolume {volume.Name} has the reclaim policy Retain, and not {policy} as before: {why}, and with {policy} its disk could be deleted. "
            + $"When a claim has it: kubectl patch pv {volume.Name} -p '{{\"spec\":{{\"persistentVolumeReclaimPolicy\":\"{policy}\"}}}}'.");
    }
}
