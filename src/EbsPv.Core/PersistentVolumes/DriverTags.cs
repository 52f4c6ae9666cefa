using EbsPv.Volumes;

namespace EbsPv.PersistentVolumes;

/// <summary>The tags without which a driver's role may not attach a volume.</summary>
/// <remarks>Sources: the policies of the EBS CSI driver, of kops and of EKS Auto Mode.</remarks>
public static class DriverTags
{
    private static readonly string[] CsiTags = [VolumeTags.KubernetesCluster, VolumeTags.CsiCluster, VolumeTags.CsiClusterName];

    /// <summary>The warning for a volume that lacks what its driver needs; null when it has it, or its tags are not known.</summary>
    public static string? Missing(VolumeToRegister volume, VolumeSource source)
    {
        ArgumentNullException.ThrowIfNull(volume);
        if (volume.Tags is not { } tags) return null;
        if (source == VolumeSource.EksAutoMode && !tags.ContainsKey(VolumeTags.AutoModeCluster))
            return Warning(volume, $"{VolumeTags.AutoModeCluster}={volume.ClusterName ?? "<cluster>"}", EbsDrivers.AutoMode);
        if (source == VolumeSource.Csi && !CsiTags.Any(tags.ContainsKey))
            return Warning(volume, $"{VolumeTags.CsiCluster}=true (or, on kops, {VolumeTags.KubernetesCluster})", EbsDrivers.Csi);
        return null;
    }

    private static string Warning(VolumeToRegister volume, string tag, string driver) =>
        $"DriverTagMissing: the volume {volume.VolumeId} lacks the tag {tag}, without which the role of {driver} may not attach it.";
}
