using EbsPv.Errors;
using EbsPv.Ports;
using EbsPv.Volumes;

namespace EbsPv.Removal;

/// <summary>Deletes one volume. After a lost answer it looks first: a volume that is gone, or going, needs no second call.</summary>
internal sealed class VolumeDeleter(IEc2 ec2, IReporter reporter, TimeProvider time)
{
    private const int MaxTries = 4;

    /// <summary>Returns when EC2 has taken the volume for deleted; one that is not there counts as deleted.</summary>
    public async Task DeleteAsync(string volumeId, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await ec2.DeleteVolumeAsync(volumeId, CancellationToken.None).ConfigureAwait(false);
                return;
            }
            catch (EbsPvException lost) when (lost.Kind is ErrorKind.Connection or ErrorKind.Service && attempt < MaxTries)
            {
                reporter.Verbose($"Whether {volumeId} was deleted is in doubt; looking. {lost.Message}");
                var found = await VolumesById.ReadAsync(ec2, [volumeId], cancellationToken).ConfigureAwait(false);
                if (RemovalRules.IsGone(found.GetValueOrDefault(volumeId))) return;
                await Task.Delay(TimeSpan.FromSeconds(attempt), time, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
