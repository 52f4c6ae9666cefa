using EbsPv.Errors;
using EbsPv.Ports;

namespace EbsPv.Swaps;

/// <summary>The note on the holder of a PersistentVolume that no claim has.</summary>
/// <param name="cluster">The cluster.</param>
/// <param name="holder">The holder, when an earlier run made it.</param>
/// <param name="current">What the server says of the PersistentVolume; null once it is gone, and then there is a holder.</param>
/// <param name="watches">What is waited for.</param>
/// <param name="time">The clock of the pauses.</param>
internal sealed class HolderNote(ICluster cluster, EbsPersistentVolume? holder, string? current, SwapWatches watches, TimeProvider time) : ISwapNote
{
    // It is nobody's and for nothing: that it is not gone yet is no failure.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly EbsPersistentVolume? _planned = holder;
    private EbsPersistentVolume? _holder = holder;

    public async Task WriteAsync(SwapIntent intent, CancellationToken cancellationToken)
    {
        _holder ??= await MakeAsync(intent, cancellationToken).ConfigureAwait(false);
        var text = intent.ToJson();
        var patch = new PersistentVolumePatch { Annotations = new Dictionary<string, string?> { [SwapIntent.Annotation] = text } };
        _holder = await new ConditionalChange<EbsPersistentVolume>(
            IsWritten,
            newest => cluster.PatchPersistentVolumeAsync(newest, patch, CancellationToken.None),
            token => cluster.GetPersistentVolumeAsync(SwapHolder.NameFor(intent.PersistentVolume), token),
            time).ApplyAsync(_holder, cancellationToken).ConfigureAwait(false) ?? throw SwapErrors.HolderGone(intent);

        bool IsWritten(EbsPersistentVolume newest)
        {
            if (SwapIntent.In(newest.Annotations) is { } noted && noted.Operation != intent.Operation && noted.Operation != Known()) throw SwapErrors.UnderWay(noted, newest.Name);
            return newest.Annotations.GetValueOrDefault(SwapIntent.Annotation) == text;
        }
    }

    public async Task RemoveAsync(SwapIntent intent, CancellationToken cancellationToken)
    {
        if (_holder is null) return;
        var name = SwapHolder.NameFor(intent.PersistentVolume);
        var going = await new ConditionalChange<EbsPersistentVolume>(IsNotOurs, DeleteAsync, token => cluster.GetPersistentVolumeAsync(name, token), time)
            .ApplyAsync(_holder, cancellationToken).ConfigureAwait(false);
        if (going is { Status: "Terminating" }) await GoneAsync(going, cancellationToken).ConfigureAwait(false);

        bool IsNotOurs(EbsPersistentVolume newest) => newest.Status == "Terminating" || SwapIntent.In(newest.Annotations)?.Operation != intent.Operation;

        async Task<EbsPersistentVolume> DeleteAsync(EbsPersistentVolume newest)
        {
            await cluster.DeletePersistentVolumeAsync(newest, CancellationToken.None).ConfigureAwait(false);
            return newest with { Status = "Terminating" };
        }
    }

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

    private string? Known() => _planned is null ? null : SwapIntent.In(_planned.Annotations)?.Operation;

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
                if (there is null) await Task.Delay(TimeSpan.FromMilliseconds(200 * attempt), time, cancellationToken).ConfigureAwait(false);
                else return SwapHolder.Is(there) ? there : throw SwapErrors.HolderNameTaken(intent, there);
            }
        }
    }
}
