using EbsPv.Errors;
using EbsPv.Ports;
using EbsPv.Snapshots;

namespace EbsPv.Retention;

/// <summary>Deletes one snapshot. After a lost answer it looks first: one that is gone needs no second call.</summary>
internal sealed class SnapshotDeleter(IEc2 ec2, IReporter reporter, TimeProvider time)
{
    private const int MaxTries = 4;

    /// <summary>Returns when EC2 has taken the snapshot for deleted; one that is not there counts as deleted.</summary>
    public async Task DeleteAsync(string snapshotId, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await ec2.DeleteSnapshotAsync(snapshotId, CancellationToken.None).ConfigureAwait(false);
                return;
            }
            catch (EbsPvException lost) when (lost.Kind is ErrorKind.Connection or ErrorKind.Service && attempt < MaxTries)
            {
                reporter.Verbose($"Whether {snapshotId} was deleted is in doubt; looking. {lost.Message}");
                var found = await SnapshotsById.ReadAsync(ec2, [snapshotId], cancellationToken).ConfigureAwait(false);
                if (found.Count == 0) return;
                await Task.Delay(TimeSpan.FromSeconds(attempt), time, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
