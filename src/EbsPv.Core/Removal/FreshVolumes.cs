using EbsPv.Ports;

namespace EbsPv.Removal;

/// <summary>Volumes as they are now, by id: one call for 200.</summary>
/// <remarks>The <c>volume-id</c> filter is asked: an id that is not there is left out, where a call by id would fail whole.</remarks>
internal static class FreshVolumes
{
    public static async Task<IReadOnlyDictionary<string, ClusterEbsVolume>> ReadAsync(
        IEc2 ec2, IEnumerable<string> volumeIds, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, ClusterEbsVolume>(StringComparer.Ordinal);
        foreach (var batch in volumeIds.Chunk(Ec2Filter.MaxValues))
            await foreach (var page in ec2.DescribeVolumesAsync([Ec2Filter.Exactly("volume-id", batch)], cancellationToken).ConfigureAwait(false))
                foreach (var volume in page)
                    found[volume.VolumeId!] = volume;
        return found;
    }
}
