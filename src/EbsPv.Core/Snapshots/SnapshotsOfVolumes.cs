using EbsPv.Ports;

namespace EbsPv.Snapshots;

/// <summary>The snapshots of volumes, whoever made them: a lifecycle policy or a backup tags them in its own way, or not at all.</summary>
internal static class SnapshotsOfVolumes
{
    /// <summary>All of them, 200 volumes a call.</summary>
    public static async Task<IReadOnlyList<ClusterEbsSnapshot>> ReadAsync(IEc2 ec2, IReadOnlyList<string> volumeIds, CancellationToken cancellationToken)
    {
        var found = new List<ClusterEbsSnapshot>();
        foreach (var batch in volumeIds.Distinct().Chunk(Ec2Filter.MaxValues))
            await foreach (var page in ec2.DescribeSnapshotsAsync([Ec2Filter.Exactly("volume-id", batch)], cancellationToken).ConfigureAwait(false))
                found.AddRange(page);
        return found;
    }
}
