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
            "Remove all but one with Unregister-EbsPersistentVolume -Name; the volume is kept.");
    }
}
