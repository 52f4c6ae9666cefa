using EbsPv.Volumes;

namespace EbsPv.Snapshots;

/// <summary>Who made a snapshot.</summary>
public static class SnapshotSources
{
    // What EC2 names as the volume of a copy of a snapshot.
    private const string VolumeOfCopies = "vol-ffffffff";

    // Of moved and restored volumes, whose tags an "aws ec2 create-snapshots --copy-tags-from-source volume" takes over: ours never bear these.
    private static readonly string[] OfVolumes = [VolumeTags.Replaces, VolumeTags.RestoredFrom];

    // AWS' own first: nobody else can write them, while all others may have been copied from somewhere.
    private static readonly (string Key, SnapshotSource Source)[] Marks =
    [
        ("aws:dlm:lifecycle-policy-id", SnapshotSource.DataLifecycleManager),
        ("aws:backup:source-resource", SnapshotSource.AwsBackup),
        ("dlm:managed", SnapshotSource.DataLifecycleManager),
        ("CSIVolumeSnapshotName", SnapshotSource.VolumeSnapshot),
        ("velero.io/backup", SnapshotSource.Velero),
        (SnapshotTags.Operation, SnapshotSource.EbsPv),
    ];

    /// <summary>The maker, by the tags. A copy of one of EbsPv's snapshots is none of them, whatever tags went along.</summary>
    /// <param name="volumeId">The volume that EC2 names.</param>
    /// <param name="tags">All tags.</param>
    public static SnapshotSource Of(string volumeId, IReadOnlyDictionary<string, string> tags)
    {
        ArgumentNullException.ThrowIfNull(tags);
        var source = Marks.FirstOrDefault(mark => tags.ContainsKey(mark.Key)).Source;
        return source == SnapshotSource.EbsPv && (volumeId == VolumeOfCopies || Array.Exists(OfVolumes, tags.ContainsKey)) ? SnapshotSource.Unknown : source;
    }
}
