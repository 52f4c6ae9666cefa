using EbsPv.PersistentVolumes;
using Xunit;

namespace EbsPv.Tests.Core;

public class DriverTagsTests
{
    [Theory]
    [InlineData(VolumeSource.Csi, "KubernetesCluster")]
    [InlineData(VolumeSource.Csi, "ebs.csi.aws.com/cluster")]
    [InlineData(VolumeSource.Csi, "ebs.csi.aws.com/cluster-name")]
    [InlineData(VolumeSource.EksAutoMode, "eks:eks-cluster-name")]
    [InlineData(VolumeSource.InTree, "anything")]
    public void A_volume_with_a_tag_that_the_driver_s_role_goes_by_is_fine(VolumeSource source, string key) =>
        Assert.Null(DriverTags.Missing(Volume(key), source));

    [Theory]
    [InlineData(VolumeSource.Csi, "eks:eks-cluster-name", "ebs.csi.aws.com/cluster=true")]
    [InlineData(VolumeSource.EksAutoMode, "KubernetesCluster", "eks:eks-cluster-name=proyecto.k8s.local")]
    public void One_without_is_warned_of_by_the_tag_it_lacks(VolumeSource source, string key, string lacks)
    {
        var warning = DriverTags.Missing(Volume(key), source);
        Assert.Equal("DriverTagMissing", warning!.Id);
        Assert.Contains(lacks, warning.Text);
        Assert.Equal("vol-0123abcd", warning.Subject);
    }

    [Fact]
    public void Tags_that_nobody_told_are_not_missing() => Assert.Null(DriverTags.Missing(Volume("x") with { Tags = null }, VolumeSource.Csi));

    private static VolumeToRegister Volume(string key) => new()
    {
        VolumeId = "vol-0123abcd",
        Name = "n",
        AvailabilityZone = Sets.ZoneB,
        Size = 10,
        ClusterName = Sets.Cluster,
        Tags = new Dictionary<string, string> { [key] = "x" },
    };
}
