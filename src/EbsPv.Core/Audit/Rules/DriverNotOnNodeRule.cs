using EbsPv.Storage;

namespace EbsPv.Audit.Rules;

internal sealed class DriverNotOnNodeRule : PersistentVolumeRule
{
    public override string Code => FindingCodes.DriverNotOnNode;

    protected override IEnumerable<EbsPersistentVolumeFinding> Find(RegisteredVolume registered, StorageItem item, AuditFacts facts)
    {
        if (item is not { Volume: { } volume, Sight: VolumeSight.Seen } || DriverOf.Name(registered.PersistentVolume, facts) is not { } driver) return [];
        var workers = DriverOf.Workers(driver, volume.AvailabilityZone, facts);
        // Where it is on none of them, the zone is the finding.
        if (!workers.Any(node => DriverOf.IsOn(node, driver, facts))) return [];
        return workers.Where(node => !DriverOf.IsOn(node, driver, facts)).Select(node => Findings.OfPersistentVolume(
            facts,
            item,
            registered,
            FindingSeverity.Warning,
            Code,
            $"The node {node.Name} in {volume.AvailabilityZone} does not have the driver {driver} registered: a pod with {Findings.Named(registered)}, and maybe others, cannot mount it there.",
            $"See why the driver's pod does not run on it: kubectl -n kube-system get pods -l app=ebs-csi-node --field-selector spec.nodeName={node.Name}.") with { Target = node.Name });
    }
}
