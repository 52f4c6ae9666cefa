using System.Text.Json.Nodes;
using EbsPv.Errors;
using EbsPv.PersistentVolumes;
using EbsPv.Templates;
using EbsPv.Tests.Core;
using EbsPv.Tests.Support;
using Xunit;
using static EbsPv.Tests.Templates.TemplateHarness;

namespace EbsPv.Tests.Templates;

/// <summary>Manifests with volumes of their own, and what becomes of them for another driver.</summary>
public class TemplateVolumeTests
{
    private const string Capacity = "capacity: { storage: 10Gi }";

    [Theory]
    [InlineData("aws://eu-west-1b/vol-0123456789abcdef0", null, Sets.ZoneB)]
    [InlineData("vol-0123456789abcdef0", null, null)]
    [InlineData("vol-0123456789abcdef0", Sets.ZoneC, Sets.ZoneC)]
    [InlineData("aws://eu-west-1b/vol-0123456789abcdef0", Sets.ZoneB, Sets.ZoneB)]
    public void Its_zone_is_what_it_says_or_what_was_typed(string id, string? typed, string? zone)
    {
        var volume = TemplateVolume.Of(Read(Document(id, "datos", Capacity))[0], typed);
        Assert.Equal((Id, "datos", zone, 10, "10Gi"), (volume.VolumeId, volume.Name, volume.AvailabilityZone, volume.Size, volume.Capacity));
    }

    [Fact]
    public void What_is_typed_does_not_contradict_it() =>
        Refusal.Of(ErrorIds.TemplateZoneMismatch, () => TemplateVolume.Of(Read(Document("aws://eu-west-1b/" + Id, "datos", Capacity))[0], Sets.ZoneC));

    [Theory]
    [InlineData("10500Mi", 11)]
    [InlineData("1", 1)]
    [InlineData("2Ti", 2048)]
    public void Its_size_is_rounded_up_and_its_own_text_is_kept(string capacity, int size)
    {
        var volume = TemplateVolume.Of(Read(Document(Id, "datos", $"capacity: {{ storage: {capacity} }}"))[0], null);
        Assert.Equal((size, capacity), (volume.Size, volume.Capacity));
    }

    [Theory]
    [InlineData("REPLACE_ME_1", ErrorIds.VolumeIdInvalid)]
    [InlineData("snap-0123456789abcdef0", ErrorIds.WrongResourceKind)]
    [InlineData("''", ErrorIds.ManifestInvalid)]
    public void Without_an_id_it_stands_for_nothing(string id, string errorId) =>
        Assert.Contains("-TemplatePath", Refusal.Of(errorId, () => TemplateVolume.Of(Read(Document(id, "datos", Capacity))[0], null)).RecommendedAction, StringComparison.Ordinal);

    [Fact]
    public void Without_a_name_or_a_capacity_it_cannot_be_converted()
    {
        Refusal.Of(ErrorIds.ManifestInvalid, () => TemplateVolume.Of(Read(Document(Id))[0], null));
        Refusal.Of(ErrorIds.ManifestInvalid, () => TemplateVolume.Of(Read(Document(Id, "''", Capacity))[0], null));
    }

    [Fact]
    public void In_tree_becomes_CSI_with_all_that_it_says()
    {
        const string Old = """
            apiVersion: v1
            kind: PersistentVolume
            metadata:
              name: datos
              labels: { failure-domain.beta.kubernetes.io/zone: eu-west-1b, failure-domain.beta.kubernetes.io/region: eu-west-1, equipo: web }
              annotations: { pv.kubernetes.io/provisioned-by: kubernetes.io/aws-ebs, kubernetes.io/createdby: aws-ebs-dynamic-provisioner }
            spec:
              capacity: { storage: 10Gi }
              accessModes: [ReadWriteOnce]
              storageClassName: gp2
              claimRef: { apiVersion: v1, kind: PersistentVolumeClaim, namespace: tienda, name: data, uid: u }
              awsElasticBlockStore: { volumeID: aws://eu-west-1b/vol-0123456789abcdef0, fsType: xfs, partition: 2, readOnly: true }
            """;
        var document = Converted(Old, VolumeSource.Csi);
        Assert.Equal("""{"driver":"ebs.csi.aws.com","volumeHandle":"vol-0123456789abcdef0","fsType":"xfs","readOnly":true,"volumeAttributes":{"partition":"2"}}""", document["spec"]!["csi"]!.ToJsonString());
        Assert.Equal("""{"apiVersion":"v1","kind":"PersistentVolumeClaim","namespace":"tienda","name":"data"}""", document["spec"]!["claimRef"]!.ToJsonString());
        Assert.Equal("""{"type":"ebs","topology.kubernetes.io/zone":"eu-west-1b","topology.kubernetes.io/region":"eu-west-1","equipo":"web"}""", document["metadata"]!["labels"]!.ToJsonString());
        Assert.Equal("ebs.csi.aws.com", (string?)document["metadata"]!["annotations"]!["pv.kubernetes.io/provisioned-by"]);
        Assert.Equal("eu-west-1b", (string?)document["spec"]!["nodeAffinity"]!["required"]!["nodeSelectorTerms"]![0]!["matchExpressions"]![0]!["values"]![0]);
        Assert.Null(document["spec"]!["awsElasticBlockStore"]);
    }

