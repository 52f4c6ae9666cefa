using EbsPv.Snapshots;
using Xunit;

namespace EbsPv.Tests.Snapshots;

public class SnapshotSourcesTests
{
    private const string Volume = "vol-0aaaaaaaaaaaaaaa1";

    [Theory]
    [InlineData("ebspv/operation", SnapshotSource.EbsPv)]
    [InlineData("aws:dlm:lifecycle-policy-id", SnapshotSource.DataLifecycleManager)]
    [InlineData("dlm:managed", SnapshotSource.DataLifecycleManager)]
    [InlineData("aws:backup:source-resource", SnapshotSource.AwsBackup)]
    [InlineData("CSIVolumeSnapshotName", SnapshotSource.VolumeSnapshot)]
    [InlineData("velero.io/backup", SnapshotSource.Velero)]
    [InlineData("Name", SnapshotSource.Unknown)]
    public void The_maker_s_mark_says_who_it_was(string key, SnapshotSource source) =>
        Assert.Equal(source, SnapshotSources.Of(Volume, new Dictionary<string, string> { [key] = "x" }));

    [Fact]
    public void What_a_backup_copied_from_ours_is_the_backup_s()
    {
        var tags = new Dictionary<string, string> { ["ebspv/operation"] = "x", ["aws:backup:source-resource"] = "x", ["velero.io/backup"] = "x" };

        Assert.Equal(SnapshotSource.AwsBackup, SnapshotSources.Of(Volume, tags));
        Assert.Equal(SnapshotSource.Velero, SnapshotSources.Of(Volume, tags.Where(tag => tag.Key[0] != 'a').ToDictionary()));
    }

    [Theory]
    [InlineData("ebspv/replaces")]
    [InlineData("ebspv/restored-from")]
    public void What_somebody_made_with_the_tags_of_a_moved_or_restored_volume_is_not_ours(string key) =>
        Assert.Equal(SnapshotSource.Unknown, SnapshotSources.Of(Volume, new Dictionary<string, string> { ["ebspv/operation"] = "x", [key] = "x" }));

    [Fact]
    public void A_copy_of_one_of_ours_is_not_ours_since_all_copies_name_one_volume() =>
        Assert.Equal(SnapshotSource.Unknown, SnapshotSources.Of("vol-ffffffff", new Dictionary<string, string> { ["ebspv/operation"] = "x" }));
}
