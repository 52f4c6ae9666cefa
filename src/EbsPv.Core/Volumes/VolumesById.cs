using EbsPv.Errors;
using EbsPv.Ports;

namespace EbsPv.Volumes;

/// <summary>Reads volumes again just before they are changed or removed.</summary>
/// <remarks>The <c>volume-id</c> filter is asked: an id that is not there is left out, where a call by id would fail whole.</remarks>
public static class VolumesById
{
    /// <summary>Those of the volumes that there are, by id: one filtered call per 200.</summary>
    public static async Task<IReadOnlyDictionary<string, ClusterEbsVolume>> ReadAsync(
        IEc2 ec2, IReadOnlyList<string> volumeIds, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ec2);
        ArgumentNullException.ThrowIfNull(volumeIds);
        var found = new Dictionary<string, ClusterEbsVolume>(StringComparer.Ordinal);
        foreach (var batch in volumeIds.Chunk(Ec2Filter.MaxValues))
        {
            IReadOnlyList<Ec2Filter> filters = [Ec2Filter.Exactly("volume-id", batch)];
            await foreach (var page in ec2.DescribeVolumesAsync(filters, cancellationToken).ConfigureAwait(false))
                foreach (var volume in page)
                    found[volume.VolumeId!] = volume;
        }

        return found;
    }

    /// <summary>The failure of a volume that is not there.</summary>
    public static EbsPvException NotFound(string volumeId, string region) => new(
        ErrorKind.NotFound, ErrorIds.VolumeNotFound, $"There is no volume {volumeId} in {region}.")
    {
        Target = volumeId,
        RecommendedAction = "Check the id and -Region.",
    };
}
