using EbsPv.Ports;

namespace EbsPv.Swaps;

/// <summary>The note on a claim, which lives through the swap.</summary>
internal sealed class ClaimNote(ICluster cluster, EbsPersistentVolumeClaim claim, SwapWatches watches, TimeProvider time) : SwapNote(SwapIntent.In(claim.Annotations))
{
    private readonly EbsPersistentVolumeClaim _planned = claim;
    private EbsPersistentVolumeClaim _claim = claim;

    protected override string Place => _planned.ToString();

    protected override async Task<IReadOnlyDictionary<string, string>?> ReadAsync(SwapIntent intent, CancellationToken cancellationToken)
    {
        if (await cluster.GetClaimAsync(_planned.Namespace, _planned.Name, cancellationToken).ConfigureAwait(false) is not { } newest || newest.Uid != _planned.Uid) return null;
        return (_claim = newest).Annotations;
    }

    protected override async Task PutAsync(SwapIntent intent, Func<IReadOnlyDictionary<string, string>, bool> isDone, CancellationToken cancellationToken)
    {
        _claim = await ChangeAsync(IsWritten, intent.ToJson(), cancellationToken).ConfigureAwait(false) ?? throw SwapErrors.ClaimGone(_planned, intent);

        bool IsWritten(EbsPersistentVolumeClaim current) =>
            current.Uid == _planned.Uid && current.Status != "Terminating" ? isDone(current.Annotations) : throw SwapErrors.ClaimGone(_planned, intent);
    }

    protected override async Task DropAsync(Func<IReadOnlyDictionary<string, string>, bool> isDone, CancellationToken cancellationToken) =>
        _claim = await ChangeAsync(current => isDone(current.Annotations), null, cancellationToken).ConfigureAwait(false) ?? _claim;

    private Task<EbsPersistentVolumeClaim?> ChangeAsync(Func<EbsPersistentVolumeClaim, bool> isDone, string? text, CancellationToken cancellationToken)
    {
        var patch = new ClaimPatch { Annotations = new Dictionary<string, string?> { [SwapIntent.Annotation] = text } };
        // The controllers write on it in between: what they wrote is known where its end was waited for.
        var newest = watches.NewestClaim(_planned.Namespace, _planned.Name) is { } told && told.Uid == _planned.Uid && IsCurrent(told.Annotations) ? told : _claim;
        return new ConditionalChange<EbsPersistentVolumeClaim>(
            isDone,
            current => cluster.PatchClaimAsync(current, patch, CancellationToken.None),
            token => cluster.GetClaimAsync(_planned.Namespace, _planned.Name, token),
            time).ApplyAsync(newest, cancellationToken);
    }
}