    [Fact]
    public void CSI_becomes_in_tree_with_its_partition_as_a_number()
    {
        const string New = """
            apiVersion: v1
            kind: PersistentVolume
            metadata: { name: datos }
            spec:
              capacity: { storage: 10Gi }
              csi: { driver: ebs.csi.aws.com, volumeHandle: vol-0123456789abcdef0, fsType: xfs, volumeAttributes: { partition: "2" } }
              nodeAffinity: { required: { nodeSelectorTerms: [ { matchExpressions: [ { key: topology.kubernetes.io/zone, operator: In, values: [eu-west-1b] } ] } ] } }
            """;
        var document = Converted(New, VolumeSource.InTree);
        Assert.Equal("""{"volumeID":"aws://eu-west-1b/vol-0123456789abcdef0","fsType":"xfs","partition":2}""", document["spec"]!["awsElasticBlockStore"]!.ToJsonString());
        Assert.Single(document["spec"]!["nodeAffinity"]!["required"]!["nodeSelectorTerms"]!.AsArray());
    }

    [Theory]
    [InlineData("topology.kubernetes.io/zone: eu-west-1b", "")]
    [InlineData("topology.kubernetes.io/zone: eu-west-1b, eu-west-1c", "AffinityOfSeveralZones")]
    [InlineData("topology.ebs.csi.eks.amazonaws.com/zone: eu-west-1b", "AffinityOfAutoMode")]
    [InlineData("disco: ssd", "AffinityWithoutZone")]
    public void An_affinity_that_sends_pods_where_the_volume_is_not_is_told(string requirement, string warning)
    {
        var (key, value) = (requirement.Split(": ")[0], requirement.Split(": ")[1]);
        var affinity = $"nodeAffinity: {{ required: {{ nodeSelectorTerms: [ {{ matchExpressions: [ {{ key: {key}, operator: In, values: [{value}] }} ] }} ] }} }}";
        var volume = TemplateVolume.Of(Read(Document("aws://eu-west-1b/" + Id, "datos", Capacity, affinity))[0], null);
        Assert.Equal(warning, Warnings(VolumeSource.Csi));
        Assert.Equal(warning == "AffinityOfAutoMode" ? "" : warning, Warnings(VolumeSource.EksAutoMode));

        string Warnings(VolumeSource source) => string.Join(' ', RegistrationPlanner.Contents(
            volume, ManifestComposer.PersistentVolume(volume, new RegistrationOptions { VolumeSource = source }, ClusterFacts.Unknown)).Select(one => one.Split(':')[0]));
    }

    [Theory]
    [InlineData("failure-domain.beta.kubernetes.io/zone", VolumeSource.Csi, "topology.kubernetes.io/zone")]
    [InlineData("failure-domain.beta.kubernetes.io/zone", VolumeSource.EksAutoMode, "topology.kubernetes.io/zone")]
    [InlineData("failure-domain.beta.kubernetes.io/zone", VolumeSource.InTree, "failure-domain.beta.kubernetes.io/zone")]
    [InlineData("topology.ebs.csi.aws.com/zone", VolumeSource.Csi, "topology.ebs.csi.aws.com/zone")]
    [InlineData("topology.ebs.csi.aws.com/zone", VolumeSource.EksAutoMode, "topology.kubernetes.io/zone")]
    [InlineData("topology.kubernetes.io/zone", VolumeSource.EksAutoMode, "topology.kubernetes.io/zone")]
    public void An_affinity_has_the_labels_that_the_driver_s_nodes_have_today(string key, VolumeSource source, string written)
    {
        var affinity = $"nodeAffinity: {{ required: {{ nodeSelectorTerms: [ {{ matchExpressions: [ {{ key: {key}, operator: In, values: [eu-west-1b] }} ] }} ] }} }}";
        var requirement = Converted(Document(Id, "datos", Capacity, affinity), source)["spec"]!["nodeAffinity"]!["required"]!["nodeSelectorTerms"]![0]!["matchExpressions"]![0]!;
        Assert.Equal((written, "In", "eu-west-1b"), ((string?)requirement["key"], (string?)requirement["operator"], (string?)requirement["values"]![0]));
    }

