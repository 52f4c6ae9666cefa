using EbsPv.Storage;

namespace EbsPv.Audit.Rules;

internal sealed class SnapshotMissingRule : VolumeRule
{
    public override string Code => FindingCodes.SnapshotMissing;

    protected override EbsPersistentVolumeFinding? Find(ClusterEbsVolume volume, StorageItem item, AuditFacts facts)
    {
        if (facts.SnapshotAge is not { } allowed || item.Registrations.Count == 0) return null;
        var age = facts.Now - item.LastSnapshot?.StartTime;
        // One that is younger than the age asked for may still get its first snapshot in time.
        if (age <= allowed || (age is null && facts.Now - volume.CreateTime < allowed)) return null;
        var named = Findings.Named(item.Registrations[0]);
        return Findings.OfVolume(
            facts,
            item,
            FindingSeverity.Warning,
            Code,
            age is null
                ? $"The volume {volume.VolumeId} of {named} has no completed snapshot."
                : $"The newest completed snapshot of the volume {volume.VolumeId} of {named}, {item.LastSnapshot!.SnapshotId}, is {Findings.Age(age.Value)} old.",
            $"Make one now (New-ClusterEbsSnapshot {volume.VolumeId}), and see to the schedule that should have: Data Lifecycle Manager, AWS Backup or VolumeSnapshots.");
    }
}
