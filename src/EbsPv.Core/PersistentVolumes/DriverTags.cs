using EbsPv.Volumes;

namespace EbsPv.PersistentVolumes;

/// <summary>The tags without which a driver's role may not attach a volume.</summary>
/// <remarks>Sources: the policies of the EBS CSI driver, of kops and of EKS Auto Mode.</remarks>
public static class DriverTags
{
    // What the driver itself writes on the volumes it makes; its role accepts that, too.
    private const string CreatedForClaim = "kubernetes.io/created-for/pvc/name";

    private static readonly string[] CsiTags = [VolumeTags.KubernetesCluster, VolumeTags.CsiCluster, VolumeTags.CsiClusterName];

    /// <summary>The warning for a volume that lacks what its driver needs; null when it has it, or its tags are not known.</summary>
    public static SharedWarning? Missing(VolumeToRegister volume, VolumeSource source)
    {
        ArgumentNullException.ThrowIfNull(volume);
        if (volume.Tags is not { } tags) return null;
        if (source == VolumeSource.EksAutoMode && !tags.ContainsKey(VolumeTags.AutoModeCluster))
            return Warning(volume, VolumeTags.AutoModeCluster, volume.ClusterName ?? "CLUSTER-NAME", "", EbsDrivers.AutoMode);
        if (source == VolumeSource.Csi && !CsiTags.Any(tags.ContainsKey))
            return Warning(volume, VolumeTags.CsiCluster, "true", $" (or, on kops, {VolumeTags.KubernetesCluster})", EbsDrivers.Csi);
        return null;
    }

    /// <summary>The tags that a volume needs so that its driver's role may attach it, and lacks; none when it has them.</summary>
    /// <param name="kind">How the cluster is run.</param>
    /// <param name="source">The driver that the PersistentVolume names.</param>
    /// <param name="cluster">The cluster.</param>
    /// <param name="tags">The volume's tags.</param>
    public static IReadOnlyDictionary<string, string> Lacking(ClusterKind kind, VolumeSource source, string cluster, IReadOnlyDictionary<string, string> tags)
    {
        ArgumentNullException.ThrowIfNull(tags);
        if (source == VolumeSource.EksAutoMode) return Unless(tags.GetValueOrDefault(VolumeTags.AutoModeCluster) == cluster, (VolumeTags.AutoModeCluster, cluster));
        if (kind == ClusterKind.Kops) return Unless(tags.GetValueOrDefault(VolumeTags.KubernetesCluster) == cluster, (VolumeTags.KubernetesCluster, cluster));
        if (kind is ClusterKind.Eks or ClusterKind.EksAutoMode)
            return Unless(
                tags.GetValueOrDefault(VolumeTags.CsiCluster) == "true" || tags.ContainsKey(CreatedForClaim), (VolumeTags.CsiCluster, "true"), (VolumeTags.CsiClusterName, cluster));
        return Unless(
            CsiTags.Any(tags.ContainsKey), (VolumeTags.KubernetesCluster, cluster), (VolumeTags.CsiCluster, "true"), (VolumeTags.CsiClusterName, cluster));
    }

    private static Dictionary<string, string> Unless(bool has, params (string Key, string Value)[] wanted) =>
        has ? [] : wanted.ToDictionary(tag => tag.Key, tag => tag.Value);

    private static SharedWarning Warning(VolumeToRegister volume, string key, string value, string or, string driver) => new(
        "DriverTagMissing",
        $"the tag {key}={value}{or}, without which the role of {driver} may not attach a volume, is missing on",
        volume.VolumeId ?? volume.Name,
        $"Test-EbsPersistentVolume -Code DriverTagMissing | Repair-EbsPersistentVolume adds it afterwards (-AllowUntagged, where the tags name no cluster); so does aws ec2 create-tags --resources VOLUMES --tags Key={key},Value={value}.");
}
