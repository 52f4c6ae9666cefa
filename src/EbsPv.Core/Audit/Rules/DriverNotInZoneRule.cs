using EbsPv.Storage;

namespace EbsPv.Audit.Rules;

internal sealed class DriverNotInZoneRule : PersistentVolumeRule
{
    public override string Code => FindingCodes.DriverNotInZone;

    protected override IEnumerable<EbsPersistentVolumeFinding> Find(RegisteredVolume registered, StorageItem item, AuditFacts facts)
    {
        if (item is not { Volume: { } volume, Sight: VolumeSight.Seen }) yield break;
        if (DriverOf.Name(registered.PersistentVolume, facts) is not { } driver || !facts.Drivers.Contains(driver)) yield break;
        // A zone without workers is another finding.
        if (!facts.Storage.WorkerZones.Contains(volume.AvailabilityZone) || DriverOf.Workers(driver, volume.AvailabilityZone, facts).Any(node => DriverOf.IsOn(node, driver, facts))) yield break;
        yield return Findings.OfPersistentVolume(
            facts,
            item,
            registered,
            FindingSeverity.Error,
            Code,
            $"No worker in {volume.AvailabilityZone} has the driver {driver} registered, which {Findings.Named(registered)} needs, and maybe others: pods cannot mount it there.",
            "See why the driver's node pods do not run there: kubectl -n kube-system get pods -l app=ebs-csi-node -o wide.") with { Target = volume.AvailabilityZone };
    }
}
