using System.Text.Json.Nodes;
using EbsPv.Errors;
using EbsPv.PersistentVolumes;
using EbsPv.Templates;
using EbsPv.Tests.Support;
using Xunit;
using static EbsPv.Tests.Templates.TemplateHarness;

namespace EbsPv.Tests.Templates;

public class TemplateReaderTests
{
    private const string Everything = """
        apiVersion: v1
        kind: PersistentVolume
        metadata:
          name: datos
          uid: 2c028abe-cae9-4277-a4af-05bb61fc7a38
          resourceVersion: "15"
          creationTimestamp: "2026-11-26T11:41:25Z"
          generation: 3
          managedFields: [ { manager: kubectl, operation: Update, fieldsV1: { "f:spec": {} } } ]
          ownerReferences: [ { apiVersion: v1, kind: Thing, name: owner, uid: u } ]
          finalizers: [kubernetes.io/pv-protection, external-attacher/ebs-csi-aws-com, external-provisioner.volume.kubernetes.io/finalizer, acme.io/backup]
          labels: { type: ebs, equipo: web, topology.kubernetes.io/zone: eu-west-1b, topology.kubernetes.io/region: eu-west-1 }
          annotations:
            nota: de la casa
            pv.kubernetes.io/bound-by-controller: "yes"
            pv.kubernetes.io/migrated-to: ebs.csi.aws.com
            ebspv/swap: "{}"
            ebspv/reclaim-policy: Delete
            kubectl.kubernetes.io/last-applied-configuration: "{}"
        spec:
          capacity: { storage: 10Gi }
          accessModes: [RWO]
          persistentVolumeReclaimPolicy: delete
          storageClassName: ""
          volumeMode: filesystem
          mountOptions: [noatime]
          volumeAttributesClassName: oro
          claimRef: { namespace: tienda, name: data, uid: u, resourceVersion: "3" }
          csi:
            driver: ebs.csi.aws.com
            volumeHandle: REPLACE_ME_1
            fsType: XFS
            readOnly: true
            volumeAttributes: { partition: "1", blockSize: "4096" }
          nodeAffinity:
            required:
              nodeSelectorTerms:
              - matchExpressions: [ { key: topology.ebs.csi.aws.com/zone, operator: In, values: [eu-west-1a, eu-west-1b] } ]
        status: { phase: Bound, unknownInAnyVersion: yes }
        """;

    [Fact]
    public void What_parameters_can_say_is_taken_out_in_Kubernetes_spelling()
    {
        var template = Assert.Single(Read(Everything));
        var settings = template.Settings;
        Assert.Equal(("datos", "10Gi", "REPLACE_ME_1", VolumeSource.Csi), (template.Name, template.Capacity, template.VolumeId, template.Source));
        Assert.Equal(("", "Delete", "Filesystem", "xfs", "oro"), (settings.StorageClassName, settings.ReclaimPolicy, settings.VolumeMode, settings.FileSystemType, settings.VolumeAttributesClassName));
        Assert.Equal((1, true), (settings.Partition, settings.ReadOnly));
        Assert.Equal(["ReadWriteOnce"], settings.AccessModes);
        Assert.Equal(["noatime"], settings.MountOptions);
        Assert.Equal(["blocksize=4096"], Pairs(settings.VolumeAttributes));
        Assert.Equal(["equipo=web", "type=ebs"], Pairs(settings.Labels));
        Assert.Equal(["nota=de la casa"], Pairs(settings.Annotations));
        Assert.Equal(new ClaimReference("tienda", "data"), settings.Claim);
    }

    [Fact]
    public void Where_it_says_the_volume_is_is_remembered()
    {
        var template = Assert.Single(Read(Everything));
        Assert.Equal(["its label topology.kubernetes.io/zone: eu-west-1b"], template.ZonesSaid.Select(Shown));
        Assert.Equal(["eu-west-1a", "eu-west-1b"], template.Affinity.Zones);
        Assert.Equal(("eu-west-1", true, true), (template.Region, template.HasAffinity, template.Affinity.NamesZones));
    }

