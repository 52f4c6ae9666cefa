using EbsPv.Snapshots;
using EbsPv.Volumes;

namespace EbsPv.Swaps;

/// <summary>What stands for a disk that is gone: all that a snapshot of it says.</summary>
internal static class LostDisk
{
    /// <summary>The disk as it was.</summary>
    /// <param name="volumeId">Its id.</param>
    /// <param name="zone">Where it was.</param>
    /// <param name="region">Its region.</param>
    /// <param name="snapshot">A snapshot of it, or the one that takes its place.</param>
    /// <param name="cluster">The cluster's name in tags.</param>
    public static ClusterEbsVolume Of(string volumeId, string zone, string region, ClusterEbsSnapshot snapshot, string cluster)
    {
        var copy = VolumeCopy.Of(snapshot, cluster);
        return new ClusterEbsVolume
        {
            VolumeId = volumeId,
            AvailabilityZone = zone,
            Region = region,
            State = "available",
            Size = copy.Spec.Size,
            VolumeType = copy.Spec.VolumeType,
            Iops = copy.Spec.Iops,
            Throughput = copy.Spec.Throughput,
            Encrypted = snapshot.Encrypted,
            KmsKeyId = copy.Spec.KmsKeyId,
            Tags = copy.Tags.Concat(snapshot.Tags.Where(tag => tag.Key is VolumeTags.Set or VolumeTags.Slot)).ToDictionary(tag => tag.Key, tag => tag.Value),
        };
    }

    /// <summary>Where a disk was, as its snapshot says; null when it does not.</summary>
    public static string? ZoneOf(ClusterEbsSnapshot snapshot) => snapshot.Tags.GetValueOrDefault(SnapshotTags.VolumeZone);
}
