namespace EbsPv.Volumes;

/// <summary>Whose volume it is, compared exactly: an EC2 filter finds more than it says.</summary>
/// <remarks>Sources: the tags that kops, the EBS CSI driver and EKS write; kops' etcd volumes carry the cluster's tag, have no
/// PersistentVolume and are detached while a control-plane instance is replaced.</remarks>
public static class VolumeOwnership
{
    private const string KubernetesIoPrefix = "kubernetes.io/cluster/";

    // Who provisions dynamically also deletes, when the claim goes: the driver's volumes are its own business.
    private static readonly string[] ProvisionerTags = ["CSIVolumeName", "kubernetes.io/created-for/pv/name", "kubernetes.io/created-for/pvc/name"];

    private static readonly string[] RootDevices = ["/dev/xvda", "/dev/sda1"];

    /// <summary>Tag keys that hold a cluster's name.</summary>
    public static IReadOnlyList<string> NameTags { get; } = [VolumeTags.KubernetesCluster, VolumeTags.CsiClusterName, VolumeTags.AutoModeCluster];

    /// <summary>The clusters that a volume's tags name.</summary>
    public static IReadOnlyList<string> ClustersOf(IReadOnlyDictionary<string, string> tags)
    {
        ArgumentNullException.ThrowIfNull(tags);
        var named = NameTags.Select(tags.GetValueOrDefault).OfType<string>();
        var keyed = tags.Keys.Where(key => key.StartsWith(KubernetesIoPrefix, StringComparison.Ordinal)).Select(key => key[KubernetesIoPrefix.Length..]);
        return [.. named.Concat(keyed).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Whether the volume belongs to the control plane (etcd): never an orphan, never changed.</summary>
    public static bool IsControlPlane(IReadOnlyDictionary<string, string> tags)
    {
        ArgumentNullException.ThrowIfNull(tags);
        return tags.Keys.Any(key => key.StartsWith("k8s.io/etcd/", StringComparison.Ordinal))
            || tags.ContainsKey("k8s.io/role/control-plane")
            || tags.ContainsKey("k8s.io/role/master");
    }

    /// <summary>Whether the volume is the disk that a node boots from.</summary>
    public static bool IsNodeRoot(ClusterEbsVolume volume)
    {
        ArgumentNullException.ThrowIfNull(volume);
        return volume.Attachments.Any(attachment => attachment.DeleteOnTermination && RootDevices.Contains(attachment.Device));
    }

    /// <summary>The tag that says that a storage driver made the volume for a claim; null when none does.</summary>
    public static string? ProvisionerTag(IReadOnlyDictionary<string, string> tags)
    {
        ArgumentNullException.ThrowIfNull(tags);
        return Array.Find(ProvisionerTags, tags.ContainsKey);
    }

    /// <summary>Whether EbsPv made the volume: a member of a set, a restored one, or one that took the place of another.</summary>
    public static bool IsMade(IReadOnlyDictionary<string, string> tags)
    {
        ArgumentNullException.ThrowIfNull(tags);
        return tags.ContainsKey(VolumeTags.Set) || tags.ContainsKey(VolumeTags.RestoredFrom) || tags.ContainsKey(VolumeTags.Replaces);
    }

    /// <summary>Whether the volume is storage of this cluster.</summary>
    public static bool BelongsTo(ClusterEbsVolume volume, string cluster)
    {
        ArgumentNullException.ThrowIfNull(volume);
        return ClustersOf(volume.Tags).Contains(cluster, StringComparer.Ordinal) && !IsControlPlane(volume.Tags) && !IsNodeRoot(volume);
    }
}
