using EbsPv.Clients.Kubernetes;
using EbsPv.PersistentVolumes;
using EbsPv.Tests.Core;
using k8s.Models;
using Xunit;

namespace EbsPv.Tests.Clients.Kubernetes;

public class PersistentVolumeMappingTests
{
    private const string Id = "vol-0123456789abcdef0";

    [Theory]
    [InlineData("ebs.csi.aws.com", VolumeSource.Csi)]
    [InlineData("ebs.csi.eks.amazonaws.com", VolumeSource.EksAutoMode)]
    public void Both_drivers_volumes_are_EBS(string driver, VolumeSource source)
    {
        var model = Model(Volume(csi: driver));
        Assert.Equal((source, Id, "ext4"), (model.VolumeSource, model.VolumeId, model.FileSystemType));
    }

    [Theory]
    [InlineData(Id, null)]
    [InlineData("aws://eu-west-1b/" + Id, "eu-west-1b")]
    [InlineData("aws:///" + Id, null)]
    public void An_in_tree_volume_has_its_id_in_one_of_three_forms(string inTree, string? zone)
    {
        var model = Model(Volume(inTree: inTree));
        Assert.Equal((VolumeSource.InTree, Id, zone), (model.VolumeSource, model.VolumeId, model.AvailabilityZone));
    }

    [Fact]
    public void Other_drivers_are_not()
    {
        Assert.False(PersistentVolumeMapping.IsEbs(Volume(csi: "efs.csi.aws.com")));
        Assert.False(PersistentVolumeMapping.IsEbs(new V1PersistentVolume { Metadata = new V1ObjectMeta { Name = "n" } }));
        Assert.True(PersistentVolumeMapping.IsEbs(Volume(inTree: Id)));
    }

    [Fact]
    public void One_that_is_being_deleted_is_Terminating_whatever_its_phase()
    {
        var volume = Volume(csi: "ebs.csi.aws.com");
        volume.Status = new V1PersistentVolumeStatus { Phase = "Bound" };
        Assert.Equal("Bound", Model(volume).Status);
        volume.Metadata.DeletionTimestamp = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        Assert.Equal("Terminating", Model(volume).Status);
    }

    [Fact]
    public void One_without_a_phase_is_Pending() => Assert.Equal("Pending", Model(Volume(csi: "ebs.csi.aws.com")).Status);

    [Theory]
    [InlineData("topology.kubernetes.io/zone")]
    [InlineData("topology.ebs.csi.aws.com/zone")]
    [InlineData("topology.ebs.csi.eks.amazonaws.com/zone")]
    [InlineData("failure-domain.beta.kubernetes.io/zone")]
    public void The_zone_is_the_affinity_s_before_the_label_s_and_the_id_s(string key)
    {
        var volume = Volume(inTree: "aws://eu-west-1a/" + Id);
        Assert.Equal("eu-west-1a", Model(volume).AvailabilityZone);
        volume.Metadata.Labels = new Dictionary<string, string> { [key] = "eu-west-1b" };
        Assert.Equal("eu-west-1b", Model(volume).AvailabilityZone);
        volume.Spec.NodeAffinity = Affinity(("kubernetes.io/os", "NotIn", "windows"), (key, "In", "eu-west-1c"));
        Assert.Equal(("eu-west-1c", "eu-west-1"), (Model(volume).AvailabilityZone, Model(volume).Region));
    }

    [Fact]
    public void A_zone_that_is_none_has_no_region()
    {
        var volume = Volume(csi: "ebs.csi.aws.com");
        volume.Metadata.Labels = new Dictionary<string, string> { ["topology.kubernetes.io/zone"] = "somewhere" };
        Assert.Equal(("somewhere", null), (Model(volume).AvailabilityZone, Model(volume).Region));
        volume.Metadata.Labels["topology.kubernetes.io/region"] = "here";
        Assert.Equal("here", Model(volume).Region);
    }

    [Fact]
    public void Everything_else_is_told_as_it_stands()
    {
        var volume = Volume(csi: "ebs.csi.aws.com");
        volume.Spec.Capacity = new Dictionary<string, ResourceQuantity> { ["storage"] = new("10Gi") };
        volume.Spec.ClaimRef = new V1ObjectReference { NamespaceProperty = "default", Name = "data" };
        volume.Spec.StorageClassName = "manual-ebs";
        volume.Spec.PersistentVolumeReclaimPolicy = "Retain";
        volume.Spec.VolumeMode = "Block";
        volume.Status = new V1PersistentVolumeStatus { Phase = "Failed", Message = "no" };
        var model = Model(volume);
        Assert.Equal(("10Gi", "default/data", "manual-ebs", "Retain"), (model.Capacity, model.Claim, model.StorageClassName, model.ReclaimPolicy));
        Assert.Equal(("Block", "Failed", "no", "ctx"), (model.VolumeMode, model.Status, model.Reason, model.Context));
    }

    [Theory]
    [InlineData(VolumeSource.Csi)]
    [InlineData(VolumeSource.EksAutoMode)]
    [InlineData(VolumeSource.InTree)]
    public void What_is_written_is_read_back_the_same(VolumeSource source)
    {
        var volume = new VolumeToRegister { VolumeId = Id, Name = "n", AvailabilityZone = Sets.ZoneB, Size = 10 };
        var spec = RegistrationPlanner.Plan(volume, new RegistrationOptions { VolumeSource = source }, Facts.Empty, "ctx").Spec!;
        var model = Model(k8s.KubernetesJson.Deserialize<V1PersistentVolume>(PersistentVolumeDocument.ToJson(spec)));
        Assert.Equal((source, Id, "n", "10Gi"), (model.VolumeSource, model.VolumeId, model.Name, model.Capacity));
        Assert.Equal((Sets.ZoneB, "eu-west-1", "ext4", "Retain"), (model.AvailabilityZone, model.Region, model.FileSystemType, model.ReclaimPolicy));
        Assert.Equal("ebs", model.Labels["type"]);
    }

    private static EbsPersistentVolume Model(V1PersistentVolume volume) => PersistentVolumeMapping.ToModel(volume, "ctx");

    private static V1PersistentVolume Volume(string? csi = null, string? inTree = null) => new()
    {
        Metadata = new V1ObjectMeta { Name = "n" },
        Spec = new V1PersistentVolumeSpec
        {
            Csi = csi is null ? null : new V1CSIPersistentVolumeSource { Driver = csi, VolumeHandle = Id, FsType = "ext4" },
            AwsElasticBlockStore = inTree is null ? null : new V1AWSElasticBlockStoreVolumeSource { VolumeID = inTree, FsType = "ext4" },
        },
    };

    private static V1VolumeNodeAffinity Affinity(params (string Key, string Operator, string Value)[] expressions) => new()
    {
        Required = new V1NodeSelector
        {
            NodeSelectorTerms =
            [
                new V1NodeSelectorTerm
                {
                    MatchExpressions = [.. expressions.Select(one => new V1NodeSelectorRequirement { Key = one.Key, OperatorProperty = one.Operator, Values = [one.Value] })],
                },
            ],
        },
    };
}
