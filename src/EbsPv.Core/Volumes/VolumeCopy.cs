namespace EbsPv.Volumes;

/// <summary>What a copy of a volume keeps: size, type, IOPS, throughput, encryption and its key, Multi-Attach, and the tags that are its owner's
/// to give. The copy of a member of a set stays what it is in the set only where it takes the member's place.</summary>
/// <remarks>Sources: <c>aws:</c> tags are AWS' own; <c>CSIVolumeName</c> makes the CSI driver take a volume for its own, and <c>k8s.io/</c> tags
/// kops for one of its own disks.</remarks>
public static class VolumeCopy
{
    private static readonly string[] DriverTags = ["CSIVolumeName", "CSIVolumeSnapshotName", "kubernetes.io/created-for/pv/name", "kubernetes.io/created-for/pvc/name", "kubernetes.io/created-for/pvc/namespace"];

    /// <summary>What the copy shall be. Its snapshot is yet to be named.</summary>
    public static VolumeSpec SpecOf(ClusterEbsVolume source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var type = source.VolumeType ?? VolumeTypes.Default;
        return new VolumeSpec
        {
            Size = source.Size,
            VolumeType = type,
            // EC2 shows the IOPS of every type, and takes them for those that let them be chosen.
            Iops = type is "gp3" or "io1" or "io2" ? source.Iops : null,
            Throughput = type == "gp3" ? source.Throughput : null,
            // An unencrypted snapshot stays so unless the account encrypts by default: nothing is asked for then.
            Encrypted = source.Encrypted ? true : null,
            KmsKeyId = source.Encrypted ? source.KmsKeyId : null,
            MultiAttachEnabled = source.MultiAttachEnabled,
        };
    }

    /// <summary>The tags of a copy that takes the place of its source: those of the set stay with it.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> TagsOf(ClusterEbsVolume source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return [.. source.Tags.Where(tag => IsKept(tag.Key)).OrderBy(tag => tag.Key, StringComparer.Ordinal)];
    }

    private static bool IsKept(string key) =>
        !key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase)
        && !key.StartsWith("k8s.io/", StringComparison.Ordinal)
        && !DriverTags.Contains(key)
        && key is not (VolumeTags.Replaces or VolumeTags.RetiredBy or VolumeTags.RetiredSet or VolumeTags.RetiredSlot or Snapshots.SnapshotTags.Operation);
}
