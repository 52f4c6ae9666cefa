using System.Runtime.CompilerServices;
using EbsPv.Ports;

namespace EbsPv.Volumes;

/// <summary>Reads the volumes of a cluster, page by page. Nothing is kept: memory stays flat however many there are.</summary>
public static class ClusterVolumes
{
    /// <summary>The union of what each of the cluster's tags finds, as it arrives.</summary>
    public static async IAsyncEnumerable<ClusterEbsVolume> FindAsync(
        IEc2 ec2, VolumeQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ec2);
        ArgumentNullException.ThrowIfNull(query);
        var earlier = new List<VolumeSearch>();
        foreach (var search in Searches(query))
        {
            await foreach (var page in ec2.DescribeVolumesAsync(search.Filters, cancellationToken).ConfigureAwait(false))
            {
                foreach (var volume in page)
                {
                    // What an earlier search finds too has been handed on already: its tags tell, no list of ids is needed.
                    if (!IsWanted(volume, query) || earlier.Exists(one => one.Finds(volume))) continue;
                    yield return volume with
                    {
                        ClusterName = query.ClusterName,
                        Context = query.Context,
                        Adopted = volume.Tags.ContainsKey(VolumeTags.Set),
                    };
                }
            }

            earlier.Add(search);
        }
    }

    private static bool IsWanted(ClusterEbsVolume volume, VolumeQuery query) =>
        VolumeOwnership.BelongsTo(volume, query.ClusterName)
        && (query.SetName is null || volume.SetName == query.SetName)
        && (query.VolumeIds.Count == 0 || query.VolumeIds.Contains(volume.VolumeId))
        && (query.AvailabilityZones.Count == 0 || query.AvailabilityZones.Contains(volume.AvailabilityZone))
        && (query.States.Count == 0 || query.States.Contains(volume.State))
        && (!query.Unattached || volume.Attachments.Count == 0)
        && (!query.Retired || VolumeTags.IsRetired(volume.Tags))
        && query.Tags.All(tag => volume.Tags.TryGetValue(tag.Key, out var value) && (tag.Value.Length == 0 || tag.Value == value));

    private static IEnumerable<VolumeSearch> Searches(VolumeQuery query)
    {
        var narrow = Narrowing(query);
        if (query.VolumeIds.Count > 0)
            return query.VolumeIds.Chunk(Ec2Filter.MaxValues).Select(ids => new VolumeSearch(
                [Ec2Filter.Exactly("volume-id", ids), .. narrow], volume => ids.Contains(volume.VolumeId)));
        var named = ClusterTagSearch.Of(query.ClusterName).Select(search => new VolumeSearch([search.Filter, .. narrow], volume => search.Finds(volume.Tags)));
        // Members of a set carry KubernetesCluster from birth: one tag finds them all.
        return query.SetName is null ? named : named.Take(1);
    }

    private static List<Ec2Filter> Narrowing(VolumeQuery query)
    {
        var filters = new List<Ec2Filter>();
        if (query.SetName is not null) filters.Add(Ec2Filter.Exactly($"tag:{VolumeTags.Set}", query.SetName));
        if (query.AvailabilityZones.Count > 0) filters.Add(Ec2Filter.Exactly("availability-zone", [.. query.AvailabilityZones]));
        if (query.States.Count > 0) filters.Add(Ec2Filter.Exactly("status", [.. query.States]));
        foreach (var (key, value) in query.Tags)
            filters.Add(value.Length == 0 ? Ec2Filter.Exactly("tag-key", key) : Ec2Filter.Exactly($"tag:{key}", value));
        return filters;
    }

    private sealed record VolumeSearch(IReadOnlyList<Ec2Filter> Filters, Predicate<ClusterEbsVolume> Finds);
}
