using EbsPv.Snapshots;
using EbsPv.Volumes;
using Xunit;

namespace EbsPv.Tests.Core;

/// <summary>What a copy of a volume keeps: everything that is as true of it as of the original, and nothing else.</summary>
public class VolumeCopyTests
{
    private const string Key = "arn:aws:kms:eu-west-1:123456789012:key/0a1b2c3d-0000-4000-8000-000000000001";

    private static readonly ClusterEbsSnapshot Snapshot = new()
    {
        SnapshotId = "snap-0aaaaaaaaaaaaaaa1", VolumeId = "vol-0aaaaaaaaaaaaaaa1", Region = "eu-west-1", State = "completed", Size = 10,
    };

    [Theory]
    [InlineData("gp3", 4000, 500)]
    [InlineData("io1", 4000, null)]
    [InlineData("io2", 4000, null)]
    [InlineData("gp2", null, null)]
    [InlineData("st1", null, null)]
    [InlineData("sc1", null, null)]
    [InlineData("standard", null, null)]
    [InlineData("gp9", 4000, 500)]
    public void Figures_are_kept_where_EC2_takes_them(string type, int? iops, int? throughput)
    {
        // EC2 shows figures of types that refuse them in a create.
        var copy = VolumeCopy.Of(Volume() with { VolumeType = type, Iops = 4000, Throughput = 500 }, Snapshot, Sets.Cluster);

        Assert.Equal((type, iops, throughput, true), (copy.Spec.VolumeType, copy.Spec.Iops, copy.Spec.Throughput, copy.IsTypeKnown));
    }

    [Theory]
    [InlineData(10, 10, 10)]
    [InlineData(40, 10, 40)]
    [InlineData(10, 40, 40)]
    public void The_size_is_the_volume_s_and_never_less_than_the_snapshot_s(int volume, int snapshot, int size) =>
        Assert.Equal(size, VolumeCopy.Of(Volume() with { Size = volume }, Snapshot with { Size = snapshot }, Sets.Cluster).Spec.Size);

    [Fact]
    public void The_key_Multi_Attach_the_zone_and_the_snapshot_come_along()
    {
        var copy = VolumeCopy.Of(Volume() with { VolumeType = "io2", Encrypted = true, KmsKeyId = Key, MultiAttachEnabled = true }, Snapshot, Sets.Cluster);

        Assert.Equal((true, Key, true), (copy.Spec.Encrypted, copy.Spec.KmsKeyId, copy.Spec.MultiAttachEnabled));
        Assert.Equal((Sets.ZoneB, Snapshot.SnapshotId), (copy.AvailabilityZone, copy.Spec.SnapshotId));
    }

    [Fact]
    public void What_was_not_encrypted_is_left_to_the_account_s_default() =>
        Assert.Equal((null, null), (VolumeCopy.Of(Volume(), Snapshot, Sets.Cluster).Spec.Encrypted, VolumeCopy.Of(Volume(), Snapshot, Sets.Cluster).Spec.KmsKeyId));

    [Fact]
    public void Tags_are_kept_but_for_those_that_are_true_of_the_original_alone()
    {
        var volume = Volume()
            .Tagged(VolumeTags.KubernetesIo(Sets.Cluster), "shared").Tagged(VolumeTags.CsiClusterName, Sets.Cluster).Tagged("equipo", "datos")
            .Tagged("aws:cloudformation:stack-name", "x").Tagged("AWS:x", "x").Tagged("CSIVolumeName", "pvc-1").Tagged("k8s.io/role/node", "1")
            .Tagged(VolumeTags.RetiredSet, "x").Tagged(VolumeTags.RetiredSlot, "x").Tagged(VolumeTags.RetiredBy, "x").Tagged(VolumeTags.Replaces, "x");

        Assert.Equal(
            [
                "KubernetesCluster=" + Sets.Cluster, "Name=manual-ebs-01", $"ebs.csi.aws.com/cluster-name={Sets.Cluster}", "equipo=datos",
                $"kubernetes.io/cluster/{Sets.Cluster}=shared",
            ],
            Texts(VolumeCopy.Of(volume, Snapshot, Sets.Cluster)));
    }

    [Fact]
    public void A_copy_of_the_driver_s_own_volume_may_be_attached_by_the_driver_and_is_not_its_own()
    {
        var volume = Volume() with
        {
            Tags = new Dictionary<string, string>
            {
                ["CSIVolumeName"] = "pvc-1", ["kubernetes.io/created-for/pvc/name"] = "data-web-0", ["kubernetes.io/created-for/pv/name"] = "pvc-1",
                [VolumeTags.AutoModeCluster] = Sets.Cluster,
            },
        };

        Assert.Equal(
            ["KubernetesCluster=" + Sets.Cluster, "ebs.csi.aws.com/cluster=true", $"eks:eks-cluster-name={Sets.Cluster}"],
            Texts(VolumeCopy.Of(volume, Snapshot, Sets.Cluster)));
    }

    [Fact]
    public void Of_a_volume_that_is_gone_its_snapshot_tells_the_same()
    {
        var snapshot = Snapshot with
        {
            Encrypted = true,
            KmsKeyId = Key,
            Tags = new Dictionary<string, string>
            {
                [SnapshotTags.VolumeType] = "io2", [SnapshotTags.VolumeIops] = "4000", [SnapshotTags.VolumeZone] = Sets.ZoneC,
                [SnapshotTags.VolumeMultiAttach] = "true", [SnapshotTags.Operation] = "x", [SnapshotTags.FinalSnapshotOf] = Snapshot.VolumeId,
                [VolumeTags.Set] = "manual-ebs", ["Name"] = "manual-ebs-01", ["equipo"] = "datos", ["dlm:managed"] = "true", ["velero.io/backup"] = "x",
            },
        };

        var copy = VolumeCopy.Of(snapshot, Sets.Cluster);

        Assert.Equal(("io2", 4000, null, 10, true), (copy.Spec.VolumeType, copy.Spec.Iops, copy.Spec.Throughput, copy.Spec.Size, copy.Spec.MultiAttachEnabled));
        Assert.Equal((true, Key, Sets.ZoneC, true), (copy.Spec.Encrypted, copy.Spec.KmsKeyId, copy.AvailabilityZone, copy.IsTypeKnown));
        Assert.Equal(["KubernetesCluster=" + Sets.Cluster, "Name=manual-ebs-01", "equipo=datos"], Texts(copy));
    }

    [Fact]
    public void A_snapshot_that_tells_nothing_gives_the_default_type_and_says_so()
    {
        var copy = VolumeCopy.Of(Snapshot, Sets.Cluster);

        Assert.Equal((VolumeTypes.Default, null, null, false, null), (copy.Spec.VolumeType, copy.Spec.Iops, copy.AvailabilityZone, copy.IsTypeKnown, copy.Spec.Encrypted));
    }

    private static ClusterEbsVolume Volume() => Sets.Member($"{Sets.ZoneB}/1", "manual-ebs-01");

    private static IEnumerable<string> Texts(VolumeCopy copy) => copy.Tags.Select(tag => $"{tag.Key}={tag.Value}");
}
