using EbsPv.PersistentVolumes;
using EbsPv.Storage;

namespace EbsPv.Audit.Rules;

internal sealed class NodeAffinityMissingRule : PersistentVolumeRule
{
    public override string Code => FindingCodes.NodeAffinityMissing;

    protected override IEnumerable<EbsPersistentVolumeFinding> Find(RegisteredVolume registered, StorageItem item, AuditFacts facts)
    {
        var persistentVolume = registered.PersistentVolume;
        // An affinity that names no zone may still tie it to the right nodes, and cannot be changed.
        if (item is not { Volume: { } volume, Sight: VolumeSight.Seen } || persistentVolume.HasNodeAffinity || persistentVolume.Status == "Terminating") yield break;
        var isLabelled = persistentVolume.Labels.GetValueOrDefault(EbsDrivers.ZoneLabel) == volume.AvailabilityZone;
        var known = ClusterFacts.Unknown with { Drivers = facts.Drivers };
        yield return Findings.OfPersistentVolume(
            facts,
            item,
            registered,
            isLabelled ? FindingSeverity.Warning : FindingSeverity.Error,
            Code,
            $"{Sentence(registered)} has no node affinity: nothing {(isLabelled ? "but a label " : "")}keeps its pods in {volume.AvailabilityZone}, where its volume {volume.VolumeId} is.",
            "It can still be set, once: pipe this finding to Repair-EbsPersistentVolume.") with
        {
            Fixable = true,
            WantedNodeAffinity = SourceChoice.For(persistentVolume.VolumeSource, volume.AvailabilityZone, known).NodeAffinity,
        };
    }

    private static string Sentence(RegisteredVolume registered) => $"T{Findings.Named(registered)[1..]}";
}
