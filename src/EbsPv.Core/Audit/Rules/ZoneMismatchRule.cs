using EbsPv.Storage;

namespace EbsPv.Audit.Rules;

internal sealed class ZoneMismatchRule : PersistentVolumeRule
{
    public override string Code => FindingCodes.ZoneMismatch;

    protected override IEnumerable<EbsPersistentVolumeFinding> Find(RegisteredVolume registered, StorageItem item, AuditFacts facts)
    {
        var allowed = registered.PersistentVolume.NodeAffinityZone;
        if (item is not { Volume: { } volume, Sight: VolumeSight.Seen } || allowed.Count == 0 || (allowed.Count == 1 && allowed[0] == volume.AvailabilityZone)) yield break;
        var isElsewhere = !allowed.Contains(volume.AvailabilityZone);
        var zones = string.Join(", ", allowed);
        var name = registered.PersistentVolume.Name;
        yield return Findings.OfPersistentVolume(
            facts,
            item,
            registered,
            isElsewhere ? FindingSeverity.Error : FindingSeverity.Warning,
            Code,
            isElsewhere
                ? $"The volume {volume.VolumeId} is in {volume.AvailabilityZone}, and the node affinity of {Findings.Named(registered)} sends its pods to {zones}: no pod can ever mount it."
                : $"The volume {volume.VolumeId} is in {volume.AvailabilityZone}, and the node affinity of {Findings.Named(registered)} also allows other zones ({zones}): a pod that is sent there cannot mount it.",
            "Kubernetes lets nobody change a node affinity that is set. "
            + (registered.Claim is null
                ? $"Nothing is bound to it: Unregister-EbsPersistentVolume {name}, then Get-ClusterEbsVolume -VolumeId {volume.VolumeId} | Register-EbsPersistentVolume -Name {name}."
                : Move(name, volume.AvailabilityZone, facts)));
    }

    // It is in its own zone already: only another one makes a new PersistentVolume.
    private static string Move(string name, string zone, AuditFacts facts) => facts.Storage.WorkerZones.Where(other => other != zone).Order(StringComparer.Ordinal).FirstOrDefault() is { } other
        ? $"Moving it writes the right one: stop its pods, then Move-EbsPersistentVolume {name} -DestinationZone {other}."
        : $"Moving it to another zone writes the right one, and no other zone than {zone} has a worker now: bring one up, stop its pods, then Move-EbsPersistentVolume {name} to there.";
}
