using EbsPv.Errors;
using EbsPv.Volumes;
using Xunit;

namespace EbsPv.Tests.Core;

/// <summary>What a change may ask for, and whose volumes it may touch.</summary>
public class SetVolumeRulesTests
{
    private const string Id = "vol-0123456789abcdef0", Cluster = "proyecto.k8s.local";

    private static readonly VolumeChangeTarget Here = new("eu-west-1", Cluster, "here");

    [Theory]
    [InlineData(null, null, null, null, false, ErrorIds.NothingToChange)]
    [InlineData("gp4", null, null, null, false, ErrorIds.VolumeTypeUnknown)]
    [InlineData("st1", 100, null, null, false, ErrorIds.SizeOutOfRangeForType)]
    [InlineData("gp2", null, 3000, null, false, ErrorIds.IopsNotAllowed)]
    [InlineData("io2", null, null, 200, false, ErrorIds.ThroughputNotAllowed)]
    [InlineData("gp3", null, 80_001, null, false, ErrorIds.IopsOutOfRangeForType)]
    [InlineData("gp3", 10, 6000, null, false, ErrorIds.IopsRatioExceeded)]
    [InlineData("gp3", null, null, 2001, false, ErrorIds.ThroughputOutOfRangeForType)]
    [InlineData("gp3", null, 3000, 1000, false, ErrorIds.ThroughputRatioExceeded)]
    [InlineData("gp2", null, null, null, true, ErrorIds.BaselineConflict)]
    [InlineData("gp3", null, 4000, null, true, ErrorIds.BaselineConflict)]
    [InlineData(null, null, null, 200, true, ErrorIds.BaselineConflict)]
    public void What_is_right_for_no_volume_is_refused(string? type, int? size, int? iops, int? throughput, bool baseline, string errorId)
    {
        var refusal = Assert.Throws<EbsPvException>(() => VolumeChangeRules.Checked(
            new VolumeChangeSpec { VolumeType = type, Size = size, Iops = iops, Throughput = throughput, Baseline = baseline }));
        Assert.Equal(errorId, refusal.ErrorId);
        Assert.False(string.IsNullOrEmpty(refusal.RecommendedAction));
    }

    [Fact]
    public void What_some_volume_can_become_is_left_to_the_volume()
    {
        Assert.Equal("io1", VolumeChangeRules.Checked(new VolumeChangeSpec { VolumeType = "IO1", Size = 10 }).VolumeType);
        Assert.Equal(1000, VolumeChangeRules.Checked(new VolumeChangeSpec { VolumeType = "gp3", Throughput = 1000 }).Throughput);
        Assert.Equal((3000, 125), Performance(VolumeChangeRules.Checked(new VolumeChangeSpec { Baseline = true })));
    }

    [Theory]
    [InlineData(null, "KubernetesCluster=proyecto.k8s.local")]
    [InlineData(null, "kubernetes.io/cluster/proyecto.k8s.local=shared", "ebs.csi.aws.com/cluster-name=proyecto.k8s.local")]
    [InlineData(null, "eks:eks-cluster-name=proyecto.k8s.local")]
    [InlineData(ErrorIds.VolumeNotOfCluster)]
    [InlineData(ErrorIds.VolumeNotOfCluster, "KubernetesCluster=proyecto.k8s.loca")]
    [InlineData(ErrorIds.VolumeNotOfCluster, "KubernetesCluster=Proyecto.k8s.local")]
    [InlineData(ErrorIds.VolumeNotOfCluster, "KubernetesCluster=proyecto*")]
    [InlineData(ErrorIds.VolumeClusterAmbiguous, "KubernetesCluster=proyecto.k8s.local", "kubernetes.io/cluster/other=owned")]
    [InlineData(ErrorIds.ControlPlaneVolume, "KubernetesCluster=proyecto.k8s.local", "k8s.io/etcd/main=a/a")]
    [InlineData(ErrorIds.ControlPlaneVolume, "KubernetesCluster=proyecto.k8s.local", "k8s.io/role/control-plane=1")]
    [InlineData(ErrorIds.ControlPlaneVolume, "KubernetesCluster=proyecto.k8s.local", "k8s.io/role/master=1")]
    public void Only_volumes_whose_tags_name_this_cluster_and_no_other_are_changed(string? errorId, params string[] tags)
    {
        var current = Volume(10) with { Tags = tags.Select(tag => tag.Split('=', 2)).ToDictionary(tag => tag[0], tag => tag[1]) };
        var candidate = Candidate(VolumeToChange.Of(Id), current);
        Assert.Equal(errorId, candidate.Refusal?.ErrorId);
        Assert.Equal(errorId is null, candidate.Plan is not null);
        if (errorId is not null) Assert.Contains(Id, candidate.Refusal!.Message);
    }

