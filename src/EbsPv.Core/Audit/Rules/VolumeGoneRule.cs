using EbsPv.Defaults;
using EbsPv.Storage;
using EbsPv.Volumes;

namespace EbsPv.Audit.Rules;

internal sealed class VolumeGoneRule : PersistentVolumeRule
{
    // EC2 may take a while to show what is new: until then "not there" means little.
    private static readonly TimeSpan ShownWithin = TimeSpan.FromMinutes(2);

    public override string Code => FindingCodes.VolumeGone;

    protected override IEnumerable<EbsPersistentVolumeFinding> Find(RegisteredVolume registered, StorageItem item, AuditFacts facts)
    {
        if (item.Sight != VolumeSight.Gone) yield break;
        var isYoung = item.Volume is null && VolumeIdRule.IsId(item.VolumeId!) && facts.Now - registered.PersistentVolume.CreationTimestamp < ShownWithin;
        yield return Findings.OfPersistentVolume(
            facts, item, registered, isYoung ? FindingSeverity.Warning : FindingSeverity.Error, Code, Message(registered, item, facts, isYoung), Recommendation(registered, item, isYoung));
    }

    private static string Message(RegisteredVolume registered, StorageItem item, AuditFacts facts, bool isYoung)
    {
        if (!VolumeIdRule.IsId(item.VolumeId!)) return $"What {Findings.Named(registered)} stands for, '{Escaped.Text(item.VolumeId)}', is no id of a volume.";
        if (item.Volume is { } volume) return $"The volume {item.VolumeId} of {Findings.Named(registered)} is being deleted (EC2 says {volume.State}).";
        return isYoung
            ? $"EC2 does not show the volume {item.VolumeId} of {Findings.Named(registered)} in {facts.Region}. The PersistentVolume is new, and its volume may be too."
            : $"The volume {item.VolumeId} of {Findings.Named(registered)} is gone: EC2 has none of that id in {facts.Region}.";
    }

    private static string Recommendation(RegisteredVolume registered, StorageItem item, bool isYoung)
    {
        if (isYoung) return "Run the line again in some minutes.";
        var name = registered.PersistentVolume.Name;
        return item.LastSnapshot is { } snapshot
            ? $"Its newest completed snapshot, {snapshot.SnapshotId}, holds the data of {snapshot.StartTime:yyyy-MM-dd HH:mm} UTC: Restore-EbsPersistentVolume {name} -SnapshotId {snapshot.SnapshotId}."
            : $"No completed snapshot of it was found. When nothing needs it any more: Unregister-EbsPersistentVolume {name}.";
    }
}
