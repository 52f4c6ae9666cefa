using EbsPv.Storage;

namespace EbsPv.Audit.Rules;

internal sealed class VolumeRegisteredTwiceRule : IAuditRule
{
    public string Code => FindingCodes.VolumeRegisteredTwice;

    public IEnumerable<EbsPersistentVolumeFinding> Judge(StorageItem item, AuditFacts facts)
    {
        if (item.Registrations.Count < 2) yield break;
        var names = string.Join(" and ", item.Registrations.Select(one => one.PersistentVolume.Name));
        yield return Findings.OfVolume(
            facts,
            item,
            FindingSeverity.Error,
            Code,
            $"The PersistentVolumes {names} stand for one volume, {item.VolumeId}: two pods could be given one disk.",
            Recommendation(item.Registrations));
    }

    private static string Recommendation(IReadOnlyList<RegisteredVolume> registrations)
    {
        var free = registrations.Where(one => one.PersistentVolume.Status != "Bound").Select(one => one.PersistentVolume.Name).ToList();
        if (free.Count == 0) return $"{Kept(registrations)}Both are in the hands of claims: find out which of them is to keep the disk, and let the other claim go; its PersistentVolume can be unregistered then.";
        // Where none is bound, one of them is to stay.
        var surplus = free.Count == registrations.Count ? free[^1] : free[0];
        return $"Keep one of them. Unregister-EbsPersistentVolume {surplus} removes that one, and keeps the volume.";
    }

    private static string Kept(IReadOnlyList<RegisteredVolume> registrations)
    {
        var deleting = registrations.Where(one => one.PersistentVolume.ReclaimPolicy == "Delete").Select(one => one.PersistentVolume.Name).ToList();
        return deleting.Count == 0 ? "" : $"Set Retain first, since with the policy Delete the disk goes with a claim: Move-EbsPersistentVolume {string.Join(", ", deleting)} -PrepareOnly. ";
    }
}
