using EbsPv.Errors;
using EbsPv.Tests.Support;
using EbsPv.Volumes;
using Xunit;

namespace EbsPv.Tests.Core;

public class VolumeTagsTests
{
    private const string Kops = "kubernetes.io/cluster/" + Sets.Cluster + "=shared";
    private const string Eks = "ebs.csi.aws.com/cluster=true ebs.csi.aws.com/cluster-name=" + Sets.Cluster;
    private const string AutoMode = "eks:eks-cluster-name=" + Sets.Cluster;

    [Theory]
    [InlineData(TagProfile.Auto, ClusterKind.Kops, Kops)]
    [InlineData(TagProfile.Auto, ClusterKind.Eks, Eks)]
    [InlineData(TagProfile.Auto, ClusterKind.EksAutoMode, AutoMode)]
    [InlineData(TagProfile.Auto, ClusterKind.Unknown, Kops + " " + Eks + " " + AutoMode)]
    [InlineData(TagProfile.Kops, ClusterKind.Eks, Kops)]
    [InlineData(TagProfile.Eks, ClusterKind.Kops, Eks)]
    [InlineData(TagProfile.EksAutoMode, ClusterKind.Kops, AutoMode)]
    [InlineData(TagProfile.All, ClusterKind.Kops, Kops + " " + Eks + " " + AutoMode)]
    [InlineData(TagProfile.None, ClusterKind.Kops, "")]
    public void The_profile_decides_what_the_driver_needs_and_Auto_follows_the_cluster(TagProfile profile, ClusterKind kind, string tags) =>
        Assert.Equal(tags, ProfileTags(Sets.Request(Sets.ZoneB) with { TagProfile = profile }, kind));

    [Theory]
    [InlineData(TagProfile.Kops, "")]
    [InlineData(TagProfile.All, Eks + " " + AutoMode)]
    public void Kops_may_be_allowed_to_delete_the_volumes(TagProfile profile, string tags) => Assert.Equal(
        tags, ProfileTags(Sets.Request(Sets.ZoneB) with { TagProfile = profile, AllowKopsDelete = true }, ClusterKind.Kops));

    [Fact]
    public void Our_tags_come_first_and_the_user_s_sorted_last()
    {
        var request = Sets.Request(Sets.ZoneB) with { Tags = new Dictionary<string, string> { ["b"] = "2", ["a"] = "1" } };
        var tags = VolumeTags.ForMember(request, ClusterKind.Kops, "eu-west-1b/1", "manual-ebs-01").Select(tag => $"{tag.Key}={tag.Value}");
        Assert.Equal(
            ["Name=manual-ebs-01", $"KubernetesCluster={Sets.Cluster}", "ebspv/set=manual-ebs", "ebspv/slot=eu-west-1b/1", Kops, "a=1", "b=2"], tags);
    }

    [Fact]
    public void The_same_request_has_the_same_tags_in_the_same_order_however_the_user_s_were_given()
    {
        var one = Sets.Request(Sets.ZoneB) with { Tags = new Dictionary<string, string> { ["a"] = "1", ["B"] = "2", ["c"] = "3" } };
        var other = one with { Tags = new Dictionary<string, string> { ["c"] = "3", ["B"] = "2", ["a"] = "1" } };
        Assert.Equal(
            VolumeTags.ForMember(one, ClusterKind.Unknown, "eu-west-1b/1", "n"), VolumeTags.ForMember(other, ClusterKind.Unknown, "eu-west-1b/1", "n"));
    }

    [Fact]
    public void No_volume_can_get_more_tags_than_EC2_takes()
    {
        var most = Enumerable.Range(1, 42).ToDictionary(number => $"key{number}", _ => "value");
        VolumeTags.CheckUserTags(most);
        var request = Sets.Request(Sets.ZoneB) with { Tags = most, TagProfile = TagProfile.All };
        Assert.Equal(VolumeTags.MaxCount, VolumeTags.ForMember(request, ClusterKind.Unknown, "eu-west-1b/1", "n").Count);
        Refusal.Of(ErrorIds.TagInvalid, () => VolumeTags.CheckUserTags(most.Append(new("one-more", "")).ToDictionary()));
    }

    [Fact]
    public void The_longest_name_of_a_cluster_fits_into_a_tag_s_key() =>
        Assert.True(VolumeTags.KubernetesIo(new string('x', EbsPv.Defaults.ClusterNames.MaxLength)).Length <= VolumeTags.MaxKey);

    [Theory]
    [InlineData("")]
    [InlineData("aws:x")]
    [InlineData("AWS:x")]
    [InlineData("Name")]
    [InlineData("name")]
    [InlineData("KubernetesCluster")]
    [InlineData("CSIVolumeName")]
    [InlineData("CSIVolumeSnapshotName")]
    [InlineData("ebspv/set")]
    [InlineData("EBSPV/anything")]
    [InlineData("ebs.csi.aws.com/cluster")]
    [InlineData("kubernetes.io/created-for/pv/name")]
    [InlineData("k8s.io/etcd/main")]
    [InlineData("eks:eks-cluster-name")]
    public void Keys_that_others_go_by_are_refused(string key) =>
        Assert.Equal(key, Refusal.Of(ErrorIds.TagInvalid, () => Check(key, "value")).Target);

    [Fact]
    public void Keys_and_values_have_EC2_s_lengths()
    {
        Check(new string('k', 127), new string('v', 256));
        Refusal.Of(ErrorIds.TagInvalid, () => Check(new string('k', 128), ""));
        Refusal.Of(ErrorIds.TagInvalid, () => Check("key", new string('v', 257)));
    }

    [Fact]
    public void A_key_that_comes_twice_in_different_case_is_refused() => Refusal.Of(
        ErrorIds.TagInvalid, () => VolumeTags.CheckUserTags(new Dictionary<string, string> { ["team"] = "a", ["Team"] = "b" }));

    [Fact]
    public void A_refusal_shows_no_control_characters() =>
        Assert.DoesNotContain('\e', Refusal.Of(ErrorIds.TagInvalid, () => Check("aws:\e[2J", "")).Message);

    private static void Check(string key, string value) => VolumeTags.CheckUserTags(new Dictionary<string, string> { [key] = value });

    private static string ProfileTags(VolumeSetRequest request, ClusterKind kind) =>
        string.Join(' ', VolumeTags.ForMember(request, kind, "eu-west-1b/1", "n").Skip(4).Select(tag => $"{tag.Key}={tag.Value}"));
}
