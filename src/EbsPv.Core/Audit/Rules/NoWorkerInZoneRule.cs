using EbsPv.Storage;

namespace EbsPv.Audit.Rules;

internal sealed class NoWorkerInZoneRule : PersistentVolumeRule
{
    public override string Code => FindingCodes.NoWorkerInZone;

    protected override IEnumerable<EbsPersistentVolumeFinding> Find(RegisteredVolume registered, StorageItem item, AuditFacts facts)
    {
        if (item is not { Volume: { } volume, Sight: VolumeSight.Seen } || facts.Storage.Nodes.Count == 0 || facts.Storage.WorkerZones.Contains(volume.AvailabilityZone)) yield break;
        var there = facts.Storage.WorkerZones.Count == 0 ? "no zone has one" : $"workers are in {string.Join(", ", facts.Storage.WorkerZones.Order(StringComparer.Ordinal))}";
        yield return Findings.OfPersistentVolume(
            facts,
            item,
            registered,
            registered.PersistentVolume.Status == "Bound" ? FindingSeverity.Error : FindingSeverity.Warning,
            Code,
            $"The volume {volume.VolumeId} of {Findings.Named(registered)} is in {volume.AvailabilityZone}, which has no worker that is Ready and takes pods ({there}): pods that use it stay Pending.",
            facts.Storage.WorkerZones.Count == 0
                ? "Bring workers up first."
                : $"Bring a worker up in {volume.AvailabilityZone}, or move it: Move-EbsPersistentVolume {registered.PersistentVolume.Name} -DestinationZone {facts.Storage.WorkerZones.Order(StringComparer.Ordinal).First()}.");
    }
}
