using EbsPv.Ports;

namespace EbsPv.Volumes;

/// <summary>One of the ways in which tags name a cluster: as EC2 looks for it, and exactly.</summary>
/// <param name="Filter">What EC2 is asked.</param>
/// <param name="Finds">Whether tags name the cluster in this way: a filter of EC2 finds more than it says.</param>
internal sealed record ClusterTagSearch(Ec2Filter Filter, Predicate<IReadOnlyDictionary<string, string>> Finds)
{
    /// <summary>All ways, the tag of EbsPv's own volumes and snapshots first.</summary>
    public static IEnumerable<ClusterTagSearch> Of(string cluster)
    {
        var key = VolumeTags.KubernetesIo(cluster);
        return VolumeOwnership.NameTags
            .Select(name => new ClusterTagSearch(Ec2Filter.Exactly($"tag:{name}", cluster), tags => tags.GetValueOrDefault(name) == cluster))
            .Append(new ClusterTagSearch(Ec2Filter.Exactly("tag-key", key), tags => tags.ContainsKey(key)));
    }
}