    [Fact]
    public void What_a_server_added_is_left_out_and_the_rest_is_kept()
    {
        var rest = JsonNode.Parse(Assert.Single(Read(Everything)).Rest)!;
        Assert.Equal(["finalizers"], rest["metadata"]!.AsObject().Select(pair => pair.Key));
        Assert.Equal(["Thing owner"], Assert.Single(Read(Everything)).Owner);
        Assert.Equal("""["acme.io/backup"]""", rest["metadata"]!["finalizers"]!.ToJsonString());
        Assert.Equal(["nodeAffinity"], rest["spec"]!.AsObject().Select(pair => pair.Key));
    }

    [Theory]
    [InlineData("REPLACE_ME_1", "REPLACE_ME_1", "")]
    [InlineData("aws://eu-west-1b/vol-0123456789abcdef0", Id, "eu-west-1b")]
    [InlineData("aws:///vol-0123456789abcdef0", Id, "")]
    [InlineData("vol-0123456789abcdef0", Id, "")]
    public void The_forms_of_in_tree_ids_are_known(string volumeId, string id, string zones)
    {
        var template = Assert.Single(Read(Document(volumeId)));
        Assert.Equal((VolumeSource.InTree, id, zones), (template.Source, template.VolumeId, string.Join(' ', template.ZonesSaid.SelectMany(said => said.Zones))));
    }

    [Fact]
    public void A_document_that_says_nearly_nothing_is_a_template_too()
    {
        var template = Assert.Single(Read("apiVersion: v1\nkind: PersistentVolume\nmetadata: {}\n"));
        Assert.Equal((null, null, null, VolumeSource.Auto), (template.Name, template.Capacity, template.VolumeId, template.Source));
        Assert.Equal((false, false), (template.HasAffinity, template.Affinity.NamesZones));
    }

