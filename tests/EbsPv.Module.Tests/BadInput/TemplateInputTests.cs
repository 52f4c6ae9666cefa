using EbsPv.Module.Tests.Backends;
using EbsPv.Module.Tests.Engine;
using EbsPv.Module.Tests.Scenarios;
using Xunit;

namespace EbsPv.Module.Tests.BadInput;

/// <summary>Files that cannot be filled in, or could be in two ways: all refused whole, before the first call.</summary>
public sealed class TemplateInputTests(SandboxBackend backend) : BadInputTests(backend)
{
    private const string Two = """
        [pscustomobject]@{ VolumeId = 'vol-0123456789abcdef1'; Name = 'uno'; AvailabilityZone = 'eu-west-1b'; Size = 10 },
        [pscustomobject]@{ VolumeId = 'vol-0123456789abcdef2'; Name = 'dos'; AvailabilityZone = 'eu-west-1c'; Size = 10 }
        """;

    private static readonly string[] Cmdlets = ["Register-EbsPersistentVolume", "ConvertTo-EbsPersistentVolumeManifest"];

    public static TheoryData<string, string, string> Files => new()
    {
        { Documents("REPLACE_ME_1"), "TemplateCountMismatch", "has 1 PersistentVolume, and 2 volumes came" },
        { Documents("REPLACE_ME_1", "REPLACE_ME_2", "REPLACE_ME_3"), "TemplateCountMismatch", "has 3 PersistentVolumes, and 2 volumes came" },
        { "", "TemplateCountMismatch", "has 0 PersistentVolumes, and 2 volumes came" },
        { "---\n---\n# nothing\n---\n", "TemplateCountMismatch", "has 0 PersistentVolumes" },
        { Documents("REPLACE_ME_1", "REPLACE_ME"), "TemplatePlaceholderInvalid", "document 2 (line 17) has the placeholder 'REPLACE_ME', and the first document has the placeholder 'REPLACE_ME_1'" },
        { Documents("REPLACE_ME_1", "REPLACE_ME_1"), "TemplatePlaceholderInvalid", "document 2 (line 17) has the placeholder 'REPLACE_ME_1', which document 1 has too" },
        { Documents("REPLACE_ME_1", "REPLACE_ME_3"), "TemplatePlaceholderInvalid", "has the placeholder 'REPLACE_ME_3', and there are 2 volumes" },
        { Documents("REPLACE_ME_0", "REPLACE_ME_1"), "TemplatePlaceholderInvalid", "'REPLACE_ME_0'" },
        { Documents("VOLUME_2", "VOLUME_1"), "TemplatePlaceholderInvalid", "'VOLUME_2' and stands at place 1" },
        { Documents("<REPLACE_ME_2>", "<REPLACE_ME_1>"), "TemplatePlaceholderInvalid", "'<REPLACE_ME_2>' and stands at place 1" },
        { Documents("VOL_2_ID", "VOL_1_ID"), "TemplatePlaceholderInvalid", "'VOL_2_ID' and stands at place 1" },
        { Documents("VOLUME", "VOL-0123456789abcdef0"), "TemplatePlaceholderInvalid", "'VOL-0123456789abcdef0', which is no volume id" },
        { Documents("REPLACE_ME_1", "vol-0123456789abcdef9"), "TemplatePlaceholderInvalid", "names the volume vol-0123456789abcdef9 already" },
        { Documents("VOLUME", "vol-0123456789abcdefO".ToLowerInvariant()), "TemplatePlaceholderInvalid", "names the volume vol-0123456789abcdefo already" },
        { Documents("uno", "dos").Replace("pv-2", "pv-1", StringComparison.Ordinal), "TemplateNameTwice", "has the name pv-1, which document 1 has too" },
        { Documents("uno", "dos").Replace("10Gi", "11Gi", StringComparison.Ordinal), "TemplateTooLarge", "promises 11Gi, and vol-0123456789abcdef1 has 10Gi" },
        { Documents("uno", "dos").Replace("10Gi", "10737418241", StringComparison.Ordinal), "TemplateTooLarge", "promises 10737418241" },
        { Documents("uno", "dos").Replace("10Gi", "muy grande", StringComparison.Ordinal), "ManifestInvalid", "document 1 (line 1)" },
        { Documents("uno", "dos").Replace("10Gi", "0", StringComparison.Ordinal), "ManifestInvalid", "'0' is no capacity" },
        { Documents("uno", "dos").Replace("pv-2", "Pv_2", StringComparison.Ordinal), "PvNameInvalid", "document 2 (line 17): 'Pv_2'" },
        { Documents("uno", "dos").Replace("manual-ebs", "Mala_Clase", StringComparison.Ordinal), "StorageClassInvalid", "document 1 (line 1): 'Mala_Clase'" },
        { Documents("uno", "dos").Replace("ReadWriteOnce", "ReadOnlyMany", StringComparison.Ordinal), "AccessModeUnsupported", "document 1 (line 1): The access mode 'ReadOnlyMany'" },
        { Documents("uno", "dos").Replace("ReadWriteOnce", "ReadWriteMany", StringComparison.Ordinal), "AccessModeUnsupported", "document 1 (line 1): The access mode 'ReadWriteMany'" },
        { Documents("uno", "dos").Replace("fsType: ext4", "fsType: zfs", StringComparison.Ordinal), "FsTypeUnsupported", "document 1 (line 1)" },
        { Documents("uno", "dos").Replace("type: ebs", "type: e b s", StringComparison.Ordinal), "LabelInvalid", "document 1 (line 1)" },
        { WithSpec("persistentVolumeReclaimPolicy: Recycle"), "ReclaimPolicyUnsupported", "'Recycle'" },
        { WithSpec("persistentVolumeReclaimPolicy: Delete"), "ReclaimPolicyDeleteNeedsConsent", "document 1 (line 1): With the reclaim policy Delete" },
        { WithSpec("volumeMode: Block"), "FsTypeWithBlock", "document 1 (line 1)" },
        { WithSpec("volumeMode: Bloque"), "VolumeModeUnsupported", "'Bloque'" },
        { WithSpec("capacidad: 1"), "ManifestInvalid", "there is no field spec.capacidad" },
        { WithSpec("mountOptions: noatime"), "ManifestInvalid", "spec.mountOptions" },
        { WithSpec("nodeAffinity: { required: { nodeSelectorTerms: [ { matchExpressions: [ { key: topology.kubernetes.io/zone, operator: In, values: [eu-west-1a] } ] } ] } }"), "TemplateZoneMismatch", "names the zone eu-west-1a, and vol-0123456789abcdef1 is in eu-west-1b" },
        { WithSpec("nodeAffinity: { required: { nodeSelectorTerms: [ { matchExpressions: [ { key: topology.kubernetes.io/zone, operator: NotIn, values: [eu-west-1b] } ] } ] } }"), "TemplateZoneMismatch", "in its nodeAffinity keeps pods out of eu-west-1b, where vol-0123456789abcdef1 is" },
        { WithSpec("nodeAffinity: { required: { nodeSelectorTerms: [ { matchExpressions: [ { key: topology.kubernetes.io/zone, operator: In, values: [eu-west-1b] } ] } ] } }").Replace("type: ebs", "topology.kubernetes.io/zone: eu-west-1c", StringComparison.Ordinal), "TemplateZoneMismatch", "in its label topology.kubernetes.io/zone names the zone eu-west-1c, and vol-0123456789abcdef1 is in eu-west-1b" },
        { Documents("aws://eu-west-1c/REPLACE_ME_1", "REPLACE_ME_2"), "TemplateZoneMismatch", "names the zone eu-west-1c, and vol-0123456789abcdef1 is in eu-west-1b" },
        { Documents("uno", "dos") + "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: { name: data }\n", "ManifestKindUnsupported", "document 3 (line 33) is a PersistentVolumeClaim, not a PersistentVolume" },
        { Documents("uno", "dos").Replace("kind: PersistentVolume", "kind: StorageClass", StringComparison.Ordinal), "ManifestKindUnsupported", "is a StorageClass, not a PersistentVolume of v1" },
        { Documents("uno", "dos").Replace("apiVersion: v1\n", "", StringComparison.Ordinal), "ManifestKindUnsupported", "document 1 (line 1)" },
        { Documents("uno", "dos").Replace("type: ebs", "type: ebs\n  annotations:\n    ebspv/mine: x", StringComparison.Ordinal), "AnnotationInvalid", "document 1 (line 1): The annotation 'ebspv/mine'" },
        { Documents("uno", "dos").Replace("type: ebs", "type: ebs\n  annotations:\n    mala clave: x", StringComparison.Ordinal), "AnnotationInvalid", "'mala clave'" },
        { Documents("uno") + Runbook.Document("pv-2", "dos", "hostPath: { path: /datos }"), "ManifestKindUnsupported", "document 2 (line 17) has the source hostPath, which is no EBS volume" },
        { Documents("uno") + Runbook.Document("pv-2", "dos", "csi: { driver: ebs.csi.aws.com, volumeHandle: dos }"), "ManifestKindUnsupported", "has two sources, csi and awsElasticBlockStore" },
        { "- just\n- a list\n", "ManifestKindUnsupported", "is no Kubernetes object" },
        { "a: [", "ManifestInvalid", "no YAML that can be taken" },
        { Documents("uno", "dos").Replace("awsElasticBlockStore:\n    volumeID: uno\n    fsType: ext4", "csi: { driver: efs.csi.aws.com, volumeHandle: fs-1 }", StringComparison.Ordinal), "ManifestKindUnsupported", "is for the driver 'efs.csi.aws.com', which does not mount EBS volumes" },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_file_that_cannot_be_meant_is_refused(string text, string errorId, string names)
    {
        var file = FileOf(text);
        foreach (var cmdlet in Cmdlets) await RefusedAsync($"{Two} | {cmdlet} -TemplatePath '{file}'", errorId, names);
    }

    [Fact]
    public async Task A_path_that_is_no_file_is_refused_before_a_volume_is_made()
    {
        var folder = Path.GetDirectoryName(FileOf(""))!;
        await RefusedAsync($"Get-WorkerZone | New-ClusterEbsVolume -Size 10 | Register-EbsPersistentVolume -TemplatePath '{folder}'", "PathIsDirectory", folder);
        await RefusedAsync($"Get-WorkerZone | New-ClusterEbsVolume -Size 10 | Register-EbsPersistentVolume -TemplatePath '{folder}/nada.yml'", "ManifestNotFound", $"{folder}/nada.yml");
        await RefusedAsync($"Get-WorkerZone | New-ClusterEbsVolume -Size 10 | Register-EbsPersistentVolume -TemplatePath ''", "ManifestNotFound", "empty path");
        await RefusedAsync($"Get-WorkerZone | New-ClusterEbsVolume -Size 10 | Register-EbsPersistentVolume -TemplatePath '{FileOf("a: b\n- c")}'", "ManifestInvalid", "at line 2");
    }

    [Fact]
    public async Task No_volumes_at_all_are_too_few()
    {
        var file = FileOf(Documents("uno", "dos"));
        foreach (var cmdlet in Cmdlets)
        {
            await RefusedAsync($"@() | {cmdlet} -TemplatePath '{file}'", "TemplateCountMismatch", "has 2 PersistentVolumes, and 0 volumes came");
            await RefusedAsync($"{cmdlet} -TemplatePath '{file}'", "InputNotVolume", "No volume was given");
            await RefusedAsync($"{cmdlet} -ClaimName data", "InputNotVolume", "No volume was given");
        }
    }

    [Fact]
    public async Task One_volume_that_cannot_be_taken_keeps_all_of_them_from_being_matched()
    {
        await Admin.ClearLedgerAsync();

        var result = Session.Run($"'vol-xyz', {Two.Split('\n')[1]} | Register-EbsPersistentVolume -TemplatePath '{FileOf(Documents("uno", "dos"))}'");

        Assert.Equal(["VolumeIdInvalid", "InputNotVolume"], result.Errors.Select(ScriptResult.Id));
        Assert.Contains("nothing was registered", result.Errors[1].Exception.Message);
        Assert.Empty(await Admin.CountsAsync());
    }

    [Theory]
    [InlineData("ClusterName = 'proyecto.k8s.local'", "ClusterName = 'vecino.k8s.local'", "vecino.k8s.local")]
    [InlineData("Context = 'proyecto.k8s.local'", "Context = 'vecino'", "vecino")]
    public async Task Volumes_of_two_clusters_are_not_matched_together(string first, string second, string names)
    {
        var volumes = $"{Two.Replace("Name = 'uno'", $"Name = 'uno'; {first}", StringComparison.Ordinal).Replace("Name = 'dos'", $"Name = 'dos'; {second}", StringComparison.Ordinal)}";

        await RefusedAsync($"{volumes} | Register-EbsPersistentVolume -TemplatePath '{FileOf(Documents("uno", "dos"))}'", "MixedCluster", names);
        await RefusedAsync($"{volumes} | Register-EbsPersistentVolume -CreateStorageClass", "MixedCluster", names);
        await RefusedAsync($"{volumes} | Register-EbsPersistentVolume -StatefulSet web -ClaimTemplate data", "MixedCluster", names);
    }

    private static string Documents(params string[] ids) => string.Concat(ids.Select((id, index) => Runbook.Document($"pv-{index + 1}", id)));

    private static string WithSpec(string line) => Runbook.Document("pv-1", "uno", line) + Runbook.Document("pv-2", "dos");
}
