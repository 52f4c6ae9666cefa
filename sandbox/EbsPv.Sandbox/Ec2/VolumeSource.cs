using EbsPv.Sandbox.Ec2.Model;
using EbsPv.Sandbox.Ec2.Protocol;

namespace EbsPv.Sandbox.Ec2;

/// <summary>The rules of a volume made from a snapshot.</summary>
public static class VolumeSource
{
    public static EbsSnapshot? Check(VolumeSpec spec, EbsSnapshot? snapshot, DateTimeOffset now)
    {
        if (spec.SnapshotId is null) return null;
        if (snapshot is null) throw Ec2Errors.SnapshotNotFound(spec.SnapshotId);
        if (snapshot.StatusAt(now) is var status and not SnapshotState.Completed)
            throw new Ec2Exception("IncorrectState", $"Snapshot is in invalid state - {status}");
        if (spec.Size < snapshot.VolumeSize)
            throw Ec2Errors.InvalidValue(
                $"Volume of {spec.Size}GiB is smaller than snapshot '{snapshot.SnapshotId}', expect size >= {snapshot.VolumeSize}GiB");
        if (spec.Size is null) spec.CheckSize(snapshot.VolumeSize);
        return snapshot;
    }
}
