using EbsPv.Volumes;

namespace EbsPv.PersistentVolumes;

/// <summary>The tags without which a driver's role may not attach a volume.</summary>
/// <remarks>Sources: the policies of the EBS CSI driver, of kops and of EKS Auto Mode.</remarks>
public static class DriverTags
{
    private static readonly string[] CsiTags = [VolumeTags.KubernetesCluster, VolumeTags.CsiCluster, VolumeTags.CsiClusterName];

    /// <summary>The warning for a volume that lacks what its driver needs; null when it has it, or its tags are not known.</summary>
    public static SharedWarning? Missing(VolumeToRegister volume, VolumeSource source)
    {
        ArgumentNullException.ThrowIfNull(volume);
        if (volume.Tags is not { } tags) return null;
        if (source == VolumeSource.EksAutoMode && !tags.ContainsKey(VolumeTags.AutoModeCluster))
            return Warning(volume, VolumeTags.AutoModeCluster, volume.ClusterName ?? "<cluster>", "", EbsDrivers.AutoMode);
        if (source == VolumeSource.Csi && !CsiTags.Any(tags.ContainsKey))
            return Warning(volume, VolumeTags.CsiCluster, "true", $" (or, on kops, {VolumeTags.KubernetesCluster})", EbsDrivers.Csi);
        return null;
    }

    private static SharedWarning Warning(VolumeToRegister volume, string key, string value, string or, string driver) => new(
        "DriverTagMissing",
        $"the tag {key}={value}{or}, without which the role of {driver} may not attach a volume, is missing on",
        volume.VolumeId ?? volume.Name,
        $"aws ec2 create-tags --resources VOLUMES --tags Key={key},Value={value} adds it.");
}
