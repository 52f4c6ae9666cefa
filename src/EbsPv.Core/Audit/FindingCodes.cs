using EbsPv.Defaults;
using EbsPv.Errors;

namespace EbsPv.Audit;

/// <summary>The codes of all findings. They are stable: scripts compare them.</summary>
public static class FindingCodes
{
    /// <summary>A move, restore or conversion has begun and is not finished.</summary>
    public const string SwapUnderWay = nameof(SwapUnderWay);

    /// <summary>The volume of a PersistentVolume is gone.</summary>
    public const string VolumeGone = nameof(VolumeGone);

    /// <summary>The volume of a PersistentVolume has failed.</summary>
    public const string VolumeFailed = nameof(VolumeFailed);

    /// <summary>No PersistentVolume stands for a volume of the cluster.</summary>
    public const string VolumeUnregistered = nameof(VolumeUnregistered);

    /// <summary>A volume carries the names of two clusters.</summary>
    public const string VolumeClusterAmbiguous = nameof(VolumeClusterAmbiguous);

    /// <summary>A PersistentVolume stands for a volume of another cluster.</summary>
    public const string VolumeNotOfCluster = nameof(VolumeNotOfCluster);

    /// <summary>Two PersistentVolumes stand for one volume.</summary>
    public const string VolumeRegisteredTwice = nameof(VolumeRegisteredTwice);

    /// <summary>Pods are sent to other zones than the volume's.</summary>
    public const string ZoneMismatch = nameof(ZoneMismatch);

    /// <summary>The zone label names another zone than the volume's.</summary>
    public const string ZoneLabelMismatch = nameof(ZoneLabelMismatch);

    /// <summary>Nothing says in which zone the pods have to run.</summary>
    public const string NodeAffinityMissing = nameof(NodeAffinityMissing);

    /// <summary>The capacity is not the volume's size.</summary>
    public const string CapacityMismatch = nameof(CapacityMismatch);

    /// <summary>The volume is not as its storage class makes them.</summary>
    public const string VolumeTypeDrift = nameof(VolumeTypeDrift);

    /// <summary>The members of a set differ in type, IOPS or throughput.</summary>
    public const string SetDrift = nameof(SetDrift);

    /// <summary>The zone has no worker that is Ready and takes pods.</summary>
    public const string NoWorkerInZone = nameof(NoWorkerInZone);

    /// <summary>The cluster lacks the driver that the PersistentVolume names.</summary>
    public const string DriverMissing = nameof(DriverMissing);

    /// <summary>The driver is registered on no node of the zone.</summary>
    public const string DriverNotInZone = nameof(DriverNotInZone);

    /// <summary>The driver is registered in the zone, but not on this worker.</summary>
    public const string DriverNotOnNode = nameof(DriverNotOnNode);

    /// <summary>The volume lacks a tag without which the driver's role may not attach it.</summary>
    public const string DriverTagMissing = nameof(DriverTagMissing);

    /// <summary>kops delete cluster would delete the volume.</summary>
    public const string KopsProtectionMissing = nameof(KopsProtectionMissing);

    /// <summary>The volume of a static PersistentVolume is deleted with its claim.</summary>
    public const string ReclaimPolicyDelete = nameof(ReclaimPolicyDelete);

    /// <summary>A StatefulSet deletes its claims when it is scaled down, which moving requires.</summary>
    public const string ScaleDownDeletesClaim = nameof(ScaleDownDeletesClaim);

    /// <summary>The PersistentVolume's claim is gone, and no other can have it.</summary>
    public const string PersistentVolumeReleased = nameof(PersistentVolumeReleased);

    /// <summary>The PersistentVolume could not be reclaimed.</summary>
    public const string PersistentVolumeFailed = nameof(PersistentVolumeFailed);

    /// <summary>The PersistentVolume is being deleted, and is held.</summary>
    public const string PersistentVolumeTerminating = nameof(PersistentVolumeTerminating);

    /// <summary>A claim waits that no PersistentVolume fits.</summary>
    public const string ClaimCannotBind = nameof(ClaimCannotBind);

    /// <summary>A claim has lost its PersistentVolume.</summary>
    public const string ClaimLost = nameof(ClaimLost);

    /// <summary>The class of a PersistentVolume makes new volumes for claims.</summary>
    public const string StorageClassProvisions = nameof(StorageClassProvisions);

    /// <summary>The volume is attached to another instance than its pod's.</summary>
    public const string AttachedElsewhere = nameof(AttachedElsewhere);

    /// <summary>The volume is gp2, and would be cheaper and faster as gp3.</summary>
    public const string VolumeTypeGp2 = nameof(VolumeTypeGp2);

    /// <summary>The volume has no snapshot, or none that is new enough.</summary>
    public const string SnapshotMissing = nameof(SnapshotMissing);

    /// <summary>The PersistentVolume names the driver that Kubernetes has no more.</summary>
    public const string InTreeSource = nameof(InTreeSource);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        SwapUnderWay, VolumeGone, VolumeFailed, VolumeUnregistered, VolumeClusterAmbiguous, VolumeNotOfCluster, VolumeRegisteredTwice, ZoneMismatch,
        ZoneLabelMismatch, NodeAffinityMissing, CapacityMismatch, VolumeTypeDrift, SetDrift, NoWorkerInZone, DriverMissing, DriverNotInZone, DriverNotOnNode,
        DriverTagMissing, KopsProtectionMissing, ReclaimPolicyDelete, ScaleDownDeletesClaim, PersistentVolumeReleased, PersistentVolumeFailed,
        PersistentVolumeTerminating, ClaimCannotBind, ClaimLost, StorageClassProvisions, AttachedElsewhere, VolumeTypeGp2, SnapshotMissing, InTreeSource,
    ];

    /// <summary>The codes in their own spelling; all of them when none are given.</summary>
    /// <exception cref="EbsPvException">FindingCodeUnknown.</exception>
    public static IReadOnlySet<string> Checked(IReadOnlyList<string>? codes) =>
        codes is null || codes.Count == 0 ? All.ToHashSet(StringComparer.Ordinal) : codes.Select(Checked).ToHashSet(StringComparer.Ordinal);

    private static string Checked(string code) =>
        All.FirstOrDefault(one => one.Equals(code, StringComparison.OrdinalIgnoreCase)) ?? throw EbsPvException.Input(
            ErrorIds.FindingCodeUnknown, $"There is no finding '{Escaped.Text(code)}'.", code, $"Use one of {string.Join(", ", All)}.");
}
