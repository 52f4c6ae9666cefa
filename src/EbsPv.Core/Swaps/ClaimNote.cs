using EbsPv.Ports;

namespace EbsPv.Swaps;

/// <summary>The note on a claim, which lives through the swap.</summary>
internal sealed class ClaimNote(ICluster cluster, EbsPersistentVolumeClaim claim, TimeProvider time) : ISwapNote
{
    private readonly EbsPersistentVolumeClaim _planned = claim;
    private EbsPersistentVolumeClaim _claim = claim;

    public async Task WriteAsync(SwapIntent intent, CancellationToken cancellationToken)
    {
        var text = intent.ToJson();
        _claim = await ChangeAsync(IsWritten, text, cancellationToken).ConfigureAwait(false) ?? throw SwapErrors.ClaimGone(_planned, intent);

        bool IsWritten(EbsPersistentVolumeClaim current)
        {
            if (current.Uid != _planned.Uid || current.Status == "Terminating") throw SwapErrors.ClaimGone(_planned, intent);
            if (SwapIntent.In(current.Annotations) is { } noted && noted.Operation != intent.Operation && noted.Operation != Known) throw SwapErrors.UnderWay(noted, _planned.ToString());
            return current.Annotations.GetValueOrDefault(SwapIntent.Annotation) == text;
        }
    }

    public async Task RemoveAsync(SwapIntent intent, CancellationToken cancellationToken)
    {
        var newest = await ChangeAsync(IsRemoved, null, cancellationToken).ConfigureAwait(false);
        if (newest is not null) _claim = newest;

        bool IsRemoved(EbsPersistentVolumeClaim current) => SwapIntent.In(current.Annotations)?.Operation != intent.Operation;
    }

    // What stood there when the plan was made may be written over: the plan looked at it.
    private string? Known => SwapIntent.In(_planned.Annotations)?.Operation;

    private Task<EbsPersistentVolumeClaim?> ChangeAsync(Func<EbsPersistentVolumeClaim, bool> isDone, string? text, CancellationToken cancellationToken)
    {
        var patch = new ClaimPatch { Annotations = new Dictionary<string, string?> { [SwapIntent.Annotation] = text } };
        return new ConditionalChange<EbsPersistentVolumeClaim>(
            isDone,
            current => cluster.PatchClaimAsync(current, patch, CancellationToken.None),
            token => cluster.GetClaimAsync(_planned.Namespace, _planned.Name, token),
            time).ApplyAsync(_claim, cancellationToken);
    }
}
