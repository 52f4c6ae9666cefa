using EbsPv.Sandbox.Ec2.Model;
using EbsPv.Sandbox.Ec2.Protocol;

namespace EbsPv.Sandbox.Ec2;

/// <summary>The rules of a volume made from a snapshot.</summary>
public static class VolumeSource
{
    public static EbsSnapshot? Check(VolumeSpec spec, EbsSnapshot? snapshot)
    {
        if (spec.SnapshotId is null) return null;
        if (snapshot is null) throw new Ec2Exception("InvalidSnapshot.NotFound", $"The snapshot '{spec.SnapshotId}' does not exist.");
        if (snapshot.Status != "completed")
            throw new Ec2Exception("IncorrectState", $"Snapshot is in invalid state - {snapshot.Status}");
        if (spec.Size < snapshot.VolumeSize)
            throw Ec2Errors.InvalidValue(
                $"Volume of {spec.Size}GiB is smaller than snapshot '{snapshot.SnapshotId}', expect size >= {snapshot.VolumeSize}GiB");
        if (spec.Size is null) spec.CheckSize(snapshot.VolumeSize);
        return snapshot;
    }
}
