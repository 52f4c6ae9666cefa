using EbsPv.Defaults;
using EbsPv.Errors;
using EbsPv.Swaps;
using EbsPv.Volumes;

namespace EbsPv.Removal;

/// <summary>Which volumes may be removed, by what EC2 and Kubernetes say of them now. It makes no call; every doubt is a refusal.</summary>
/// <remarks>Sources: kops' tags of etcd volumes; the tags of the EBS CSI driver and of the in-tree provisioner; EC2 deletes from the state
/// <c>available</c> only.</remarks>
public static class RemovalRules
{
    /// <summary>So many volumes may go whatever the cluster has.</summary>
    public const int AlwaysAllowed = 5;

    /// <summary>Whether there is nothing left to delete.</summary>
    public static bool IsGone(ClusterEbsVolume? volume) => volume is null or { State: "deleting" or "deleted" };

    /// <summary>Why a volume may not be removed; null when it may.</summary>
    /// <param name="volume">The volume, just read.</param>
    /// <param name="cluster">The cluster whose volume it shall be.</param>
    /// <param name="persistentVolumes">The PersistentVolumes that point to it; empty also when nobody was asked.</param>
    /// <param name="swap">The move, restore or conversion that is not finished with it; null for none, and when nobody was asked.</param>
    public static EbsPvException? Refusal(ClusterEbsVolume volume, string cluster, IReadOnlyList<EbsPersistentVolume> persistentVolumes, NotedSwap? swap = null)
    {
        ArgumentNullException.ThrowIfNull(volume);
        ArgumentNullException.ThrowIfNull(persistentVolumes);
        return OfOwner(volume, cluster) ?? OfMaker(volume) ?? OfSwap(volume, swap) ?? OfUse(volume) ?? OfPersistentVolumes(volume, persistentVolumes);
    }

    /// <summary>Most volumes that go without -AllowBulk: a fifth of the cluster's, and five in any case.</summary>
    public static int MostWithoutConsent(int volumesOfCluster) => Math.Max(AlwaysAllowed, volumesOfCluster / 5);

    private static EbsPvException? OfOwner(ClusterEbsVolume volume, string cluster)
    {
        if (VolumeOwnership.IsControlPlane(volume.Tags))
            return Refused(volume, ErrorIds.ControlPlaneVolume, "belongs to the control plane (etcd)", "It is not storage for pods. Leave it alone: without it the cluster is lost.");
        var clusters = VolumeOwnership.ClustersOf(volume.Tags);
        if (clusters.Count > 1)
            return Refused(
                volume,
                ErrorIds.VolumeClusterAmbiguous,
                $"carries the names of {clusters.Count} clusters ({string.Join(", ", clusters.Select(Escaped.Text))})",
                "Find out whose it is and mend its tags first.");
        if (clusters.Count == 0)
            return Refused(volume, ErrorIds.VolumeNotOwned, $"carries no cluster's name, so that nothing says it is of '{Escaped.Text(cluster)}'", "Check the id and -Region.");
        if (clusters[0] == cluster) return null;
        return Refused(
            volume,
            ErrorIds.VolumeNotOwned,
            $"belongs to the cluster '{Escaped.Text(clusters[0])}', not to '{Escaped.Text(cluster)}'",
            "Check the id; if it is meant, name its cluster with -ClusterName and the cluster's context with -Context.");
    }

    private static EbsPvException? OfMaker(ClusterEbsVolume volume)
    {
        if (VolumeOwnership.IsNodeRoot(volume))
            return Refused(volume, ErrorIds.VolumeInUse, $"is the disk that {volume.Attachments[0].InstanceId} boots from", "It goes with its instance. Leave it alone.");
        // Its driver knows the volume no more: a move or restore gave the PersistentVolume another one.
        if (VolumeTags.IsRetired(volume.Tags)) return null;
        if (VolumeOwnership.ProvisionerTag(volume.Tags) is { } tag)
            return Refused(
                volume,
                ErrorIds.VolumeManagedByDriver,
                $"was made by a storage driver for a claim (tag {tag})",
                "Delete the claim, and its driver deletes the volume when the reclaim policy says so.");
        if (VolumeOwnership.IsMade(volume.Tags)) return null;
        return Refused(
            volume,
            ErrorIds.VolumeNotManaged,
            $"was not made by EbsPv (it has none of the tags {VolumeTags.Set}, {VolumeTags.RestoredFrom}, {VolumeTags.Replaces} and {VolumeTags.RetiredBy})",
            $"Whoever made it removes it: aws ec2 delete-volume --volume-id {volume.VolumeId}, once you are sure.");
    }

    private static EbsPvException? OfSwap(ClusterEbsVolume volume, NotedSwap? swap) => swap is null ? null : SwapErrors.DiskUnderWay(volume.VolumeId!, swap, "is not removed");

    private static EbsPvException? OfUse(ClusterEbsVolume volume)
    {
        if (volume.Attachments.Count > 0)
            return Refused(
                volume,
                ErrorIds.VolumeInUse,
                $"is attached to {string.Join(", ", volume.Attachments)}",
                "Stop the pod that uses it; the driver then detaches it. EbsPv never detaches by force.");
        if (volume.State == "available") return null;
        return Refused(
            volume,
            ErrorIds.VolumeInUse,
            $"is in the state '{volume.State}', and only an available one is removed",
            volume.State == "error"
                ? $"It holds no data that a snapshot could keep; look at it, then aws ec2 delete-volume --volume-id {volume.VolumeId}."
                : "Wait until it is available, then run the line again.");
    }

    private static EbsPvException? OfPersistentVolumes(ClusterEbsVolume volume, IReadOnlyList<EbsPersistentVolume> pointing)
    {
        if (pointing.Count == 0) return null;
        var first = pointing[0];
        var names = string.Join(", ", pointing.Select(one => one.Claim is null ? $"{one} ({one.Status})" : $"{one} ({one.Status}, claim {one.Claim})"));
        return Refused(
            volume,
            ErrorIds.VolumeHasPersistentVolume,
            $"stands behind the PersistentVolume {names}",
            $"When nothing needs its data: {Retained(first)}{Claimless(first)}Unregister-EbsPersistentVolume {first}, then run the line again.");
    }

    // Unregister- sets Retain by itself, and comes too late for what the deletion of a claim does.
    private static string Retained(EbsPersistentVolume volume) => volume is { ReclaimPolicy: "Delete", Status: "Bound" }
        ? $"set its reclaim policy to Retain first (Move-EbsPersistentVolume {volume} -PrepareOnly), since with Delete the volume goes with its claim, and without a final snapshot; "
        : "";

    // Deleted while a claim has it, a PersistentVolume stays Terminating for good.
    private static string Claimless(EbsPersistentVolume volume)
    {
        if (volume.Status != "Bound" || volume.Claim?.Split('/') is not [var ns, var claim]) return "";
        return $"stop its pods and delete the claim (kubectl delete pvc -n {Escaped.Text(ns)} {Escaped.Text(claim)}), then ";
    }

    private static EbsPvException Refused(ClusterEbsVolume volume, string errorId, string reason, string action) => new(
        ErrorKind.InvalidState, errorId, $"The volume {volume.VolumeId} {reason}, and is not removed.")
    {
        Target = volume.VolumeId,
        RecommendedAction = action,
    };
}
