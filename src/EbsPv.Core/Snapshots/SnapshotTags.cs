using EbsPv.Volumes;

namespace EbsPv.Snapshots;

/// <summary>The tags of the snapshots that EbsPv makes.</summary>
public static class SnapshotTags
{
    /// <summary>The run that made the snapshot: by it a snapshot whose answer was lost is found again.</summary>
    public const string Operation = "ebspv/operation";

    /// <summary>The volume that was to be removed once this snapshot was completed.</summary>
    public const string FinalSnapshotOf = "ebspv/final-snapshot-of";

    /// <summary>The PersistentVolume that stood for the volume.</summary>
    public const string PersistentVolume = "ebspv/persistent-volume";

    /// <summary>The claim that was bound to it, as <c>namespace/name</c>.</summary>
    public const string Claim = "ebspv/claim";

    /// <summary>Type of the volume: gp3, gp2, io1, io2, st1, sc1 or standard. With the next ones it says, when the volume is gone, what a
    /// copy of it is.</summary>
    public const string VolumeType = "ebspv/volume-type";

    /// <summary>IOPS of the volume, where its type lets them be chosen.</summary>
    public const string VolumeIops = "ebspv/volume-iops";

    /// <summary>Throughput of the volume in MiB/s, where its type lets it be chosen.</summary>
    public const string VolumeThroughput = "ebspv/volume-throughput";

    /// <summary>Zone of the volume.</summary>
    public const string VolumeZone = "ebspv/volume-zone";

    /// <summary>There when several instances may attach the volume.</summary>
    public const string VolumeMultiAttach = "ebspv/volume-multi-attach";

    // By these roles and drivers know whose a snapshot is, as they do with its volume.
    private static readonly string[] ClusterTags = [VolumeTags.CsiCluster, VolumeTags.CsiClusterName, VolumeTags.AutoModeCluster];

    // EC2 takes 255 characters.
    private const int LongestDescription = 255;

    /// <summary>Tags of the last snapshot of a volume: enough to know, when the volume is gone, whose data it holds.</summary>
    /// <param name="volume">The volume.</param>
    /// <param name="cluster">The cluster that it belongs to.</param>
    /// <param name="operation">The run.</param>
    /// <param name="persistentVolume">Name of the PersistentVolume that stands for it; null when there is none or nobody was asked.</param>
    public static IReadOnlyList<KeyValuePair<string, string>> ForFinal(
        ClusterEbsVolume volume, string cluster, string operation, string? persistentVolume)
    {
        ArgumentNullException.ThrowIfNull(volume);
        List<KeyValuePair<string, string>> tags = [.. Common(volume, cluster, operation), new(FinalSnapshotOf, volume.VolumeId!)];
        if (persistentVolume is not null) tags.Add(new(PersistentVolume, persistentVolume));
        return tags;
    }

    /// <summary>Tags of a snapshot that is made on the way to another disk for a PersistentVolume.</summary>
    /// <param name="volume">The volume.</param>
    /// <param name="cluster">The cluster that it belongs to.</param>
    /// <param name="operation">The swap.</param>
    /// <param name="persistentVolume">The PersistentVolume that stands for it.</param>
    /// <param name="claim">Its claim as <c>namespace/name</c>; null for none.</param>
    public static IReadOnlyList<KeyValuePair<string, string>> ForSwap(
        ClusterEbsVolume volume, string cluster, string operation, string persistentVolume, string? claim)
    {
        ArgumentNullException.ThrowIfNull(volume);
        List<KeyValuePair<string, string>> tags = [.. Common(volume, cluster, operation), new(PersistentVolume, persistentVolume)];
        if (claim is not null) tags.Add(new(Claim, claim));
        return tags;
    }

    /// <summary>What a person reads in the console: what the volume was and where.</summary>
    public static string DescriptionOfFinal(ClusterEbsVolume volume)
    {
        ArgumentNullException.ThrowIfNull(volume);
        var text = $"Final snapshot of {volume.VolumeId} ({volume.Size} GiB {volume.VolumeType}, {volume.AvailabilityZone}) by EbsPv";
        return text.Length <= LongestDescription ? text : text[..LongestDescription];
    }

    private static IEnumerable<KeyValuePair<string, string>> Common(ClusterEbsVolume volume, string cluster, string operation)
    {
        yield return new(VolumeTags.Name, string.IsNullOrEmpty(volume.Name) ? volume.VolumeId! : volume.Name);
        yield return new(VolumeTags.KubernetesCluster, cluster);
        yield return new(Operation, operation);
        foreach (var key in new[] { VolumeTags.Set, VolumeTags.RetiredSet }.Concat(ClusterTags))
            if (volume.Tags.TryGetValue(key, out var value))
                yield return new(key, value);
    }
}
