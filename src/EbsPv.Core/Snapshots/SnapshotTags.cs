using System.Globalization;
using EbsPv.Volumes;

namespace EbsPv.Snapshots;

/// <summary>The tags of the snapshots that EbsPv makes: enough to know, when the volume is gone, whose data it is and what held it.</summary>
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

    /// <summary>So many tags are at most EbsPv's own, beside those that are typed and those that the volume has.</summary>
    public const int MaxOwn = 17;

    /// <summary>Longest description.</summary>
    public const int LongestDescription = 255;

    // By these roles and drivers know whose a snapshot is, as they do with its volume: they come before the volume's other tags.
    private static readonly string[] ClusterTags = [VolumeTags.CsiCluster, VolumeTags.CsiClusterName, VolumeTags.AutoModeCluster];

    /// <summary>Tags of a snapshot. Those that the volume has beside come last: what is more than EC2 takes is left out.</summary>
    /// <param name="volume">The volume.</param>
    /// <param name="origin">What the snapshot is made for.</param>
    /// <param name="typed">The user's tags.</param>
    public static IReadOnlyList<KeyValuePair<string, string>> Of(
        ClusterEbsVolume volume, SnapshotOrigin origin, IReadOnlyDictionary<string, string>? typed = null) => Composed(volume, origin, null, typed);

    /// <summary>Tags of the last snapshot of a volume.</summary>
    /// <param name="volume">The volume.</param>
    /// <param name="origin">What the snapshot is made for.</param>
    public static IReadOnlyList<KeyValuePair<string, string>> ForFinal(ClusterEbsVolume volume, SnapshotOrigin origin)
    {
        ArgumentNullException.ThrowIfNull(volume);
        return Composed(volume, origin, volume.VolumeId, null);
    }

    /// <summary>Tags of a snapshot that is made on the way to another disk for a PersistentVolume.</summary>
    /// <param name="volume">The volume.</param>
    /// <param name="cluster">The cluster that it belongs to.</param>
    /// <param name="operation">The swap.</param>
    /// <param name="persistentVolume">The PersistentVolume that stands for it.</param>
    /// <param name="claim">Its claim as <c>namespace/name</c>; null for none.</param>
    public static IReadOnlyList<KeyValuePair<string, string>> ForSwap(
        ClusterEbsVolume volume, string cluster, string operation, string persistentVolume, string? claim) =>
        Of(volume, new SnapshotOrigin(cluster, operation, persistentVolume, claim));

    /// <summary>What a person reads in the console: what the volume was and where.</summary>
    public static string DescriptionOfFinal(ClusterEbsVolume volume) => Described("Final snapshot", volume);

    /// <summary>The same of a snapshot that is not the last one.</summary>
    public static string DescriptionOf(ClusterEbsVolume volume) => Described("Snapshot", volume);

    private static string Described(string what, ClusterEbsVolume volume)
    {
        ArgumentNullException.ThrowIfNull(volume);
        var text = $"{what} of {volume.VolumeId} ({volume.Size} GiB {volume.VolumeType}, {volume.AvailabilityZone}) by EbsPv";
        return text.Length <= LongestDescription ? text : text[..LongestDescription];
    }

    private static List<KeyValuePair<string, string>> Composed(
        ClusterEbsVolume volume, SnapshotOrigin origin, string? finalOf, IReadOnlyDictionary<string, string>? typed)
    {
        ArgumentNullException.ThrowIfNull(volume);
        ArgumentNullException.ThrowIfNull(origin);
        var own = Own(volume, origin, finalOf).Concat(Shape(volume))
            .Where(tag => tag.Value is not null)
            .Select(tag => new KeyValuePair<string, string>(tag.Key, tag.Value!));
        var sorted = (typed ?? new Dictionary<string, string>()).OrderBy(tag => tag.Key, StringComparer.Ordinal);
        var ofVolume = VolumeCopy.KeptTags(volume.Tags, origin.ClusterName).OrderBy(tag => IsOfCluster(tag.Key, origin.ClusterName) ? 0 : 1);
        return
        [
            .. own.Concat(sorted).Concat(ofVolume)
                // A claim's name may be longer than a tag's value.
                .Where(tag => tag.Value.Length <= VolumeTags.MaxValue)
                .DistinctBy(tag => tag.Key)
                .Take(VolumeTags.MaxCount),
        ];
    }

    private static bool IsOfCluster(string key, string cluster) => ClusterTags.Contains(key) || key == VolumeTags.KubernetesIo(cluster);

    private static IEnumerable<(string Key, string? Value)> Own(ClusterEbsVolume volume, SnapshotOrigin origin, string? finalOf) =>
    [
        (VolumeTags.Name, string.IsNullOrEmpty(volume.Name) ? volume.VolumeId : volume.Name),
        (VolumeTags.KubernetesCluster, origin.ClusterName),
        (Operation, origin.Operation),
        (FinalSnapshotOf, finalOf),
        (VolumeTags.Set, volume.Tags.GetValueOrDefault(VolumeTags.Set)),
        (VolumeTags.Slot, volume.Tags.GetValueOrDefault(VolumeTags.Slot)),
        (VolumeTags.RetiredSet, volume.Tags.GetValueOrDefault(VolumeTags.RetiredSet)),
        (PersistentVolume, origin.PersistentVolume),
        (Claim, origin.Claim),
    ];

    private static IEnumerable<(string Key, string? Value)> Shape(ClusterEbsVolume volume) =>
    [
        (VolumeType, volume.VolumeType),
        (VolumeIops, volume.VolumeType is { } type && VolumeTypes.TakesIops(type) ? Number(volume.Iops) : null),
        (VolumeThroughput, volume.VolumeType is { } other && VolumeTypes.TakesThroughput(other) ? Number(volume.Throughput) : null),
        (VolumeZone, volume.AvailabilityZone),
        (VolumeMultiAttach, volume.MultiAttachEnabled ? "true" : null),
    ];

    private static string? Number(int? number) => number?.ToString(CultureInfo.InvariantCulture);
}
