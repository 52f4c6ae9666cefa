using EbsPv.PersistentVolumes;
using EbsPv.Storage;

namespace EbsPv.Audit.Rules;

internal sealed class InTreeSourceRule : PersistentVolumeRule
{
    public override string Code => FindingCodes.InTreeSource;

    protected override IEnumerable<EbsPersistentVolumeFinding> Find(RegisteredVolume registered, StorageItem item, AuditFacts facts)
    {
        if (registered.PersistentVolume.VolumeSource != VolumeSource.InTree) yield break;
        // Before that version it works as it is; where the other driver is installed, it may be written for that one beforehand.
        if (facts.MinorVersion < EbsDrivers.InTreeUntilMinor && !facts.Drivers.Contains(EbsDrivers.Csi)) yield break;
        yield return Findings.OfPersistentVolume(
            facts,
            item,
            registered,
            FindingSeverity.Information,
            Code,
            $"T{Findings.Named(registered)[1..]} is written for the driver that is part of Kubernetes until 1.26 (awsElasticBlockStore): since then the EBS CSI driver stands in for it, without what is new.",
            "Pipe this finding to Repair-EbsPersistentVolume, which writes it for the CSI driver; the claim and the volume stay.") with { Fixable = true };
    }
}
