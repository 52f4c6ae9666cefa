using EbsPv.Errors;

namespace EbsPv.Volumes;

/// <summary>The tags of a cluster's volumes: which we write, in which order, and which are not the user's to write.</summary>
public static class VolumeTags
{
    /// <summary>Set that a volume is a member of; its presence says that EbsPv made it.</summary>
    public const string Set = "ebspv/set";

    /// <summary>Slot in the set: zone and number.</summary>
    public const string Slot = "ebspv/slot";

    /// <summary>Set that a volume was a member of before a move or restore replaced it.</summary>
    public const string RetiredSet = "ebspv/retired-set";

    /// <summary>Slot that a volume had before a move or restore replaced it.</summary>
    public const string RetiredSlot = "ebspv/retired-slot";

    /// <summary>The move or restore that replaced a volume; its presence says that it waits to be removed.</summary>
    public const string RetiredBy = "ebspv/retired-by";

    /// <summary>The volume whose place this one took.</summary>
    public const string Replaces = "ebspv/replaces";

    /// <summary>The volume's name.</summary>
    public const string Name = "Name";

    /// <summary>The cluster, as kops and the shell runbook tag it.</summary>
    public const string KubernetesCluster = "KubernetesCluster";

    /// <summary>The cluster, as the EBS CSI driver's scoped policy wants it.</summary>
    public const string CsiClusterName = "ebs.csi.aws.com/cluster-name";

    /// <summary>Any cluster, as the EBS CSI driver's second policy wants it.</summary>
    public const string CsiCluster = "ebs.csi.aws.com/cluster";

    /// <summary>The cluster, as EKS Auto Mode's role wants it.</summary>
    public const string AutoModeCluster = "eks:eks-cluster-name";

    /// <summary>EC2 takes this many tags on a resource.</summary>
    public const int MaxCount = 50;

    /// <summary>Longest key, and longest value.</summary>
    public const int MaxKey = 127, MaxValue = 256;

    private static readonly string[] ReservedKeys = [Name, KubernetesCluster, "CSIVolumeName", "CSIVolumeSnapshotName"];

    private static readonly string[] ReservedPrefixes = ["ebspv/", "ebs.csi.aws.com/", "kubernetes.io/", "k8s.io/", "eks:"];

    /// <summary>Whether a move or restore has replaced the volume.</summary>
    public static bool IsRetired(IReadOnlyDictionary<string, string> tags)
    {
        ArgumentNullException.ThrowIfNull(tags);
        return tags.ContainsKey(RetiredBy) || tags.ContainsKey(RetiredSet);
    }

    /// <summary>The cluster's tag as kops reads it on deletion.</summary>
    public static string KubernetesIo(string cluster) => $"kubernetes.io/cluster/{cluster}";

    /// <summary>All tags of a new member of a set. The order never changes: EC2 compares tags as parameters of the token.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> ForMember(VolumeSetRequest request, ClusterKind kind, string slot, string name)
    {
        ArgumentNullException.ThrowIfNull(request);
        List<KeyValuePair<string, string>> tags =
        [
            new(Name, name),
            new(KubernetesCluster, request.ClusterName),
            new(Set, request.SetName),
            new(Slot, slot),
            .. OfProfile(request, kind),
            .. request.Tags.OrderBy(tag => tag.Key, StringComparer.Ordinal),
        ];
        return tags;
    }

    /// <summary>Refuses tags that EC2 would refuse, and keys that are ours or a driver's.</summary>
    /// <exception cref="EbsPvException">TagInvalid.</exception>
    public static void CheckUserTags(IReadOnlyDictionary<string, string> tags)
    {
        ArgumentNullException.ThrowIfNull(tags);
        // Up to eight tags are ours: Name, cluster, set, slot and those of the profiles.
        if (tags.Count > MaxCount - 8) throw Invalid($"{tags.Count} tags", $"EC2 takes {MaxCount} on a volume, of which 8 are EbsPv's own.");
        foreach (var (key, value) in tags) CheckUserTag(key, value);
        var twice = tags.Keys.GroupBy(key => key, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null) throw Invalid(twice.Key, "the key comes twice, in different case, which EC2 would keep as two tags.");
    }

    private static void CheckUserTag(string key, string value)
    {
        if (key.Length is 0 or > MaxKey) throw Invalid(key, $"a key has 1 to {MaxKey} characters.");
        if (value.Length > MaxValue) throw Invalid(key, $"its value has {value.Length} characters, and {MaxValue} are allowed.");
        if (key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase)) throw Invalid(key, "keys that begin with aws: are AWS' own.");
        if (ReservedKeys.Contains(key, StringComparer.OrdinalIgnoreCase)
            || ReservedPrefixes.Any(prefix => key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
            throw Invalid(key, "the key is reserved: EbsPv, Kubernetes or the CSI driver goes by it. See -SetName and -TagProfile.");
    }

    private static IEnumerable<KeyValuePair<string, string>> OfProfile(VolumeSetRequest request, ClusterKind kind)
    {
        var profile = request.TagProfile == TagProfile.Auto ? Follow(kind) : request.TagProfile;
        var cluster = request.ClusterName;
        if (profile is TagProfile.Kops or TagProfile.All && !request.AllowKopsDelete) yield return new(KubernetesIo(cluster), "shared");
        if (profile is TagProfile.Eks or TagProfile.All)
        {
            yield return new(CsiCluster, "true");
            yield return new(CsiClusterName, cluster);
        }

        if (profile is TagProfile.EksAutoMode or TagProfile.All) yield return new(AutoModeCluster, cluster);
    }

    private static TagProfile Follow(ClusterKind kind) => kind switch
    {
        ClusterKind.Kops => TagProfile.Kops,
        ClusterKind.Eks => TagProfile.Eks,
        ClusterKind.EksAutoMode => TagProfile.EksAutoMode,
        _ => TagProfile.All,
    };

    private static EbsPvException Invalid(string key, string rule) => EbsPvException.Input(
        ErrorIds.TagInvalid, $"The tag '{Defaults.Escaped.Text(key)}' is not possible: {rule}", key, "Change the tag; nothing was made.");
}
