using EbsPv.Module.Tests.Backends;
using EbsPv.Module.Tests.Engine;
using EbsPv.Module.Tests.Scenarios;
using Xunit;

namespace EbsPv.Module.Tests.BadInput;

/// <summary>What ConvertTo-EbsPersistentVolumeManifest -Path cannot convert.</summary>
public sealed class ManifestInputTests(SandboxBackend backend) : BadInputTests(backend)
{
    private const string Id = "vol-0123456789abcdef0";

    [Theory]
    [InlineData("nada.yml", "ManifestNotFound", "nada.yml")]
    [InlineData("*.nada", "ManifestNotFound", "*.nada")]
    [InlineData("", "ManifestNotFound", "empty path")]
    [InlineData(".", "PathIsDirectory", "is a directory, not a manifest")]
    public Task A_path_that_is_no_file_is_refused(string path, string errorId, string names) =>
        RefusedAsync($"ConvertTo-EbsPersistentVolumeManifest -Path '{path}'", errorId, names);

    [Theory]
    [InlineData("-TemplatePath x.yml", "-TemplatePath")]
    [InlineData("-Size 10", "-Size")]
    [InlineData($"-VolumeId {Id}", "-VolumeId")]
    [InlineData("-Region eu-west-1", "-Region")]
    public Task Parameters_for_volumes_do_not_go_with_it(string parameters, string names) =>
        RefusedAsync($"ConvertTo-EbsPersistentVolumeManifest -Path x.yml {parameters}", "ManifestParametersConflict", names);

    [Fact]
    public Task Nor_do_piped_volumes() => RefusedAsync($"'{Id}', '{Id}' | ConvertTo-EbsPersistentVolumeManifest -Path x.yml", "ManifestParametersConflict", "came down the pipeline");

    [Theory]
    [InlineData("REPLACE_ME_1", "VolumeIdInvalid", "document 1 (line 1): 'REPLACE_ME_1' is not a volume id")]
    [InlineData("snap-0123456789abcdef0", "WrongResourceKind", "snap-0123456789abcdef0")]
    [InlineData("''", "ManifestInvalid", "has no name, capacity or EBS volume")]
    public Task A_document_without_an_id_is_refused(string id, string errorId, string names) =>
        RefusedAsync($"ConvertTo-EbsPersistentVolumeManifest -Path '{FileOf(Runbook.Document("pv", id))}'", errorId, names);

    [Fact]
    public Task A_file_without_a_document_is_none_to_convert() =>
        RefusedAsync($"ConvertTo-EbsPersistentVolumeManifest -Path '{FileOf("---\n", "nada.yml")}'", "ManifestInvalid", "nada.yml has no document");

    [Fact]
    public async Task A_volume_that_is_only_planned_has_no_id_to_write()
    {
        var refused = await RefusedAsync("[pscustomobject]@{ Name = 'uno'; AvailabilityZone = 'eu-west-1b'; Size = 10; State = 'planned' } | ConvertTo-EbsPersistentVolumeManifest", "VolumePlanned", "'uno'");

        Assert.Equal("Run New-ClusterEbsVolume without -WhatIf first: a manifest names the volume by its id.", refused.ErrorDetails.RecommendedAction);
    }

