using EbsPv.PersistentVolumes;
using EbsPv.Ports;
using EbsPv.Volumes;

namespace EbsPv.Swaps;

/// <summary>
/// Keeps the copy that a move or restore is about to put in a disk's place from being registered by anybody else: the PersistentVolume would not
/// be what the old one was. The claims are listed once, and only when such a copy comes that no PersistentVolume stands for.
/// </summary>
internal sealed class UnfinishedCopies(ICluster cluster, ClusterFacts facts)
{
    private readonly object _gate = new();
    private Task<IReadOnlyList<NotedSwap>>? _noted;

    /// <summary>Refuses a volume that an unfinished swap has made, or is making, for itself.</summary>
    /// <exception cref="Errors.EbsPvException">SwapUnderWay; PermissionDenied, when nobody may see whether there is one.</exception>
    public async Task CheckAsync(VolumeToRegister volume, CancellationToken cancellationToken)
    {
        if (volume.Tags?.GetValueOrDefault(VolumeTags.Replaces) is not { } replaced) return;
        var noted = await NotedAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        if (noted.FirstOrDefault(one => one.Intent is null || one.Intent.VolumeId == replaced) is not { } swap) return;
        throw swap.Intent is { } intent ? SwapErrors.CopyUnderWay(volume.VolumeId!, intent) : SwapErrors.Unreadable(swap);
    }

    private Task<IReadOnlyList<NotedSwap>> NotedAsync()
    {
        lock (_gate) return _noted ??= ReadAsync();
    }

    private async Task<IReadOnlyList<NotedSwap>> ReadAsync()
    {
        var claims = await SwapsUnderWay.NotedClaimsAsync(cluster, CancellationToken.None).ConfigureAwait(false);
        var holders = facts.ByVolumeId.SelectMany(volumes => volumes).Where(SwapHolder.Is);
        return [.. claims.Select(NotedSwap.On).Concat(holders.Select(NotedSwap.On)).OfType<NotedSwap>()];
    }
}