    [Fact]
    public void Documents_that_are_empty_do_not_count_and_lines_are_told()
    {
        var templates = Read("# first\n---\n---\n" + Document("REPLACE_ME_1", "uno") + "# nothing\n---\n" + Document("REPLACE_ME_2", "dos") + "\n");
        Assert.Equal(["uno", "dos"], templates.Select(template => template.Name));
        Assert.Equal([1, 2], templates.Select(template => template.Document.Number));
        Assert.EndsWith("pv.yml, document 2 (line 12)", $"{templates[1].Document}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("List")]
    [InlineData("PersistentVolumeList")]
    public void The_items_of_a_list_are_documents(string kind)
    {
        var head = kind == "List" ? "apiVersion: v1, kind: PersistentVolume, " : "";
        var text = $$"""
            apiVersion: v1
            kind: {{kind}}
            metadata: { resourceVersion: "" }
            items:
            - { {{head}}metadata: { name: uno }, spec: { awsElasticBlockStore: { volumeID: {{Id}} } } }
            - { {{head}}metadata: { name: dos }, spec: { awsElasticBlockStore: { volumeID: {{Id}} } } }
            """;
        var templates = Read(text);
        Assert.Equal(["uno", "dos"], templates.Select(template => template.Name));
        Assert.EndsWith("pv.yml, document 1 (line 1), item 2", $"{templates[1].Document}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kind: List", "items: []", "")]
    [InlineData("kind: List", "items: [ { apiVersion: v1, kind: Pod } ]", "item 1 is a Pod")]
    [InlineData("kind: List", "items: [ null ]", "item 1 is no Kubernetes object")]
    [InlineData("kind: List", "items: 3", "is a List, not a PersistentVolume")]
    [InlineData("kind: PersistentVolumeClaimList", "items: []", "is a PersistentVolumeClaimList")]
    public void Lists_of_other_things_are_not(string kind, string items, string reason)
    {
        var text = $"apiVersion: v1\n{kind}\n{items}\n";
        if (reason.Length == 0) Assert.Empty(Read(text));
        else Assert.Contains(reason, Refusal.Of(ErrorIds.ManifestKindUnsupported, () => Read(text)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("apiVersion: v2\nkind: PersistentVolume\n", "is a PersistentVolume of v2, not a PersistentVolume of v1")]
    [InlineData("apiVersion: v1\n", "is a document without a kind")]
    [InlineData("apiVersion: v1\nkind: [a]\n", "is a document without a kind")]
    [InlineData("just text\n", "is no Kubernetes object")]
    [InlineData("apiVersion: v1\nkind: PersistentVolume\nspec: { csi: { driver: efs.csi.aws.com, volumeHandle: x } }\n", "is for the driver 'efs.csi.aws.com'")]
    [InlineData("apiVersion: v1\nkind: PersistentVolume\nspec: { csi: { volumeHandle: x } }\n", "is for the driver ''")]
    [InlineData("apiVersion: v1\nkind: PersistentVolume\nspec: { hostPath: { path: /datos } }\n", "has the source hostPath, which is no EBS volume")]
    [InlineData("apiVersion: v1\nkind: PersistentVolume\nspec: { nfs: { server: s, path: /datos }, csi: { driver: ebs.csi.aws.com, volumeHandle: x } }\n", "has the source nfs")]
    [InlineData("apiVersion: v1\nkind: PersistentVolume\nspec: { csi: { driver: ebs.csi.aws.com, volumeHandle: x }, awsElasticBlockStore: { volumeID: x } }\n", "has two sources, csi and awsElasticBlockStore")]
    public void Other_documents_are_named_with_what_they_are(string text, string reason) =>
        Assert.Contains(reason, Refusal.Of(ErrorIds.ManifestKindUnsupported, () => Read(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("capacity: { storage: 10GB }", ErrorIds.ManifestInvalid)]
    [InlineData("capacity: { storage: -1Gi }", ErrorIds.ManifestInvalid)]
    [InlineData("accessModes: [ReadWriteOnce, ReadWriteOncePod]", ErrorIds.AccessModeUnsupported)]
    [InlineData("mountOptions: ['']", ErrorIds.MountOptionInvalid)]
    [InlineData("storageClassName: Manual", ErrorIds.StorageClassInvalid)]
    [InlineData("volumeAttributesClassName: Oro", ErrorIds.VolumeAttributeInvalid)]
    [InlineData("persistentVolumeReclaimPolicy: Recycle", ErrorIds.ReclaimPolicyUnsupported)]
    [InlineData("nodeAffinity: 3", ErrorIds.ManifestInvalid)]
    [InlineData("mountOptions: [noatime nodiratime]", ErrorIds.MountOptionInvalid)]
    [InlineData("claimref: {}", ErrorIds.ManifestInvalid)]
    public void What_breaks_a_rule_is_told_with_its_document(string line, string errorId) =>
        Assert.Contains("pv.yml, document 2 (line 7)", Refusal.Of(errorId, () => Read(Document("A") + Document("B", "dos", line))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("ebspv/mine: x")]
    [InlineData("una nota: x")]
    [InlineData("-a: x")]
    public void An_annotation_that_cannot_be_is_told_with_its_document(string annotation)
    {
        var text = Document("A") + Document("B", "dos").Replace("{ name: dos }", $"{{ name: dos, annotations: {{ {annotation} }} }}", StringComparison.Ordinal);
        Assert.Contains("pv.yml, document 2 (line 7)", Refusal.Of(ErrorIds.AnnotationInvalid, () => Read(text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_field_that_is_null_is_no_source() => Assert.Equal("A", Assert.Single(Read(Document("A", "uno", "hostPath: null", "csi: ~"))).VolumeId);

    [Fact]
    public void A_claim_without_a_name_is_no_reservation() =>
        Assert.Null(Assert.Single(Read(Document("A", "uno", "claimRef: { namespace: tienda }"))).Settings.Claim);

    private static string Shown(ZoneStatement said) => $"{said.Place}: {string.Join(' ', said.Zones)}";

    private static IEnumerable<string> Pairs(IReadOnlyDictionary<string, string> pairs) => pairs.Select(pair => $"{pair.Key}={pair.Value}").Order(StringComparer.Ordinal);
}
