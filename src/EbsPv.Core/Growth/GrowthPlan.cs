using EbsPv.PersistentVolumes;
using EbsPv.Volumes;

namespace EbsPv.Growth;

/// <summary>What becomes of one PersistentVolume.</summary>
/// <param name="PersistentVolume">The PersistentVolume as it is.</param>
/// <param name="Claim">Its claim; null for none.</param>
/// <param name="Volume">Its volume.</param>
/// <param name="Size">The size in GiB that it gets.</param>
/// <param name="Way">How.</param>
public sealed record GrowthPlan(EbsPersistentVolume PersistentVolume, EbsPersistentVolumeClaim? Claim, ClusterEbsVolume Volume, int Size, GrowthWay Way)
{
    /// <summary>Why its claim cannot ask for more; null where it can.</summary>
    public string? WhyNotByClaim { get; init; }

    /// <summary>What is sent to EC2; null where the driver grows the volume, or it is large enough.</summary>
    public VolumeChangePlan? VolumeChange { get; init; }

    /// <summary>The size as Kubernetes writes it.</summary>
    public string Capacity => $"{Size}Gi";

    /// <summary>Whether a file system is on it that has to grow, too.</summary>
    public bool HasFileSystem => PersistentVolume.VolumeMode != MountRules.Block;

    /// <summary>What will be done, for whoever is asked.</summary>
    public string Description
    {
        get
        {
            var what = $"the PersistentVolume {PersistentVolume.Name} ({Volume.VolumeId} in {Volume.AvailabilityZone}{(Claim is { } claim ? $", claim {claim}" : "")}) from {PersistentVolume.Capacity} to {Capacity}";
            if (Way == GrowthWay.ByClaim) return $"{what}: its claim asks for it, and the driver grows volume{(HasFileSystem ? " and file system" : "")}";
            return $"{what}: the volume, then the capacity{(HasFileSystem ? "; the file system grows when the driver next mounts it" : "")}";
        }
    }
}