    [Theory]
    [InlineData("-AvailabilityZone eu-west-1", "ZoneNotAZone", "eu-west-1")]
    [InlineData("-AvailabilityZone eu-west-1c", "TemplateZoneMismatch", "names the zone eu-west-1b, and vol-0123456789abcdef0 is in eu-west-1c")]
    [InlineData("-Name Datos", "PvNameInvalid", "'Datos'")]
    [InlineData("-VolumeSource InTree -VolumeAttribute @{ blockSize = '4096' }", "VolumeAttributeInvalid", "in-tree source has no volume attributes")]
    [InlineData("-Kubeconfig /nowhere/kubeconfig -VolumeSource Auto", "KubeconfigNotFound", "/nowhere/kubeconfig")]
    public Task What_is_typed_beside_it_is_checked(string parameters, string errorId, string names) =>
        RefusedAsync($"ConvertTo-EbsPersistentVolumeManifest -Path '{FileOf(Runbook.Document("pv", $"aws://eu-west-1b/{Id}"))}' {parameters}", errorId, names);

    [Fact]
    public async Task One_document_or_file_that_cannot_be_taken_is_its_own_error()
    {
        var good = FileOf(Runbook.Document("uno", $"aws://eu-west-1b/{Id}") + Runbook.Document("dos", "REPLACE_ME_2") + Runbook.Document("tres", "aws://eu-west-1b/vol-0123456789abcdef3"));
        await Admin.ClearLedgerAsync();

        var result = Session.Run($"ConvertTo-EbsPersistentVolumeManifest -Path 'nada.yml', '{good}' -OutputFormat Json");

        Assert.Equal(["ManifestNotFound", "VolumeIdInvalid"], result.Errors.Select(ScriptResult.Id));
        Assert.Equal(2, result.Output.Count);
        Assert.Empty(await Admin.CountsAsync());
    }

    [Theory]
    [InlineData("csi: { driver: efs.csi.aws.com, volumeHandle: fs-1 }", "is for the driver 'efs.csi.aws.com'")]
    [InlineData("nfs: { server: s, path: / }", "has the source nfs")]
    public void One_foreign_PersistentVolume_in_a_list_leaves_the_others_to_be_converted(string source, string names)
    {
        var file = FileOf($$"""
            apiVersion: v1
            kind: List
            items:
            - { apiVersion: v1, kind: PersistentVolume, metadata: { name: uno }, spec: { capacity: { storage: 10Gi }, awsElasticBlockStore: { volumeID: aws://eu-west-1b/{{Id}} } } }
            - { apiVersion: v1, kind: PersistentVolume, metadata: { name: dos }, spec: { capacity: { storage: 10Gi }, {{source}} } }
            - { apiVersion: v1, kind: PersistentVolume, metadata: { name: tres }, spec: { capacity: { storage: 10Gi }, awsElasticBlockStore: { volumeID: aws://eu-west-1c/vol-0123456789abcdef3 } } }
            """, "all.yml");

        var result = Session.Run($"ConvertTo-EbsPersistentVolumeManifest -Path '{file}' -OutputFormat Json");

        Assert.Equal(2, result.Output.Count);
        var error = Assert.Single(result.Errors);
        Assert.Contains(names, error.Exception.Message);
        Assert.DoesNotContain("registered", error.Exception.Message);
        Assert.Equal("ManifestKindUnsupported", ScriptResult.Id(error));
    }

    [Fact]
    public void A_label_of_two_zones_asks_for_the_zone()
    {
        var file = FileOf(Runbook.Document("uno", Id).Replace("type: ebs", "failure-domain.beta.kubernetes.io/zone: eu-west-1b__eu-west-1c", StringComparison.Ordinal));

        var result = Session.Run($"ConvertTo-EbsPersistentVolumeManifest -Path '{file}'").WithoutErrors();

        Assert.Contains("give the zone with -AvailabilityZone", Assert.Single(result.Warnings, warning => warning.StartsWith("ZoneUnknown:", StringComparison.Ordinal)));
    }

    [Fact]
    public void Names_claims_and_classes_are_written_into_converted_manifests_too()
    {
        var file = FileOf(Runbook.Document("uno", $"aws://eu-west-1b/{Id}") + Runbook.Document("dos", "aws://eu-west-1c/vol-0123456789abcdef3"), "old [1].yml");

        var result = Session.Run($"ConvertTo-EbsPersistentVolumeManifest -Path '{file}' -Name datos -StatefulSet web -ClaimTemplate data -CreateStorageClass -OutputFormat Json").WithoutErrors();

        Assert.Equal(3, result.Output.Count);
        Assert.Contains("\"values\":[\"eu-west-1b\",\"eu-west-1c\"]", result.Output[0].ToString());
        Assert.Contains("\"name\":\"datos-02\"", result.Output[2].ToString());
        Assert.Contains("\"name\":\"data-web-1\"", result.Output[2].ToString());
    }
}
