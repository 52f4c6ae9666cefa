using EbsPv.Volumes;
using Xunit;

namespace EbsPv.Tests.Core;

public class VolumeOwnershipTests
{
    private const string Cluster = Sets.Cluster;

    [Theory]
    [InlineData("KubernetesCluster", Cluster)]
    [InlineData("ebs.csi.aws.com/cluster-name", Cluster)]
    [InlineData("eks:eks-cluster-name", Cluster)]
    [InlineData("kubernetes.io/cluster/" + Cluster, "owned")]
    [InlineData("kubernetes.io/cluster/" + Cluster, "")]
    public void Each_of_four_tags_makes_it_the_cluster_s(string key, string value)
    {
        var volume = Volume((key, value));
        Assert.True(VolumeOwnership.BelongsTo(volume, Cluster));
        Assert.False(VolumeOwnership.BelongsTo(volume, "vecino.k8s.local"));
        Assert.Equal([Cluster], VolumeOwnership.ClustersOf(volume.Tags));
    }

    [Theory]
    [InlineData("Cluster", Cluster)]
    [InlineData("KubernetesCluster", "PROYECTO.k8s.local")]
    [InlineData("KubernetesCluster", Cluster + ".other")]
    [InlineData("KubernetesCluster", "*")]
    [InlineData("kubernetes.io/cluster/" + Cluster + "x", "owned")]
    [InlineData("x-kubernetes.io/cluster/" + Cluster, "owned")]
    public void Nothing_less_does(string key, string value) => Assert.False(VolumeOwnership.BelongsTo(Volume((key, value)), Cluster));

    [Fact]
    public void One_name_in_four_tags_is_one_cluster_and_two_names_are_two()
    {
        var tags = Volume(("KubernetesCluster", Cluster), ("kubernetes.io/cluster/" + Cluster, "owned"), ("eks:eks-cluster-name", Cluster)).Tags;
        Assert.Single(VolumeOwnership.ClustersOf(tags));
        Assert.Equal(2, VolumeOwnership.ClustersOf(Volume(("KubernetesCluster", "a"), ("kubernetes.io/cluster/b", "shared")).Tags).Count);
    }

    [Theory]
    [InlineData("k8s.io/etcd/main")]
    [InlineData("k8s.io/etcd/events")]
    [InlineData("k8s.io/role/control-plane")]
    [InlineData("k8s.io/role/master")]
    public void The_control_plane_s_volumes_are_nobody_s(string key)
    {
        var volume = Volume(("KubernetesCluster", Cluster), (key, "1"));
        Assert.True(VolumeOwnership.IsControlPlane(volume.Tags));
        Assert.False(VolumeOwnership.BelongsTo(volume, Cluster));
    }

    [Theory]
    [InlineData("k8s.io/role/node")]
    [InlineData("k8s.io/etcd")]
    public void A_worker_s_tags_are_not_the_control_plane_s(string key) =>
        Assert.False(VolumeOwnership.IsControlPlane(new Dictionary<string, string> { [key] = "1" }));

    [Theory]
    [InlineData("/dev/xvda", true, true)]
    [InlineData("/dev/sda1", true, true)]
    [InlineData("/dev/sda1", false, false)]
    [InlineData("/dev/sdf", true, false)]
    public void A_node_s_root_volume_is_not_storage(string device, bool deletedWithNode, bool isRoot)
    {
        var volume = Volume(("KubernetesCluster", Cluster)) with
        {
            Attachments = [new ClusterVolumeAttachment { InstanceId = "i-1", Device = device, DeleteOnTermination = deletedWithNode }],
        };
        Assert.Equal(isRoot, VolumeOwnership.IsNodeRoot(volume));
        Assert.Equal(!isRoot, VolumeOwnership.BelongsTo(volume, Cluster));
    }

    private static ClusterEbsVolume Volume(params (string Key, string Value)[] tags) => new()
    {
        VolumeId = "vol-00000001",
        AvailabilityZone = Sets.ZoneB,
        Region = "eu-west-1",
        State = "available",
        Tags = tags.ToDictionary(tag => tag.Key, tag => tag.Value),
    };
}
