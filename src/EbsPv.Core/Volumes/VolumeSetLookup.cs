using EbsPv.Ports;

namespace EbsPv.Volumes;

/// <summary>Finds the members of a set by their tags.</summary>
public static class VolumeSetLookup
{
    /// <summary>All volumes that carry the set's tags, living or not: one call a page of 500.</summary>
    public static async Task<IReadOnlyList<ClusterEbsVolume>> FindAsync(IEc2 ec2, VolumeSetRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ec2);
        ArgumentNullException.ThrowIfNull(request);
        return await CollectAsync(ec2, OfSet(request), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The living member in a slot; null when there is none.</summary>
    public static async Task<ClusterEbsVolume?> FindSlotAsync(
        IEc2 ec2, VolumeSetRequest request, string slot, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ec2);
        ArgumentNullException.ThrowIfNull(request);
        IReadOnlyList<Ec2Filter> filters = [.. OfSet(request), Ec2Filter.Exactly($"tag:{VolumeTags.Slot}", slot)];
        var found = await CollectAsync(ec2, filters, cancellationToken).ConfigureAwait(false);
        return found.Where(volume => VolumeSetPlanner.IsMember(volume, request) && volume.Tags[VolumeTags.Slot] == slot)
            .OrderBy(volume => volume.CreateTime)
            .ThenBy(volume => volume.VolumeId, StringComparer.Ordinal)
            .FirstOrDefault();
    }

    private static IReadOnlyList<Ec2Filter> OfSet(VolumeSetRequest request) =>
    [
        Ec2Filter.Exactly($"tag:{VolumeTags.KubernetesCluster}", request.ClusterName),
        Ec2Filter.Exactly($"tag:{VolumeTags.Set}", request.SetName),
    ];

    private static async Task<List<ClusterEbsVolume>> CollectAsync(
        IEc2 ec2, IReadOnlyList<Ec2Filter> filters, CancellationToken cancellationToken)
    {
        var volumes = new List<ClusterEbsVolume>();
        await foreach (var page in ec2.DescribeVolumesAsync(filters, cancellationToken).ConfigureAwait(false)) volumes.AddRange(page);
        return volumes;
    }
}
