using EbsPv.Ports;
using EbsPv.Snapshots;
using EbsPv.Volumes;

namespace EbsPv.Swaps;

/// <summary>Copies of disks that earlier swaps made and did not put in the disks' places: they were given up, and their runs ended before the copy
/// was marked, or was marked whole.</summary>
internal static class LeftCopies
{
    /// <summary>The copies, by the disk that they were made of: one call per 200 disks. What a PersistentVolume stands for, or an instance has, is
    /// none.</summary>
    public static async Task<ILookup<string, ClusterEbsVolume>> ReadAsync(IEc2 ec2, IReadOnlyList<string> volumeIds, SwapFacts facts, CancellationToken cancellationToken)
    {
        var registered = facts.PersistentVolumes.Select(volume => volume.VolumeId).ToHashSet(StringComparer.Ordinal);
        var found = new List<ClusterEbsVolume>();
        foreach (var batch in volumeIds.Distinct().Chunk(Ec2Filter.MaxValues))
            await foreach (var page in ec2.DescribeVolumesAsync([Ec2Filter.Exactly($"tag:{VolumeTags.Replaces}", batch)], cancellationToken).ConfigureAwait(false))
                found.AddRange(page.Where(copy => IsLeft(copy) && !registered.Contains(copy.VolumeId)));
        return found.ToLookup(copy => copy.Tags[VolumeTags.Replaces], StringComparer.Ordinal);
    }

    /// <summary>The copies that swaps made for themselves and are about to put in their disks' places: one call per 200 swaps.</summary>
    public static async Task<IReadOnlyList<(SwapIntent Intent, ClusterEbsVolume Copy)>> OfAsync(IEc2 ec2, IReadOnlyList<SwapIntent> intents, CancellationToken cancellationToken)
    {
        var found = new List<(SwapIntent, ClusterEbsVolume)>();
        foreach (var batch in intents.Chunk(Ec2Filter.MaxValues))
            await foreach (var page in ec2.DescribeVolumesAsync([Ec2Filter.Exactly($"tag:{SnapshotTags.Operation}", [.. batch.Select(intent => intent.Operation)])], cancellationToken).ConfigureAwait(false))
                foreach (var copy in page.Where(IsLeft))
                    if (batch.FirstOrDefault(intent => IsFor(copy, intent)) is { } its) found.Add((its, copy));
        return found;
    }

    private static bool IsFor(ClusterEbsVolume copy, SwapIntent intent) =>
        copy.Tags.GetValueOrDefault(SnapshotTags.Operation) == intent.Operation && copy.Tags[VolumeTags.Replaces] == intent.VolumeId && copy.AvailabilityZone == intent.DestinationZone;

    private static bool IsLeft(ClusterEbsVolume copy) =>
        copy.Tags.ContainsKey(VolumeTags.Replaces) && copy.State is "creating" or "available" && copy.Attachments.Count == 0 && !IsMarked(copy.Tags);

    private static bool IsMarked(IReadOnlyDictionary<string, string> tags) =>
        VolumeTags.IsRetired(tags) && !tags.ContainsKey(VolumeTags.Set) && !tags.ContainsKey(VolumeTags.Slot);
}
