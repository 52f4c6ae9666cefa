using System.Runtime.CompilerServices;
using EbsPv.Ports;

namespace EbsPv.Volumes;

/// <summary>Reads the volumes of a cluster, page by page.</summary>
public static class ClusterVolumes
{
    /// <summary>The union, by id, of what each of the cluster's tags finds, as it arrives.</summary>
    public static async IAsyncEnumerable<ClusterEbsVolume> FindAsync(
        IEc2 ec2, VolumeQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ec2);
        ArgumentNullException.ThrowIfNull(query);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var filters in Calls(query))
        {
            await foreach (var page in ec2.DescribeVolumesAsync(filters, cancellationToken).ConfigureAwait(false))
            {
                foreach (var volume in page)
                {
                    if (!IsWanted(volume, query) || !seen.Add(volume.VolumeId!)) continue;
                    yield return volume with { ClusterName = query.ClusterName, Context = query.Context };
                }
            }
        }
    }

    private static bool IsWanted(ClusterEbsVolume volume, VolumeQuery query) =>
        VolumeOwnership.BelongsTo(volume, query.ClusterName)
        && (query.SetName is null || volume.SetName == query.SetName)
        && (query.VolumeIds.Count == 0 || query.VolumeIds.Contains(volume.VolumeId))
        && (query.AvailabilityZones.Count == 0 || query.AvailabilityZones.Contains(volume.AvailabilityZone));

    private static IEnumerable<IReadOnlyList<Ec2Filter>> Calls(VolumeQuery query)
    {
        var narrow = Narrowing(query);
        if (query.VolumeIds.Count > 0)
            return query.VolumeIds.Chunk(Ec2Filter.MaxValues)
                .Select(ids => (IReadOnlyList<Ec2Filter>)[Ec2Filter.Exactly("volume-id", ids), .. narrow]);
        // Members of a set carry KubernetesCluster from birth: one tag finds them all.
        if (query.SetName is not null)
            return [[Ec2Filter.Exactly($"tag:{VolumeTags.KubernetesCluster}", query.ClusterName), .. narrow]];
        return VolumeOwnership.NameTags
            .Select(key => Ec2Filter.Exactly($"tag:{key}", query.ClusterName))
            .Append(Ec2Filter.Exactly("tag-key", VolumeTags.KubernetesIo(query.ClusterName)))
            .Select(owner => (IReadOnlyList<Ec2Filter>)[owner, .. narrow]);
    }

    private static List<Ec2Filter> Narrowing(VolumeQuery query)
    {
        var filters = new List<Ec2Filter>();
        if (query.SetName is not null) filters.Add(Ec2Filter.Exactly($"tag:{VolumeTags.Set}", query.SetName));
        if (query.AvailabilityZones.Count > 0) filters.Add(Ec2Filter.Exactly("availability-zone", [.. query.AvailabilityZones]));
        return filters;
    }
}
