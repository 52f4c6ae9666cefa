using EbsPv.Storage;

namespace EbsPv.Audit.Rules;

internal sealed class DriverMissingRule : PersistentVolumeRule
{
    public override string Code => FindingCodes.DriverMissing;

    protected override IEnumerable<EbsPersistentVolumeFinding> Find(RegisteredVolume registered, StorageItem item, AuditFacts facts)
    {
        if (DriverOf.Name(registered.PersistentVolume, facts) is not { } driver || facts.Drivers.Contains(driver)) yield break;
        yield return Findings.OfPersistentVolume(
            facts,
            item,
            registered,
            FindingSeverity.Error,
            Code,
            $"The cluster has no driver {driver}, which {Findings.Named(registered)} needs, and maybe others: pods cannot mount it.",
            $"Install the driver, or see why its CSIDriver object is gone: kubectl get csidriver {driver}.") with { Target = driver };
    }
}
