using EbsPv.Errors;

namespace EbsPv.Volumes;

/// <summary>Which volumes may be changed: those whose tags name this cluster and no other, and that are nobody's own disk.</summary>
public static class VolumeOwnerRules
{
    /// <summary>Refuses a volume that is not plainly storage of the cluster. No switch overrides it.</summary>
    /// <param name="volume">The volume, with all its tags.</param>
    /// <param name="cluster">The cluster; null when it is not known yet, and only what no cluster may change is refused.</param>
    /// <param name="done">What is not done to it then.</param>
    /// <exception cref="EbsPvException">ControlPlaneVolume, VolumeClusterAmbiguous, VolumeNotOfCluster.</exception>
    public static void Check(ClusterEbsVolume volume, string? cluster, string done = "changed")
    {
        ArgumentNullException.ThrowIfNull(volume);
        if (VolumeOwnership.IsControlPlane(volume.Tags)) throw OwnDisk(volume, "belongs to the control plane (etcd)", done);
        if (VolumeOwnership.IsNodeRoot(volume)) throw OwnDisk(volume, $"is the disk that {volume.Attachments[0].InstanceId} boots from", done);
        var owners = VolumeOwnership.ClustersOf(volume.Tags);
        if (owners.Count > 1) throw Ambiguous(volume, owners, done);
        if (cluster is not null && (owners.Count == 0 || owners[0] != cluster)) throw NotOf(volume, cluster, owners, done);
    }

    private static EbsPvException OwnDisk(ClusterEbsVolume volume, string what, string done) => new(
        ErrorKind.InvalidState, ErrorIds.ControlPlaneVolume, $"The volume {volume} {what}, and is not {done}.")
    {
        Target = volume.VolumeId,
        RecommendedAction = "It is the business of the tool that made it: kops, or the group that the instance belongs to.",
    };

    private static EbsPvException Ambiguous(ClusterEbsVolume volume, IReadOnlyList<string> owners, string done) => new(
        ErrorKind.InvalidState,
        ErrorIds.VolumeClusterAmbiguous,
        $"The tags of the volume {volume} name {owners.Count} clusters: {string.Join(", ", owners.Select(owner => $"'{Defaults.Escaped.Text(owner)}'"))}. It is not {done}.")
    {
        Target = volume.VolumeId,
        RecommendedAction = "Remove the tags of the cluster that it does not belong to, then run the line again.",
    };

    private static EbsPvException NotOf(ClusterEbsVolume volume, string cluster, IReadOnlyList<string> owners, string done) => new(
        ErrorKind.InvalidState,
        ErrorIds.VolumeNotOfCluster,
        $"The volume {volume} is not {done}: its tags name {(owners.Count == 0 ? "no cluster" : $"the cluster '{Defaults.Escaped.Text(owners[0])}'")}, and '{cluster}' is meant.")
    {
        Target = volume.VolumeId,
        RecommendedAction = "Check the id and -ClusterName: a volume counts as the cluster's by its tags.",
    };
}
