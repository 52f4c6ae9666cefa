using System.Diagnostics.CodeAnalysis;
using EbsPv.Defaults;
using EbsPv.Errors;
using EbsPv.PersistentVolumes;
using EbsPv.Swaps;
using EbsPv.Volumes;
using EbsPv.Zones;

namespace EbsPv.Moves;

/// <summary>Which PersistentVolumes may get another disk, by what EC2 and Kubernetes say of them now. It makes no call.</summary>
public static class MoveRules
{
    /// <summary>Refuses a zone that nobody could use the volumes in.</summary>
    /// <param name="zone">The zone.</param>
    /// <param name="facts">What is known of the cluster.</param>
    /// <param name="name">The one PersistentVolume that is refused; null where all are.</param>
    /// <exception cref="EbsPvException">NoWorkerInZone.</exception>
    public static void CheckDestination(string zone, SwapFacts facts, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var zones = facts.Use.Nodes.Where(WorkerRules.IsWorker).Select(node => node.AvailabilityZone!).ToHashSet(StringComparer.Ordinal);
        if (zones.Contains(zone)) return;
        var there = zones.Count == 0 ? "no zone has one" : $"workers are in {string.Join(", ", zones.Order(StringComparer.Ordinal))}";
        throw new EbsPvException(
            ErrorKind.InvalidState, ErrorIds.NoWorkerInZone, $"{(name is null ? "" : $"The PersistentVolume {name} is not moved: ")}{Escaped.Text(zone)} has no worker that is Ready and takes pods ({there}): pods could not use a volume there.{(name is null ? " Nothing was changed." : "")}")
        {
            Target = name ?? zone,
            RecommendedAction = zones.Count == 0 ? "See kubectl get nodes: the cluster needs a worker first." : "Choose another -DestinationZone, or add a worker there first.",
        };
    }

    /// <summary>Refuses a PersistentVolume, or a disk, that cannot be replaced as it is now. Whether it is in use is another question.</summary>
    /// <param name="subject">The PersistentVolume.</param>
    /// <param name="volume">Its disk; null when EC2 has none.</param>
    /// <param name="facts">What is known of the cluster.</param>
    /// <param name="clusterName">The cluster's name in tags.</param>
    /// <param name="region">The region that was asked for the disk.</param>
    /// <param name="readsDisk">Whether the disk's own data is needed.</param>
    /// <exception cref="EbsPvException">PersistentVolumeNotMovable, PersistentVolumeConflict, ClaimGone, VolumeNotFound, ControlPlaneVolume,
    /// VolumeClusterAmbiguous, VolumeNotOfCluster, MoveMultiAttach, VolumeUnusable.</exception>
    public static void Check(SwapSubject subject, [NotNull] ClusterEbsVolume? volume, SwapFacts facts, string clusterName, string region, bool readsDisk = true)
    {
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentNullException.ThrowIfNull(facts);
        var volumeId = subject.Noted?.Intent?.VolumeId ?? subject.Volume!.VolumeId!;
        if (volume is null) throw NoDisk(subject.Name, volumeId, region);
        VolumeOwnerRules.Check(volume, clusterName);
        if (readsDisk && volume.State is "deleting" or "deleted" or "error")
            throw Refused(ErrorIds.VolumeUnusable, subject.Name, $"its volume {volumeId} is in the state '{volume.State}'", $"Restore-EbsPersistentVolume {subject.Name} -SnapshotId … takes the data of a snapshot.");
        if (volume.MultiAttachEnabled)
            throw Refused(ErrorIds.MoveMultiAttach, subject.Name, $"its volume {volumeId} can be attached to several instances, and which of them write cannot be seen", "Copy its data by what writes it.");
        if (subject.Volume is { } persistentVolume && !SwapPlanner.IsOpen(subject)) CheckState(persistentVolume, subject, facts);
    }

    /// <summary>The refusal of a disk that is in the zone already.</summary>
    public static EbsPvException SameZone(string name, ClusterEbsVolume volume)
    {
        ArgumentNullException.ThrowIfNull(volume);
        return Refused(ErrorIds.MoveSameZone, name, $"its volume {volume.VolumeId} is in {volume.AvailabilityZone} already", "Choose another -DestinationZone.");
    }

    private static string Kept(EbsPersistentVolume volume) => volume.ReclaimPolicy == "Delete"
        ? $"Keep the volume first: Move-EbsPersistentVolume {volume.Name} -PrepareOnly sets Retain, and with Delete it goes with its claim. "
        : "";

    private static void CheckState(EbsPersistentVolume volume, SwapSubject subject, SwapFacts facts)
    {
        if (volume.Status is "Terminating" or "Failed" or "Pending")
            throw Refused(ErrorIds.PersistentVolumeNotMovable, volume.Name, $"it is {volume.Status}", volume.Status == "Pending" ? "Run the line again when it is Available or Bound." : RegistrationPlanner.Cure(volume) ?? "See kubectl describe pv.");
        var twice = facts.PersistentVolumes.Where(other => other.VolumeId == volume.VolumeId && other.Name != volume.Name && !SwapHolder.Is(other)).Select(other => other.Name).ToList();
        if (twice.Count > 0)
            throw Refused(ErrorIds.PersistentVolumeConflict, volume.Name, $"{string.Join(" and ", twice)} stands for the same volume {volume.VolumeId}", "Remove the one that nothing uses first: Unregister-EbsPersistentVolume NAME, which keeps the volume.");
        if (subject.Claim is { Status: "Terminating" } claim)
            throw Refused(ErrorIds.ClaimGone, volume.Name, $"its claim {claim} is being deleted", $"{Kept(volume)}Let the deletion end (kubectl get pvc), then move the PersistentVolume, which is Released then.");
        if (volume.Status == "Bound" && subject.Claim is null)
            throw Refused(ErrorIds.ClaimGone, volume.Name, $"its claim {volume.Claim} is not there, or is another one", "Run the line again: the cluster is just taking notice of it.");
    }

    private static EbsPvException NoDisk(string name, string volumeId, string region) => new(
        ErrorKind.NotFound, ErrorIds.VolumeNotFound, $"The PersistentVolume {name} was left as it is: there is no volume {volumeId} in {region}.")
    {
        Target = name,
        RecommendedAction = $"Check the region and the profile. If the volume was deleted: Restore-EbsPersistentVolume {name} -SnapshotId … takes the data of a snapshot (aws ec2 describe-snapshots --filters Name=volume-id,Values={volumeId}).",
    };

    private static EbsPvException Refused(string errorId, string name, string reason, string action) => new(
        ErrorKind.InvalidState, errorId, $"The PersistentVolume {name} was left as it is: {reason}.")
    {
        Target = name,
        RecommendedAction = action,
    };
}
