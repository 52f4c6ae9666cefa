using EbsPv.Ports;

namespace EbsPv.Volumes;

/// <summary>Marks a volume as replaced: it is no member of its set any more, is not registered again, and waits to be removed. Its data stays.</summary>
internal sealed class VolumeRetirer(IEc2 ec2)
{
    /// <summary>Renames the tags of the set. The mark comes first: a run that is cut off in between leaves a volume that is retired, not one that
    /// nobody knows.</summary>
    /// <param name="volume">The volume, with all its tags.</param>
    /// <param name="by">What replaced it.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    public async Task RetireAsync(ClusterEbsVolume volume, string by, CancellationToken cancellationToken)
    {
        List<KeyValuePair<string, string>> marks = [new(VolumeTags.RetiredBy, by)];
        if (volume.Tags.TryGetValue(VolumeTags.Set, out var set)) marks.Add(new(VolumeTags.RetiredSet, set));
        if (volume.Tags.TryGetValue(VolumeTags.Slot, out var slot)) marks.Add(new(VolumeTags.RetiredSlot, slot));
        await ec2.CreateTagsAsync([volume.VolumeId!], marks, cancellationToken).ConfigureAwait(false);
        string[] gone = [.. new[] { VolumeTags.Set, VolumeTags.Slot }.Where(volume.Tags.ContainsKey)];
        if (gone.Length > 0) await ec2.DeleteTagsAsync([volume.VolumeId!], gone, cancellationToken).ConfigureAwait(false);
    }
}
