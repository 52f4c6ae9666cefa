using EbsPv.Defaults;
using EbsPv.Storage;

namespace EbsPv.Audit.Rules;

internal sealed class PersistentVolumeReleasedRule : PersistentVolumeRule
{
    public override string Code => FindingCodes.PersistentVolumeReleased;

    protected override IEnumerable<EbsPersistentVolumeFinding> Find(RegisteredVolume registered, StorageItem item, AuditFacts facts)
    {
        var persistentVolume = registered.PersistentVolume;
        if (persistentVolume.Status != "Released") yield break;
        var namesake = facts.Storage.Claim(persistentVolume.Claim) is { } there ? $" A claim of that name is there again, {there.Status}." : "";
        yield return Findings.OfPersistentVolume(
            facts,
            item,
            registered,
            FindingSeverity.Warning,
            Code,
            $"The PersistentVolume {persistentVolume.Name} was bound to the claim {Escaped.Text(persistentVolume.Claim)}, which is gone: it is Released, and no claim can have it.{namesake}",
            $"If a claim of the same name is to have its data: Test-EbsPersistentVolume {persistentVolume.Name} -Code PersistentVolumeReleased | Repair-EbsPersistentVolume -Code PersistentVolumeReleased. "
            + $"If nothing needs it any more: Unregister-EbsPersistentVolume {persistentVolume.Name}.") with { Fixable = true };
    }
}
