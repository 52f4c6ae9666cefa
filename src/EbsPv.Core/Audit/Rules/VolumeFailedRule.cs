using EbsPv.Storage;

namespace EbsPv.Audit.Rules;

internal sealed class VolumeFailedRule : VolumeRule
{
    public override string Code => FindingCodes.VolumeFailed;

    protected override EbsPersistentVolumeFinding? Find(ClusterEbsVolume volume, StorageItem item, AuditFacts facts) => volume.State != "error" ? null : Findings.OfVolume(
        facts,
        item,
        FindingSeverity.Error,
        Code,
        $"The volume {volume.VolumeId} in {volume.AvailabilityZone} is in the state 'error': its hardware failed, or its KMS key cannot be used.",
        item.LastSnapshot is { } snapshot
            ? $"Its newest completed snapshot is {snapshot.SnapshotId} of {snapshot.StartTime:yyyy-MM-dd HH:mm} UTC: {Restore(snapshot, item)} brings that data back."
            : "Look at its events and its KMS key in the AWS console; no completed snapshot of it was found.");

    private static string Restore(ClusterEbsSnapshot snapshot, StorageItem item) => item.Registrations is [var registered, ..]
        ? $"Restore-EbsPersistentVolume {registered.PersistentVolume.Name} -SnapshotId {snapshot.SnapshotId}"
        : $"Restore-ClusterEbsVolume {snapshot.SnapshotId}";
}
