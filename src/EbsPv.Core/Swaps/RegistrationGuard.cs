using EbsPv.Errors;
using EbsPv.PersistentVolumes;
using EbsPv.Ports;
using EbsPv.Volumes;

namespace EbsPv.Swaps;

/// <summary>
/// Keeps disks from being registered that the cluster itself knows to be another PersistentVolume's business: those that an unfinished move,
/// restore or conversion names, and those that one has replaced. The claims are listed once, and only when a volume comes that no
/// PersistentVolume stands for.
/// </summary>
internal sealed class RegistrationGuard(ICluster cluster, ClusterFacts facts, IReporter? reporter)
{
    private readonly object _gate = new();
    private readonly Lazy<Dictionary<string, EbsPersistentVolume>> _successors = new(() => Successors(facts));
    private Task<(SwapsUnderWay Swaps, EbsPvException? Denial)>? _swaps;

    /// <summary>Refuses a volume that would be registered a second time, or in the wrong place.</summary>
    /// <exception cref="EbsPvException">SwapUnderWay, VolumeRetired; PermissionDenied, when it is a copy and nobody may see whose.</exception>
    public async Task CheckAsync(VolumeToRegister volume, CancellationToken cancellationToken)
    {
        var volumeId = volume.VolumeId!;
        if (_successors.Value.TryGetValue(volumeId, out var successor)) throw Replaced(volumeId, successor);
        var (swaps, denial) = await SwapsAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        // Of a copy it must be known; of others it is for a moment only that it matters.
        if (denial is not null && volume.Tags?.ContainsKey(VolumeTags.Replaces) == true) throw denial;
        if (swaps.Of(volumeId, volume.Tags) is { } swap) throw SwapErrors.DiskUnderWay(volumeId, swap, "was not registered");
        if (volume.IsSwapping) throw Stale(volumeId);
        if (volume.Tags?.GetValueOrDefault(VolumeTags.Replaces) is { } original && facts.ByVolumeId[original].FirstOrDefault(one => !SwapHolder.Is(one)) is { } there)
            throw Copy(volumeId, original, there);
    }

    // Also of a volume of which nothing but its id is known.
    private static Dictionary<string, EbsPersistentVolume> Successors(ClusterFacts facts)
    {
        var successors = new Dictionary<string, EbsPersistentVolume>(StringComparer.Ordinal);
        foreach (var volume in facts.ByVolumeId.SelectMany(volumes => volumes))
            foreach (var former in volume.Annotations.GetValueOrDefault(SwapManifest.ReplacesAnnotation)?.Split(' ') ?? [])
                successors.TryAdd(former, volume);
        return successors;
    }

    private Task<(SwapsUnderWay Swaps, EbsPvException? Denial)> SwapsAsync()
    {
        lock (_gate) return _swaps ??= ReadAsync();
    }

    private async Task<(SwapsUnderWay Swaps, EbsPvException? Denial)> ReadAsync()
    {
        var holders = facts.ByVolumeId.SelectMany(volumes => volumes).Where(SwapHolder.Is).ToList();
        try
        {
            return (new SwapsUnderWay(await SwapsUnderWay.NotedClaimsAsync(cluster, CancellationToken.None).ConfigureAwait(false), holders), null);
        }
        catch (EbsPvException denied) when (denied.Kind == ErrorKind.PermissionDenied)
        {
            reporter?.Warning($"SwapsUnknown: {denied.Message} Whether a move, restore or conversion is not finished with one of the volumes stays unchecked.");
            return (new SwapsUnderWay([], holders), denied);
        }
    }

    // Without its tags nothing shows whether it came to be the new disk, or was given up.
    private static EbsPvException Stale(string volumeId) => new(
        ErrorKind.Conflict, ErrorIds.SwapUnderWay, $"A move, restore or conversion was not finished with the volume {volumeId} when the report was made, and is noted no more. It was not registered.")
    {
        Target = volumeId,
        RecommendedAction = $"Read the volume again: Get-ClusterEbsVolume -VolumeId {volumeId} -Unregistered | Register-EbsPersistentVolume.",
    };

    // Given up where the tags could not be written, or its original was put back: two disks with one set of data.
    private static EbsPvException Copy(string volumeId, string original, EbsPersistentVolume there) => new(
        ErrorKind.InvalidState, ErrorIds.VolumeRetired, $"The volume {volumeId} is a copy that was to take the place of {original}, which the PersistentVolume {there.Name} stands for. It was not registered.")
    {
        Target = volumeId,
        RecommendedAction = $"Look at the data of both. If this one's is to be used: Unregister-EbsPersistentVolume {there.Name} first; if nobody needs it: Remove-ClusterEbsVolume {volumeId}.",
    };

    private static EbsPvException Replaced(string volumeId, EbsPersistentVolume successor) => new(
        ErrorKind.InvalidState, ErrorIds.VolumeRetired, $"The volume {volumeId} was replaced by {successor.VolumeId}, which the PersistentVolume {successor.Name} stands for, and is not registered.")
    {
        Target = volumeId,
        RecommendedAction = "Its successor is registered. When nobody misses what is on this one: Get-ClusterEbsVolume -Retired | Remove-ClusterEbsVolume, which keeps a final snapshot.",
    };
}
