using System.Globalization;
using EbsPv.Snapshots;

namespace EbsPv.Volumes;

/// <summary>
/// What a copy of a volume is, whatever makes it and in whatever zone. It keeps
/// <list type="bullet">
/// <item>the size: the volume's, which may have grown since the snapshot, and never less than the snapshot's;</item>
/// <item>the type, and IOPS and throughput where the type lets them be chosen; Multi-Attach;</item>
/// <item>the KMS key. Where nothing was encrypted the account's default decides, as for any new volume;</item>
/// <item>the tags, <c>Name</c> and those by which clusters and their drivers' roles go among them.</item>
/// </list>
/// It does not keep what is true of the original alone: tags of AWS and of backup tools (<c>aws:</c>, <c>dlm:</c>, <c>velero.io/</c>), the
/// driver's own (<c>CSIVolumeName</c>, <c>CSIVolumeSnapshotName</c>, <c>kubernetes.io/created-for/</c>), kops' roles (<c>k8s.io/</c>) and
/// all of EbsPv's (<c>ebspv/</c>): a copy is no member of a set unless who makes it says so.
/// </summary>
/// <remarks>Zone, name and token are its maker's to choose; so is every change of <see cref="Spec"/>.</remarks>
public sealed record VolumeCopy
{
    private const string CreatedFor = "kubernetes.io/created-for/";

    private static readonly string[] OwnKeys = ["CSIVolumeName", "CSIVolumeSnapshotName"];

    private static readonly string[] OwnPrefixes = ["aws:", "dlm:", "velero.io/", "k8s.io/", "ebspv/", CreatedFor];

    /// <summary>What to ask EC2 for; the snapshot is among it.</summary>
    public required VolumeSpec Spec { get; init; }

    /// <summary>The tags that are kept, ordered by key: EC2 compares them as parameters of the token.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Tags { get; init; }

    /// <summary>The zone that the original is or was in; null when nothing says it.</summary>
    public string? AvailabilityZone { get; init; }

    /// <summary>Whether the type is the original's; false when nothing says it, and the copy gets <see cref="VolumeTypes.Default"/>.</summary>
    public bool IsTypeKnown { get; init; } = true;

    /// <summary>The copy of a volume that is there.</summary>
    /// <param name="volume">The volume, with all its tags.</param>
    /// <param name="snapshot">The snapshot that its data comes from.</param>
    /// <param name="cluster">The cluster that the copy is for.</param>
    public static VolumeCopy Of(ClusterEbsVolume volume, ClusterEbsSnapshot snapshot, string cluster)
    {
        ArgumentNullException.ThrowIfNull(volume);
        ArgumentNullException.ThrowIfNull(snapshot);
        var type = volume.VolumeType ?? VolumeTypes.Default;
        return new VolumeCopy
        {
            Spec = From(snapshot, type, volume.Iops, volume.Throughput, volume.MultiAttachEnabled) with
            {
                Size = Math.Max(volume.Size, snapshot.Size),
                Encrypted = volume.Encrypted ? true : null,
                KmsKeyId = volume.Encrypted ? volume.KmsKeyId : null,
            },
            Tags = [.. KeptTags(volume.Tags, cluster)],
            AvailabilityZone = volume.AvailabilityZone,
            IsTypeKnown = volume.VolumeType is not null,
        };
    }

    /// <summary>The copy of a volume whose snapshot is yet to be made, or has its size.</summary>
    /// <param name="volume">The volume, with all its tags.</param>
    /// <param name="cluster">The cluster that the copy is for.</param>
    public static VolumeCopy Of(ClusterEbsVolume volume, string cluster)
    {
        ArgumentNullException.ThrowIfNull(volume);
        return Of(volume, new ClusterEbsSnapshot { SnapshotId = "", VolumeId = volume.VolumeId!, Region = volume.Region, State = "pending", Size = volume.Size }, cluster);
    }

    /// <summary>The copy of a volume that is gone, by what its snapshot carries (<see cref="SnapshotTags"/>).</summary>
    /// <param name="snapshot">The snapshot, with all its tags.</param>
    /// <param name="cluster">The cluster that the copy is for.</param>
    public static VolumeCopy Of(ClusterEbsSnapshot snapshot, string cluster)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        var type = snapshot.Tags.GetValueOrDefault(SnapshotTags.VolumeType);
        return new VolumeCopy
        {
            Spec = From(
                snapshot,
                type ?? VolumeTypes.Default,
                Number(snapshot.Tags.GetValueOrDefault(SnapshotTags.VolumeIops)),
                Number(snapshot.Tags.GetValueOrDefault(SnapshotTags.VolumeThroughput)),
                snapshot.Tags.ContainsKey(SnapshotTags.VolumeMultiAttach)) with
            {
                Encrypted = snapshot.Encrypted ? true : null,
                KmsKeyId = snapshot.Encrypted ? snapshot.KmsKeyId : null,
            },
            Tags = [.. KeptTags(snapshot.Tags, cluster)],
            AvailabilityZone = snapshot.Tags.GetValueOrDefault(SnapshotTags.VolumeZone),
            IsTypeKnown = type is not null,
        };
    }

    /// <summary>Those of the tags of a volume, or of its snapshot, that are as true of a copy, ordered by key. It is the cluster's by name,
    /// and the driver's role may attach it as it could the original, also when that went by the claim it was created for.</summary>
    /// <remarks>Source: AmazonEBSCSIDriverPolicyV2: <c>ebs.csi.aws.com/cluster</c>, or <c>kubernetes.io/created-for/pvc/name</c>.</remarks>
    public static IEnumerable<KeyValuePair<string, string>> KeptTags(IReadOnlyDictionary<string, string> tags, string cluster)
    {
        ArgumentNullException.ThrowIfNull(tags);
        var kept = new SortedDictionary<string, string>(StringComparer.Ordinal) { [VolumeTags.KubernetesCluster] = cluster };
        if (tags.Keys.Any(key => key.StartsWith(CreatedFor, StringComparison.Ordinal))) kept[VolumeTags.CsiCluster] = "true";
        foreach (var (key, value) in tags.Where(tag => tag.Key != VolumeTags.KubernetesCluster && IsKept(tag.Key))) kept[key] = value;
        return kept;
    }

    private static bool IsKept(string key) =>
        !OwnKeys.Contains(key) && !OwnPrefixes.Any(prefix => key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    // EC2 shows figures for every type, and refuses them in a create of those that set them themselves.
    private static VolumeSpec From(ClusterEbsSnapshot snapshot, string type, int? iops, int? throughput, bool multiAttach) => new()
    {
        Size = snapshot.Size,
        VolumeType = type,
        Iops = VolumeTypes.TakesIops(type) ? iops : null,
        Throughput = VolumeTypes.TakesThroughput(type) ? throughput : null,
        MultiAttachEnabled = multiAttach,
        SnapshotId = snapshot.SnapshotId,
    };

    private static int? Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
