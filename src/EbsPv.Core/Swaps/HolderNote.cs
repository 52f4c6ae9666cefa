using EbsPv.Errors;
using EbsPv.Ports;

namespace EbsPv.Swaps;

/// <summary>The note on the holder of a PersistentVolume that no claim has.</summary>
/// <param name="cluster">The cluster.</param>
/// <param name="holder">The holder, when an earlier run made it.</param>
/// <param name="current">What the server says of the PersistentVolume; null once it is gone, and then there is a holder.</param>
/// <param name="watches">What is waited for.</param>
/// <param name="time">The clock of the pauses.</param>
internal sealed class HolderNote(ICluster cluster, EbsPersistentVolume? holder, string? current, SwapWatches watches, TimeProvider time)
    : SwapNote(holder is null ? null : SwapIntent.In(holder.Annotations))
{
    // It is nobody's and for nothing: that it is not gone yet is no failure.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private EbsPersistentVolume? _holder = holder;

    protected override string Place => _holder?.Name ?? "its holder";

    protected override async Task<IReadOnlyDictionary<string, string>?> ReadAsync(SwapIntent intent, CancellationToken cancellationToken)
    {
        if (await cluster.GetPersistentVolumeAsync(SwapHolder.NameFor(intent.PersistentVolume), cancellationToken).ConfigureAwait(false) is not { } newest || !SwapHolder.Is(newest)) return null;
        return (_holder = newest).Annotations;
    }

    protected override async Task PutAsync(SwapIntent intent, Func<IReadOnlyDictionary<string, string>, bool> isDone, CancellationToken cancellationToken)
    {
        _holder ??= await MakeAsync(intent, cancellationToken).ConfigureAwait(false);
        var patch = new PersistentVolumePatch { Annotations = new Dictionary<string, string?> { [SwapIntent.Annotation] = intent.ToJson() } };
        _holder = await new ConditionalChange<EbsPersistentVolume>(
            newest => isDone(newest.Annotations),
            newest => cluster.PatchPersistentVolumeAsync(newest, patch, CancellationToken.None),
            token => cluster.GetPersistentVolumeAsync(_holder.Name, token),
            time).ApplyAsync(Newest(_holder), cancellationToken).ConfigureAwait(false) ?? throw SwapErrors.NoteGone(intent, SwapHolder.NameFor(intent.PersistentVolume));
    }

    protected override async Task DropAsync(Func<IReadOnlyDictionary<string, string>, bool> isDone, CancellationToken cancellationToken)
    {
        if (_holder is null) return;
        var going = await new ConditionalChange<EbsPersistentVolume>(IsGoing, DeleteAsync, token => cluster.GetPersistentVolumeAsync(_holder.Name, token), time)
            .ApplyAsync(Newest(_holder), cancellationToken).ConfigureAwait(false);
        if (going is { Status: "Terminating" }) await GoneAsync(going, cancellationToken).ConfigureAwait(false);

        bool IsGoing(EbsPersistentVolume newest) => newest.Status == "Terminating" || isDone(newest.Annotations);

        async Task<EbsPersistentVolume> DeleteAsync(EbsPersistentVolume newest)
        {
            await cluster.DeletePersistentVolumeAsync(newest, CancellationToken.None).ConfigureAwait(false);
            return newest with { Status = "Terminating" };
        }
    }

    // The controllers write on it in between.
    private EbsPersistentVolume Newest(EbsPersistentVolume known) =>
        watches.Newest(known.Name) is { } told && told.Uid == known.Uid && IsCurrent(told.Annotations) ? told : known;

    private async Task GoneAsync(EbsPersistentVolume going, CancellationToken cancellationToken)
    {
        try
        {
            await watches.VolumeAsync(going, going.Name, newest => newest?.Uid != going.Uid, Patience, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // Its protection controller takes it away in its own time.
        }
    }

    private async Task<EbsPersistentVolume> MakeAsync(SwapIntent intent, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await cluster.CreatePersistentVolumeAsync(SwapHolder.Manifest(intent, current!), CancellationToken.None).ConfigureAwait(false);
            }
            catch (EbsPvException taken) when (taken.Kind is ErrorKind.Conflict or ErrorKind.Connection or ErrorKind.Service && attempt < 4)
            {
                var there = await cluster.GetPersistentVolumeAsync(SwapHolder.NameFor(intent.PersistentVolume), cancellationToken).ConfigureAwait(false);
                if (there is null or { Status: "Terminating" }) await Task.Delay(TimeSpan.FromMilliseconds(200 * attempt), time, cancellationToken).ConfigureAwait(false);
                else return SwapHolder.Is(there) ? there : throw SwapErrors.HolderNameTaken(intent, there);
            }
        }
    }
}
