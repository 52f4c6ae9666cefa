using EbsPv.Snapshots;
using EbsPv.Tests.Core;
using EbsPv.Volumes;
using Xunit;

namespace EbsPv.Tests.Snapshots;

/// <summary>What a snapshot says of its volume, within EC2's fifty tags.</summary>
public class SnapshotTagsTests
{
    private static readonly SnapshotOrigin Origin = new(Sets.Cluster, "snapshot-1", "datos", "default/data-web-0");

    [Fact]
    public void They_say_whose_data_it_is_and_what_held_it()
    {
        var volume = Sets.Member($"{Sets.ZoneB}/1", "manual-ebs-01").Tagged("equipo", "datos").Tagged(VolumeTags.KubernetesIo(Sets.Cluster), "shared")
            with { VolumeType = "io2", Iops = 4000, Throughput = 125, MultiAttachEnabled = true };

        Assert.Equal(
            [
                "Name=manual-ebs-01", $"KubernetesCluster={Sets.Cluster}", "ebspv/operation=snapshot-1", "ebspv/set=manual-ebs", $"ebspv/slot={Sets.ZoneB}/1", "ebspv/persistent-volume=datos",
                "ebspv/claim=default/data-web-0", "ebspv/volume-type=io2", "ebspv/volume-iops=4000", $"ebspv/volume-zone={Sets.ZoneB}", "ebspv/volume-multi-attach=true",
                "motivo=prueba", $"kubernetes.io/cluster/{Sets.Cluster}=shared", "equipo=datos",
            ],
            SnapshotTags.Of(volume, Origin, new Dictionary<string, string> { ["motivo"] = "prueba" }).Select(tag => $"{tag.Key}={tag.Value}"));
    }

    [Fact]
    public void What_was_typed_wins_over_what_the_volume_has()
    {
        var volume = Sets.Member($"{Sets.ZoneB}/1", "manual-ebs-01").Tagged("equipo", "datos");

        Assert.Equal("web", SnapshotTags.Of(volume, Origin, new Dictionary<string, string> { ["equipo"] = "web" }).Single(tag => tag.Key == "equipo").Value);
    }

    [Fact]
    public void Of_more_tags_than_EC2_takes_the_volume_s_own_are_left_out_and_the_driver_s_kept()
    {
        var volume = Enumerable.Range(1, 44).Aggregate(Sets.Member($"{Sets.ZoneB}/1", "manual-ebs-01"), (one, number) => one.Tagged($"a{number:d2}", "x"))
            .Tagged(VolumeTags.CsiClusterName, Sets.Cluster);

        var tags = SnapshotTags.Of(volume, Origin, new Dictionary<string, string> { ["z"] = "z" });

        Assert.Equal(50, tags.Count);
        Assert.Equal(tags.Count, tags.Select(tag => tag.Key).Distinct().Count());
        Assert.Contains(tags, tag => tag.Key == VolumeTags.CsiClusterName);
        Assert.Contains(tags, tag => tag.Key == "z");
        Assert.DoesNotContain(tags, tag => tag.Key == "a44");
    }

    [Fact]
    public void So_many_of_ours_as_is_said_are_the_most()
    {
        var volume = Sets.Member($"{Sets.ZoneB}/1", "manual-ebs-01")
            .Tagged(VolumeTags.RetiredSet, "x").Tagged(VolumeTags.CsiCluster, "true").Tagged(VolumeTags.CsiClusterName, "x").Tagged(VolumeTags.AutoModeCluster, "x")
            .Tagged(VolumeTags.KubernetesIo(Sets.Cluster), "x") with { VolumeType = "gp3", Iops = 3000, Throughput = 125, MultiAttachEnabled = true };

        // A volume is not of a set and retired at once: one more than there can be.
        Assert.Equal(SnapshotTags.MaxOwn + 1, SnapshotTags.ForFinal(volume, Origin).Count);
    }

    [Fact]
    public void A_name_that_no_tag_can_hold_is_left_out()
    {
        var tags = SnapshotTags.Of(Sets.Member($"{Sets.ZoneB}/1", "manual-ebs-01"), Origin with { Claim = $"default/{new string('a', 250)}" });

        Assert.DoesNotContain(tags, tag => tag.Key == SnapshotTags.Claim);
    }

    [Fact]
    public void What_a_snapshot_says_is_what_a_copy_of_its_volume_is()
    {
        var volume = Sets.Member($"{Sets.ZoneC}/1", "manual-ebs-01").Tagged("equipo", "datos").Tagged(VolumeTags.KubernetesIo(Sets.Cluster), "shared")
            with { Iops = 4000, Throughput = 500 };
        var snapshot = new ClusterEbsSnapshot { SnapshotId = "snap-0aaaaaaaaaaaaaaa1", VolumeId = volume.VolumeId!, Region = volume.Region, State = "completed", Size = volume.Size };

        var ofVolume = VolumeCopy.Of(volume, snapshot, Sets.Cluster);
        var ofSnapshot = VolumeCopy.Of(snapshot with { Tags = SnapshotTags.ForFinal(volume, Origin).ToDictionary() }, Sets.Cluster);

        Assert.Equal(ofVolume.Spec, ofSnapshot.Spec);
        Assert.Equal(ofVolume.Tags, ofSnapshot.Tags);
        Assert.Equal((ofVolume.AvailabilityZone, true), (ofSnapshot.AvailabilityZone, ofSnapshot.IsTypeKnown));
    }
}
