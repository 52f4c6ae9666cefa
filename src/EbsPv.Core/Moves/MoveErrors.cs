using EbsPv.Errors;
using EbsPv.Swaps;

namespace EbsPv.Moves;

/// <summary>Refusals that concern several PersistentVolumes.</summary>
internal static class MoveErrors
{
    public static EbsPvException Split(SwapSubject subject, IReadOnlyList<EbsPersistentVolume> left, IReadOnlyDictionary<string, EbsPvException> refusals, MoveRequest request)
    {
        var names = string.Join(", ", left.Select(volume => $"{volume.Name} ({volume.Claim}, {volume.AvailabilityZone ?? "zone unknown"})"));
        var refused = left.Where(volume => refusals.ContainsKey(volume.Name)).Select(volume => volume.Name).ToList();
        return new EbsPvException(
            ErrorKind.InvalidState,
            ErrorIds.VolumesUsedTogether,
            $"The PersistentVolume {subject.Name} ({subject.Claim}) is not moved alone: its pods use {names} as well, and a pod runs in one zone.")
        {
            Target = subject.Name,
            RecommendedAction = refused.Count > 0
                ? $"See the error of {string.Join(", ", refused)} first; move all of them in one line."
                : $"Move them in one line: Get-EbsPersistentVolume {string.Join(", ", left.Select(volume => volume.Name).Prepend(subject.Name))} | Move-EbsPersistentVolume -DestinationZone {request.DestinationZone}{(request.FromLatestSnapshot ? " -FromLatestSnapshot" : "")}, or consent with -AllowSplit.",
        };
    }
}
