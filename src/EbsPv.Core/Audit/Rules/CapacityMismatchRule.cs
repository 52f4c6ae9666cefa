using EbsPv.PersistentVolumes;
using EbsPv.Storage;

namespace EbsPv.Audit.Rules;

internal sealed class CapacityMismatchRule : PersistentVolumeRule
{
    public override string Code => FindingCodes.CapacityMismatch;

    protected override IEnumerable<EbsPersistentVolumeFinding> Find(RegisteredVolume registered, StorageItem item, AuditFacts facts)
    {
        if (item is not { Volume: { } volume, Sight: VolumeSight.Seen } || IsGrowing(registered)) yield break;
        var persistentVolume = registered.PersistentVolume;
        if (Quantity.WholeGiB(persistentVolume.Capacity) is not { } capacity || capacity == volume.Size) yield break;
        var promises = capacity > volume.Size;
        yield return Findings.OfPersistentVolume(
            facts,
            item,
            registered,
            promises ? FindingSeverity.Error : FindingSeverity.Warning,
            Code,
            promises
                ? $"T{Findings.Named(registered)[1..]} promises {persistentVolume.Capacity}, and its volume {volume.VolumeId} has {volume.Size} GiB."
                : $"The volume {volume.VolumeId} has {volume.Size} GiB, of which {Findings.Named(registered)} offers {persistentVolume.Capacity}: it was grown by other means.",
            $"Resize-EbsPersistentVolume {persistentVolume.Name} -Size {Math.Max(capacity, volume.Size)} brings both to the larger one.");
    }

    // In between the two sides differ, and that is as it should be.
    private static bool IsGrowing(RegisteredVolume registered) => registered.Claim?.Conditions.Any(one => one is "Resizing" or "FileSystemResizePending") == true;
}
