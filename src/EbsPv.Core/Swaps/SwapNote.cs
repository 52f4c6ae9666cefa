using EbsPv.Ports;

namespace EbsPv.Swaps;

/// <summary>Where the intent of a swap stands while it is under way. Several runs of the same line may be at it at once: the first to write says
/// which swap it is, and the others do that one.</summary>
/// <param name="former">The intent that stood there when the plan was made; null for none. The plan looked at it: it may be written over.</param>
internal abstract class SwapNote(SwapIntent? former)
{
    private readonly SwapIntent? _former = former;
    private SwapIntent? _known = former;
    private bool _isOfOthers;

    /// <summary>The note of a swap: on the claim, or beside a PersistentVolume that no claim has.</summary>
    public static async Task<SwapNote> ForAsync(SwapPlan plan, ICluster cluster, SwapWatches watches, TimeProvider time, CancellationToken cancellationToken)
    {
        var holder = new HolderNote(cluster, plan.Holder, plan.CurrentManifest, watches, time);
        if (plan.Claim is not { } claim) return holder;
        // Left from before the claim had it, a holder would be taken up by later lines: as a swap whose PersistentVolume is gone.
        await holder.RemoveAsync(cancellationToken).ConfigureAwait(false);
        return new ClaimNote(cluster, claim, watches, time);
    }

    /// <summary>Writes the intent, or its newest state, unless another run of the same line was faster.</summary>
    /// <returns>What is noted now: the intent, or what the other run noted for the same.</returns>
    /// <exception cref="Errors.EbsPvException">SwapUnderWay, when another swap is noted there; SwapConflict, when the note was taken away;
    /// ClaimGone.</exception>
    public async Task<SwapIntent> WriteAsync(SwapIntent intent, CancellationToken cancellationToken)
    {
        SwapIntent? standing = null;
        await PutAsync(intent, annotations => (standing = Standing(annotations, intent)) is not null, cancellationToken).ConfigureAwait(false);
        _known = standing ?? intent;
        _isOfOthers |= _known.Operation != intent.Operation;
        return _known;
    }

    /// <summary>What another run of the same line noted; null when nothing like it stands there.</summary>
    public async Task<SwapIntent?> JoinAsync(SwapIntent intent, CancellationToken cancellationToken)
    {
        var noted = await ReadAsync(intent, cancellationToken).ConfigureAwait(false) is { } annotations ? SwapIntent.In(annotations) : null;
        if (noted is null || !noted.IsSameAs(intent)) return null;
        _isOfOthers |= noted.Operation != intent.Operation;
        return _known = noted;
    }

    /// <summary>Takes the intent away, when it is still this swap's.</summary>
    public Task RemoveAsync(CancellationToken cancellationToken) =>
        _known is { } known ? DropAsync(annotations => SwapIntent.In(annotations)?.Operation != known.Operation, cancellationToken) : Task.CompletedTask;

    /// <summary>Takes back what this run wrote, since it comes to nothing: what stood there before it stands there again.</summary>
    public Task WithdrawAsync(CancellationToken cancellationToken)
    {
        if (_isOfOthers || _known is not { } known || known == _former) return Task.CompletedTask;
        return _former is null
            ? RemoveAsync(cancellationToken)
            : PutAsync(_former, annotations => SwapIntent.In(annotations)?.Operation != known.Operation, cancellationToken);
    }

    /// <summary>What the note is on, as errors name it.</summary>
    protected abstract string Place { get; }

    /// <summary>What stands there now; null when there is nothing that could hold a note.</summary>
    protected abstract Task<IReadOnlyDictionary<string, string>?> ReadAsync(SwapIntent intent, CancellationToken cancellationToken);

    /// <summary>Writes an intent, unless what stands there is as it should be.</summary>
    protected abstract Task PutAsync(SwapIntent intent, Func<IReadOnlyDictionary<string, string>, bool> isDone, CancellationToken cancellationToken);

    /// <summary>Takes away what is noted, unless something else is.</summary>
    protected abstract Task DropAsync(Func<IReadOnlyDictionary<string, string>, bool> isDone, CancellationToken cancellationToken);

    /// <summary>Whether a state that a watch told of shows the note as this run left it: it is no older then.</summary>
    protected bool IsCurrent(IReadOnlyDictionary<string, string> annotations) => _known is not null && SwapIntent.In(annotations) == _known;

    // Null: nothing that stays.
    private SwapIntent? Standing(IReadOnlyDictionary<string, string> annotations, SwapIntent intent)
    {
        if (SwapIntent.In(annotations) is not { } noted) return _known?.Operation == intent.Operation ? throw SwapErrors.NoteGone(intent, Place) : null;
        if (noted == _known && noted != intent) return null;
        return noted.IsSameAs(intent) ? noted : throw SwapErrors.UnderWay(noted, Place);
    }
}
