namespace EbsPv.Repairs;

/// <summary>Adds tags to volumes: those that get the same ones by 200 in a call.</summary>
public static class VolumeTagging
{
    /// <summary>Volumes in one call. EC2 takes 1,000; so many at most can be refused for the sake of one.</summary>
    public const int BatchSize = 200;

    /// <summary>The calls: which volumes get which tags. Several findings about one volume become one.</summary>
    public static IReadOnlyList<(IReadOnlyList<string> VolumeIds, IReadOnlyList<KeyValuePair<string, string>> Tags)> Batches(IEnumerable<EbsPersistentVolumeFinding> findings)
    {
        ArgumentNullException.ThrowIfNull(findings);
        return
        [
            .. findings.GroupBy(finding => finding.VolumeId!, StringComparer.Ordinal)
                .Select(volume => (Id: volume.Key, Tags: Tags(volume)))
                .GroupBy(volume => string.Join('\n', volume.Tags.Select(tag => $"{tag.Key}={tag.Value}")), StringComparer.Ordinal)
                .SelectMany(group => group.Chunk(BatchSize).Select(batch => ((IReadOnlyList<string>)[.. batch.Select(volume => volume.Id)], group.First().Tags))),
        ];
    }

    private static IReadOnlyList<KeyValuePair<string, string>> Tags(IEnumerable<EbsPersistentVolumeFinding> findings) =>
        [.. findings.SelectMany(finding => finding.WantedTags).DistinctBy(tag => tag.Key).OrderBy(tag => tag.Key, StringComparer.Ordinal)];
}
