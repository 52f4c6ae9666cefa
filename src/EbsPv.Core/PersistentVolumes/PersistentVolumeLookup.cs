using EbsPv.Defaults;
using EbsPv.Errors;

namespace EbsPv.PersistentVolumes;

/// <summary>Finds the PersistentVolume that is meant, and refuses what could be meant in two ways. It makes no call.</summary>
public static class PersistentVolumeLookup
{
    /// <summary>The PersistentVolume; null when the volume has none any more, or has none yet.</summary>
    /// <exception cref="EbsPvException">PersistentVolumeNotFound, PersistentVolumeConflict.</exception>
    public static EbsPersistentVolume? Find(WantedPersistentVolume wanted, IReadOnlyList<EbsPersistentVolume> all, string context)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        ArgumentNullException.ThrowIfNull(all);
        var found = wanted.VolumeId is null ? ByName(wanted, all, context) : ByVolume(wanted, all);
        if (found is not null && wanted.Uid is { } uid && found.Uid != uid)
            throw Conflict(wanted, $"The PersistentVolume {found.Name} is not the one that was read: it was deleted and made anew meanwhile.", "Read it again: Get-EbsPersistentVolume.");
        return found;
    }

    private static EbsPersistentVolume? ByVolume(WantedPersistentVolume wanted, IReadOnlyList<EbsPersistentVolume> all)
    {
        var found = all.Where(volume => volume.VolumeId == wanted.VolumeId).ToList();
        if (wanted.Name is { } name)
        {
            if (found.Find(volume => volume.Name == name) is { } both) return both;
            if (all.FirstOrDefault(volume => volume.Name == name) is { } other)
                throw Conflict(wanted, $"The PersistentVolume {name} stands for {other.VolumeId}, not for {wanted.VolumeId}; it was left alone.", "Read it again: Get-EbsPersistentVolume.");
            if (found.Count > 0)
                throw Conflict(wanted, $"There is no PersistentVolume {Escaped.Text(name)}; {wanted.VolumeId} is registered as {string.Join(" and ", found)}, which was left alone.", "Read it again: Get-EbsPersistentVolume.");
            return null;
        }

        if (found.Count < 2) return found.FirstOrDefault();
        throw Conflict(wanted, $"{wanted.VolumeId} is registered as {string.Join(" and ", found.Select(volume => volume.Name).Order(StringComparer.Ordinal))}: it is not known which one is meant.", "Give the name of one of them in place of the volume.");
    }

    private static EbsPersistentVolume ByName(WantedPersistentVolume wanted, IReadOnlyList<EbsPersistentVolume> all, string context) =>
        all.FirstOrDefault(volume => volume.Name == wanted.Name) ?? throw new EbsPvException(
            ErrorKind.NotFound,
            ErrorIds.PersistentVolumeNotFound,
            $"The cluster behind the kube context '{context}' has no EBS-backed PersistentVolume '{Escaped.Text(wanted.Name)}'.")
        {
            Target = wanted.Name,
            RecommendedAction = "See what there is: Get-EbsPersistentVolume without a name.",
        };

    private static EbsPvException Conflict(WantedPersistentVolume wanted, string message, string action) =>
        new(ErrorKind.Conflict, ErrorIds.PersistentVolumeConflict, message) { Target = wanted.ToString(), RecommendedAction = action };
}
