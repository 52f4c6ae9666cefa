using EbsPv.Ports;
using EbsPv.Snapshots;
using EbsPv.Waiting;

namespace EbsPv.Retention;

/// <summary>Deletes one snapshot, and after a lost answer looks first.</summary>
internal sealed class SnapshotDeleter(IEc2 ec2, IReporter reporter, TimeProvider time)
{
    /// <summary>Returns when EC2 has taken the snapshot for deleted; one that is not there counts as deleted.</summary>
    public Task DeleteAsync(string snapshotId, CancellationToken cancellationToken) => new LookedUpDeletion(reporter, time).DeleteAsync(
        snapshotId,
        () => ec2.DeleteSnapshotAsync(snapshotId, CancellationToken.None),
        async () => (await SnapshotsById.ReadAsync(ec2, [snapshotId], cancellationToken).ConfigureAwait(false)).Count == 0,
        cancellationToken);
}
