using EbsPv.Repairs;
using Xunit;

namespace EbsPv.Tests.Repairs;

public class VolumeTaggingTests
{
    [Fact]
    public void Volumes_that_get_the_same_tags_go_200_to_a_call()
    {
        var batches = VolumeTagging.Batches(Enumerable.Range(0, 450).Select(number => Finding($"vol-{number}", ("a", "1"))));

        Assert.Equal([200, 200, 50], batches.Select(batch => batch.VolumeIds.Count));
        Assert.Equal(450, batches.SelectMany(batch => batch.VolumeIds).Distinct().Count());
    }

    [Fact]
    public void Several_findings_about_one_volume_are_one_and_volumes_that_get_others_go_by_themselves()
    {
        var batches = VolumeTagging.Batches([Finding("vol-1", ("b", "2")), Finding("vol-1", ("a", "1")), Finding("vol-2", ("a", "1")), Finding("vol-3", ("a", "1"), ("b", "2")), Finding("vol-4", ("a", "2"))]);

        Assert.Equal(["vol-1 vol-3: a=1 b=2", "vol-2: a=1", "vol-4: a=2"], batches.Select(batch => $"{string.Join(' ', batch.VolumeIds)}: {string.Join(' ', batch.Tags.Select(tag => $"{tag.Key}={tag.Value}"))}"));
    }

    private static EbsPersistentVolumeFinding Finding(string volumeId, params (string Key, string Value)[] tags) => new()
    {
        Severity = FindingSeverity.Warning, Code = "DriverTagMissing", Target = volumeId, Message = "", Recommendation = "", VolumeId = volumeId,
        WantedTags = tags.ToDictionary(tag => tag.Key, tag => tag.Value),
    };
}