    [Fact]
    public void Without_an_affinity_Auto_Mode_gets_the_zone_in_its_own_words()
    {
        var requirement = Converted(Document("aws://eu-west-1b/" + Id, "datos", Capacity), VolumeSource.EksAutoMode)["spec"]!["nodeAffinity"]!["required"]!["nodeSelectorTerms"]![0]!["matchExpressions"]![0]!;
        Assert.Equal(("topology.ebs.csi.eks.amazonaws.com/zone", "eu-west-1b"), ((string?)requirement["key"], (string?)requirement["values"]![0]));
    }

    [Fact]
    public void A_label_of_two_zones_does_not_say_which_it_is()
    {
        var text = Document(Id, "datos", Capacity).Replace("{ name: datos }", "{ name: datos, labels: { failure-domain.beta.kubernetes.io/zone: eu-west-1b__eu-west-1c } }", StringComparison.Ordinal);
        Assert.Null(TemplateVolume.Of(Read(text)[0], null).AvailabilityZone);
        Assert.Equal(Sets.ZoneC, TemplateVolume.Of(Read(text)[0], Sets.ZoneC).AvailabilityZone);
        Assert.Equal(Sets.ZoneB, TemplateVolume.Of(Read(text.Replace(Id, "aws://eu-west-1b/" + Id, StringComparison.Ordinal))[0], null).AvailabilityZone);
        Refusal.Of(ErrorIds.TemplateZoneMismatch, () => TemplateVolume.Of(Read(text)[0], "eu-west-1a"));
        Refusal.Of(ErrorIds.TemplateZoneMismatch, () => TemplateVolume.Of(Read(text.Replace(Id, "aws://eu-west-1a/" + Id, StringComparison.Ordinal))[0], null));
    }

    [Fact]
    public void Its_owner_is_left_out_and_told()
    {
        var text = Document("aws://eu-west-1b/" + Id, "datos", Capacity).Replace("{ name: datos }", "{ name: datos, ownerReferences: [ { apiVersion: v1, kind: Thing, name: one, uid: u } ] }", StringComparison.Ordinal);
        var volume = TemplateVolume.Of(Read(text)[0], null);
        Assert.Null(Converted(text, VolumeSource.Csi)["metadata"]!["ownerReferences"]);
        Assert.StartsWith("OwnerLeftOut: ", Assert.Single(RegistrationPlanner.Contents(volume, ManifestComposer.PersistentVolume(volume, new RegistrationOptions(), ClusterFacts.Unknown))), StringComparison.Ordinal);
    }

    [Fact]
    public void A_zone_that_is_not_known_is_not_made_up()
    {
        var document = Converted(Document(Id, "datos", Capacity), VolumeSource.InTree);
        Assert.Equal("aws:///vol-0123456789abcdef0", (string?)document["spec"]!["awsElasticBlockStore"]!["volumeID"]);
        Assert.Null(document["spec"]!["nodeAffinity"]);
        Assert.Equal("""{"type":"ebs"}""", document["metadata"]!["labels"]!.ToJsonString());
    }

    [Fact]
    public void What_was_converted_is_converted_to_the_same_again()
    {
        var once = Converted(Document("aws://eu-west-1b/" + Id, "datos", Capacity, "mountOptions: [noatime]"), VolumeSource.Csi);
        Assert.True(JsonNode.DeepEquals(once, Converted(once.ToJsonString(), VolumeSource.Csi)), once.ToJsonString());
    }

    private static JsonNode Converted(string text, VolumeSource source)
    {
        var volume = TemplateVolume.Of(Assert.Single(Read(text)), null);
        return JsonNode.Parse(PersistentVolumeDocument.ToJson(ManifestComposer.PersistentVolume(volume, new RegistrationOptions { VolumeSource = source }, ClusterFacts.Unknown)))!;
    }
}
