using EbsPv.Defaults;
using EbsPv.PersistentVolumes;
using EbsPv.Storage;

namespace EbsPv.Audit.Rules;

internal sealed class StorageClassProvisionsRule : PersistentVolumeRule
{
    public override string Code => FindingCodes.StorageClassProvisions;

    protected override IEnumerable<EbsPersistentVolumeFinding> Find(RegisteredVolume registered, StorageItem item, AuditFacts facts)
    {
        // Once it is bound, or kept for a claim, its class decides nothing any more.
        if (registered.PersistentVolume is not { Status: "Available", Claim: null, StorageClassName: { } name }) yield break;
        if (!facts.Storage.StorageClasses.TryGetValue(name, out var found) || found.Provisioner == StorageClassRules.NoProvisioner) yield break;
        yield return Findings.OfPersistentVolume(
            facts,
            item,
            registered,
            FindingSeverity.Warning,
            Code,
            $"The class {name} of {Findings.Named(registered)} has the provisioner {Escaped.Text(found.Provisioner)}: a claim of it that fits no registered volume gets a new one from there, empty and paid for.",
            "Name the PersistentVolume in the claim (New-EbsPersistentVolumeClaim does), or register volumes with a class of their own.") with { Target = name };
    }
}
