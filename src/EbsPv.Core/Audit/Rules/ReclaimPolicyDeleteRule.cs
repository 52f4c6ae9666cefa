using EbsPv.Storage;
using EbsPv.Volumes;

namespace EbsPv.Audit.Rules;

internal sealed class ReclaimPolicyDeleteRule : PersistentVolumeRule
{
    public override string Code => FindingCodes.ReclaimPolicyDelete;

    protected override IEnumerable<EbsPersistentVolumeFinding> Find(RegisteredVolume registered, StorageItem item, AuditFacts facts)
    {
        if (item is not { Volume: { } volume, Sight: VolumeSight.Seen } || registered.PersistentVolume.ReclaimPolicy != "Delete") yield break;
        // A driver that made the volume for a claim deletes it with the claim: that is what dynamic provisioning is.
        if (VolumeOwnership.ProvisionerTag(volume.Tags) is not null) yield break;
        yield return Findings.OfPersistentVolume(
            facts,
            item,
            registered,
            FindingSeverity.Warning,
            Code,
            $"T{Findings.Named(registered)[1..]} has the reclaim policy Delete, and its volume {volume.VolumeId} was not made for a claim: when the claim is deleted, the volume and its data are, too.",
            "Pipe this finding to Repair-EbsPersistentVolume, which sets Retain.") with { Fixable = true, WantedReclaimPolicy = "Retain" };
    }
}
