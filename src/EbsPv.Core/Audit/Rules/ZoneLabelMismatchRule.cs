using EbsPv.Defaults;
using EbsPv.PersistentVolumes;
using EbsPv.Storage;

namespace EbsPv.Audit.Rules;

internal sealed class ZoneLabelMismatchRule : PersistentVolumeRule
{
    public override string Code => FindingCodes.ZoneLabelMismatch;

    protected override IEnumerable<EbsPersistentVolumeFinding> Find(RegisteredVolume registered, StorageItem item, AuditFacts facts)
    {
        // A label may name several zones, joined by two underscores.
        if (item is not { Volume: { } volume, Sight: VolumeSight.Seen }
            || !registered.PersistentVolume.Labels.TryGetValue(EbsDrivers.ZoneLabel, out var label)
            || label.Split("__").Contains(volume.AvailabilityZone)) yield break;
        yield return Findings.OfPersistentVolume(
            facts,
            item,
            registered,
            FindingSeverity.Warning,
            Code,
            $"The label {EbsDrivers.ZoneLabel} of {Findings.Named(registered)} says {Escaped.Text(label)}, and its volume {volume.VolumeId} is in {volume.AvailabilityZone}. The scheduler goes by the label, too.",
            $"kubectl label pv {registered.PersistentVolume.Name} --overwrite {EbsDrivers.ZoneLabel}={volume.AvailabilityZone}");
    }
}
