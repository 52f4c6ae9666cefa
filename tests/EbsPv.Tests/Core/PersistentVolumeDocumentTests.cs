using System.Text.Json.Nodes;
using EbsPv.PersistentVolumes;
using EbsPv.Templates;
using Xunit;

namespace EbsPv.Tests.Core;

public class PersistentVolumeDocumentTests
{
    private static readonly VolumeToRegister Volume = new()
    {
        VolumeId = "vol-0123456789abcdef0", Name = "manual-ebs-01", AvailabilityZone = Sets.ZoneB, Size = 10,
    };

    private static readonly PersistentVolumeSettings Everything = new()
    {
        StorageClassName = "fast",
        AccessModes = ["ReadWriteOnce"],
        FileSystemType = "xfs",
        VolumeMode = "Filesystem",
        MountOptions = ["noatime", "discard"],
        Partition = 1,
        ReadOnly = true,
        VolumeAttributes = new Dictionary<string, string> { ["inodeSize"] = "512", ["blockSize"] = "4096" },
        VolumeAttributesClassName = "gold",
        Labels = new Dictionary<string, string> { ["app"] = "shop" },
        Annotations = new Dictionary<string, string> { ["owner"] = "me" },
        Claim = new ClaimReference("shop", "data"),
    };

    [Fact]
    public void The_runbook_s_volume_is_written_in_one_order() => Assert.Equal(
        """{"apiVersion":"v1","kind":"PersistentVolume","metadata":{"name":"manual-ebs-01","labels":{"type":"ebs","topology.kubernetes.io/zone":"eu-west-1b","topology.kubernetes.io/region":"eu-west-1"}},"spec":{"capacity":{"storage":"10Gi"},"accessModes":["ReadWriteOnce"],"persistentVolumeReclaimPolicy":"Retain","storageClassName":"manual-ebs","csi":{"driver":"ebs.csi.aws.com","volumeHandle":"vol-0123456789abcdef0","fsType":"ext4"},"nodeAffinity":{"required":{"nodeSelectorTerms":[{"matchExpressions":[{"key":"topology.kubernetes.io/zone","operator":"In","values":["eu-west-1b"]}]}]}}}}""",
        Json(new RegistrationOptions()));

    [Fact]
    public void Everything_that_can_be_said_has_its_place()
    {
        var spec = Document(new RegistrationOptions { Settings = Everything })["spec"]!.AsObject();
        Assert.Equal(
            ["capacity", "accessModes", "persistentVolumeReclaimPolicy", "storageClassName", "volumeMode", "mountOptions", "volumeAttributesClassName", "claimRef", "csi", "nodeAffinity"],
            spec.Select(pair => pair.Key));
        Assert.Equal(
            """{"driver":"ebs.csi.aws.com","volumeHandle":"vol-0123456789abcdef0","fsType":"xfs","readOnly":true,"volumeAttributes":{"partition":"1","blockSize":"4096","inodeSize":"512"}}""",
            spec["csi"]!.ToJsonString());
        Assert.Equal("""{"apiVersion":"v1","kind":"PersistentVolumeClaim","namespace":"shop","name":"data"}""", spec["claimRef"]!.ToJsonString());
        Assert.Equal("""["noatime","discard"]""", spec["mountOptions"]!.ToJsonString());
        Assert.Equal("gold", (string?)spec["volumeAttributesClassName"]);
    }

    [Fact]
    public void In_tree_the_partition_is_a_number()
    {
        var settings = new PersistentVolumeSettings { Partition = 2, FileSystemType = "ext3" };
        Assert.Equal(
            """{"volumeID":"aws://eu-west-1b/vol-0123456789abcdef0","fsType":"ext3","partition":2}""",
            Document(new RegistrationOptions { VolumeSource = VolumeSource.InTree, Settings = settings })["spec"]!["awsElasticBlockStore"]!.ToJsonString());
    }

    [Fact]
    public void A_device_has_no_file_system()
    {
        var csi = Document(new RegistrationOptions { Settings = new PersistentVolumeSettings { VolumeMode = "Block" } })["spec"]!["csi"]!.AsObject();
        Assert.False(csi.ContainsKey("fsType"));
    }

    [Fact]
    public void What_a_document_says_beside_is_added_and_replaces_nothing()
    {
        const string Rest = """{"metadata":{"name":"other","ownerReferences":[{"name":"o"}]},"spec":{"nodeAffinity":{"required":{}}}}""";
        var template = new PersistentVolumeTemplate { Document = new("pv.yml", 1, 1, ""), Settings = new(), Rest = Rest, HasAffinity = true, Affinity = new([new(["eu-west-1b"], [])]) };
        var spec = RegistrationPlanner.Plan(Volume with { Template = template }, new RegistrationOptions(), Facts.Kops, "ctx").Spec!;
        var document = JsonNode.Parse(PersistentVolumeDocument.ToJson(spec))!;
        Assert.Equal("manual-ebs-01", (string?)document["metadata"]!["name"]);
        Assert.Equal("""[{"name":"o"}]""", document["metadata"]!["ownerReferences"]!.ToJsonString());
        Assert.Equal("""{"required":{}}""", document["spec"]!["nodeAffinity"]!.ToJsonString());
    }

    [Fact]
    public void What_kubectl_compares_with_is_the_document_sorted_and_without_the_cause()
    {
        var annotations = Document(new RegistrationOptions { SaveConfig = true, ChangeCause = "Register-EbsPersistentVolume -Record" })["metadata"]!["annotations"]!;
        Assert.Equal("Register-EbsPersistentVolume -Record", (string?)annotations["kubernetes.io/change-cause"]);
        Assert.Equal(
            """{"apiVersion":"v1","kind":"PersistentVolume","metadata":{"annotations":{},"labels":{"topology.kubernetes.io/region":"eu-west-1","topology.kubernetes.io/zone":"eu-west-1b","type":"ebs"},"name":"manual-ebs-01"},"spec":{"accessModes":["ReadWriteOnce"],"capacity":{"storage":"10Gi"},"csi":{"driver":"ebs.csi.aws.com","fsType":"ext4","volumeHandle":"vol-0123456789abcdef0"},"nodeAffinity":{"required":{"nodeSelectorTerms":[{"matchExpressions":[{"key":"topology.kubernetes.io/zone","operator":"In","values":["eu-west-1b"]}]}]}},"persistentVolumeReclaimPolicy":"Retain","storageClassName":"manual-ebs"}}""" + "\n",
            (string?)annotations["kubectl.kubernetes.io/last-applied-configuration"]);
    }

    [Fact]
    public void Its_texts_are_escaped_as_Go_does()
    {
        var document = new JsonObject { ["metadata"] = new JsonObject(), ["a"] = "<&>\"\\\n\t\u0001\u2028ñ😀", ["n"] = null, ["l"] = new JsonArray(1, true) };
        Assert.Equal(
            """{"a":"\u003c\u0026\u003e\"\\\n\t\u0001\u2028ñ😀","l":[1,true],"metadata":{"annotations":{}},"n":null}""" + "\n",
            LastAppliedConfiguration.Of(document));
    }

    private static string Json(RegistrationOptions options) =>
        PersistentVolumeDocument.ToJson(RegistrationPlanner.Plan(Volume, options, Facts.Kops, "ctx").Spec!);

    private static JsonNode Document(RegistrationOptions options) => JsonNode.Parse(Json(options))!;
}
