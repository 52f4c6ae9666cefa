using EbsPv.Errors;
using EbsPv.Ports;

namespace EbsPv.Snapshots;

/// <summary>Reads snapshots again just before something is made of them, or they are removed.</summary>
/// <remarks>The <c>snapshot-id</c> filter is asked: an id that is not there is left out, where a call by id would fail whole.</remarks>
public static class SnapshotsById
{
    /// <summary>Those of the snapshots that there are, by id: one filtered call per 200.</summary>
    public static async Task<IReadOnlyDictionary<string, ClusterEbsSnapshot>> ReadAsync(
        IEc2 ec2, IReadOnlyList<string> snapshotIds, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ec2);
        ArgumentNullException.ThrowIfNull(snapshotIds);
        var found = new Dictionary<string, ClusterEbsSnapshot>(StringComparer.Ordinal);
        foreach (var batch in snapshotIds.Chunk(Ec2Filter.MaxValues))
            await foreach (var page in ec2.DescribeSnapshotsAsync([Ec2Filter.Exactly("snapshot-id", batch)], cancellationToken).ConfigureAwait(false))
                foreach (var snapshot in page)
                    found[snapshot.SnapshotId!] = snapshot;
        return found;
    }

    /// <summary>The failure of a snapshot that is not there.</summary>
    public static EbsPvException NotFound(string snapshotId, string region) => new(
        ErrorKind.NotFound, ErrorIds.SnapshotNotFound, $"This account has no snapshot {snapshotId} in {region}.")
    {
        Target = snapshotId,
        RecommendedAction = "Check the id and -Region: a snapshot of another region is copied first (aws ec2 copy-snapshot).",
    };
}
