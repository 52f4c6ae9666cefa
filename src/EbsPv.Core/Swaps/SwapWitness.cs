using EbsPv.Errors;
using EbsPv.Ports;
using EbsPv.Snapshots;
using EbsPv.Volumes;

namespace EbsPv.Swaps;

/// <summary>Sees whether another run has done what this one meant to.</summary>
internal sealed class SwapWitness(IEc2 ec2, ICluster cluster, IReporter reporter)
{
    /// <summary>The PersistentVolume that stands in the old one's place, with the disk that was meant; null when it is not so, or cannot be seen.</summary>
    public async Task<EbsPersistentVolume?> FindAsync(SwapIntent intent, CancellationToken cancellationToken)
    {
        try
        {
            return await LookAsync(intent, cancellationToken).ConfigureAwait(false);
        }
        catch (EbsPvException unseen)
        {
            reporter.Verbose($"{intent.PersistentVolume}: whether another run has done it cannot be seen. {unseen.Message}");
            return null;
        }
    }

    private async Task<EbsPersistentVolume?> LookAsync(SwapIntent intent, CancellationToken cancellationToken)
    {
        var there = await cluster.GetPersistentVolumeAsync(intent.PersistentVolume, cancellationToken).ConfigureAwait(false);
        if (there?.VolumeId is not { } volumeId || there.Uid == intent.PersistentVolumeUid || there.Status == "Terminating") return null;
        if (intent.Kind == SwapKind.Convert) return volumeId == intent.VolumeId && there.VolumeSource != VolumeSource.InTree ? there : null;
        var disks = await VolumesById.ReadAsync(ec2, [volumeId, intent.VolumeId], cancellationToken).ConfigureAwait(false);
        return disks.TryGetValue(volumeId, out var disk) && IsMeant(disk, disks.GetValueOrDefault(intent.VolumeId), intent) ? there : null;
    }

    // A restore puts a disk there, too, and not with today's data.
    private static bool IsMeant(ClusterEbsVolume disk, ClusterEbsVolume? old, SwapIntent intent) =>
        disk.Tags.GetValueOrDefault(VolumeTags.Replaces) == intent.VolumeId
        && disk.AvailabilityZone == intent.DestinationZone
        && (intent.SnapshotId is null || disk.SnapshotId == intent.SnapshotId)
        && (old is null || old.Tags.GetValueOrDefault(VolumeTags.RetiredBy) == SwapRetiring.Mark(intent.Kind, disk.Tags.GetValueOrDefault(SnapshotTags.Operation)));
}
