using EbsPv.Errors;
using EbsPv.Ports;
using EbsPv.Swaps;

namespace EbsPv.Unregistration;

/// <summary>Keeps PersistentVolumes that a move, restore or conversion has not finished with: whoever removes one takes the data from under it.</summary>
/// <param name="cluster">The cluster.</param>
/// <param name="all">Its PersistentVolumes, holders among them.</param>
public sealed class UnregistrationGuard(ICluster cluster, IReadOnlyList<EbsPersistentVolume> all)
{
    private readonly SwapsUnderWay _holders = new([], all);
    private SwapsUnderWay? _claims;

    /// <summary>Refuses one that is in the middle of a swap, or that a claim has. The claims are listed once, and only when one comes that
    /// a claim has had, or that is fenced as if.</summary>
    /// <exception cref="EbsPvException">SwapUnderWay, PersistentVolumeBound, and what the API server refuses: without the claims nobody knows.</exception>
    public async Task CheckAsync(EbsPersistentVolume volume, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(volume);
        // A holder that the controllers have not seen yet looks like one that is being bound.
        if (_holders.Of(volume) is { } held) throw SwapErrors.VolumeUnderWay(volume, held);
        UnregistrationRules.CheckUnbound(volume);
        if (await OnClaimAsync(volume, cancellationToken).ConfigureAwait(false) is { } noted) throw SwapErrors.VolumeUnderWay(volume, noted);
    }

    private async Task<NotedSwap?> OnClaimAsync(EbsPersistentVolume volume, CancellationToken cancellationToken)
    {
        if (volume.Claim is null) return null;
        _claims ??= new SwapsUnderWay(await SwapsUnderWay.NotedClaimsAsync(cluster, cancellationToken).ConfigureAwait(false), []);
        return _claims.Of(volume);
    }
}