    [Fact]
    public void The_disk_that_a_node_boots_from_is_not_changed()
    {
        var root = Volume(10) with
        {
            State = "in-use",
            Attachments = [new ClusterVolumeAttachment { InstanceId = "i-1", Device = "/dev/xvda", DeleteOnTermination = true }],
        };
        Assert.Equal(ErrorIds.ControlPlaneVolume, Candidate(VolumeToChange.Of(Id), root).Refusal?.ErrorId);
    }

    [Fact]
    public void A_volume_that_is_not_there_is_not_found() =>
        Assert.Equal(ErrorIds.VolumeNotFound, VolumeChangeCandidate.Of(VolumeToChange.Of(Id), new Dictionary<string, ClusterEbsVolume>(), Larger, Here).Refusal?.ErrorId);

    [Fact]
    public void What_was_read_again_counts_and_what_only_the_pipeline_knows_is_carried_on()
    {
        var known = Volume(10) with { Context = "piped", InstanceId = ["i-1"], Adopted = true };
        var current = Volume(15) with { Name = "renamed" };
        var plan = Candidate(new VolumeToChange(Id, known, HasTags: true), current).Plan!;
        Assert.Equal((15, "renamed", "piped", true, Cluster), (plan.From.Size, plan.Volume.Name, plan.Volume.Context, plan.Volume.Adopted, plan.Volume.ClusterName));
        Assert.Equal(["i-1"], plan.Volume.InstanceId);
        Assert.Equal("here", Candidate(VolumeToChange.Of(Id), current).Plan!.Volume.Context);
    }

    [Fact]
    public void What_the_object_itself_shows_is_refused_before_it_is_read_again()
    {
        var own = Volume(30);
        Assert.Equal(ErrorIds.ResizeNotLarger, Checked(new VolumeToChange(Id, own, HasTags: true), Cluster));
        Assert.Equal(ErrorIds.VolumeNotOfCluster, Checked(new VolumeToChange(Id, own, HasTags: true), "other"));
        Assert.Equal(ErrorIds.ResizeNotLarger, Checked(new VolumeToChange(Id, own with { Tags = new Dictionary<string, string>() }, HasTags: false), Cluster));
        Assert.Null(Checked(VolumeToChange.Of(Id), Cluster));

        static string? Checked(VolumeToChange volume, string cluster) =>
            (Record.Exception(() => volume.Check(Larger, cluster)) as EbsPvException)?.ErrorId;
    }

    private static VolumeChangeSpec Larger => VolumeChangeRules.Checked(new VolumeChangeSpec { Size = 20 });

    private static (int?, int?) Performance(VolumeChangeSpec spec) => (spec.Iops, spec.Throughput);

    private static VolumeChangeCandidate Candidate(VolumeToChange volume, ClusterEbsVolume current) =>
        VolumeChangeCandidate.Of(volume, new Dictionary<string, ClusterEbsVolume> { [Id] = current }, Larger, Here);

    private static ClusterEbsVolume Volume(int size) => new()
    {
        VolumeId = Id, AvailabilityZone = "eu-west-1b", Region = "eu-west-1", State = "available", VolumeType = "gp3", Size = size, Iops = 3000, Throughput = 125,
        Tags = new Dictionary<string, string> { ["KubernetesCluster"] = Cluster },
    };
}
