using EbsPv.Ports;
using EbsPv.Volumes;
using EbsPv.Waiting;

namespace EbsPv.Removal;

/// <summary>Deletes one volume, and after a lost answer looks first.</summary>
internal sealed class VolumeDeleter(IEc2 ec2, IReporter reporter, TimeProvider time)
{
    /// <summary>Returns when EC2 has taken the volume for deleted; one that is not there counts as deleted.</summary>
    public Task DeleteAsync(string volumeId, CancellationToken cancellationToken) => new LookedUpDeletion(reporter, time).DeleteAsync(
        volumeId,
        () => ec2.DeleteVolumeAsync(volumeId, CancellationToken.None),
        async () => RemovalRules.IsGone((await VolumesById.ReadAsync(ec2, [volumeId], cancellationToken).ConfigureAwait(false)).GetValueOrDefault(volumeId)),
        cancellationToken);
}
