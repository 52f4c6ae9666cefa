using EbsPv.Module.Tests.Backends;
using EbsPv.Module.Tests.Engine;
using Xunit;

namespace EbsPv.Module.Tests.BadInput;

/// <summary>What New-EbsPersistentVolumeClaim and Unregister-EbsPersistentVolume cannot take.</summary>
public sealed class ClaimInputTests(SandboxBackend backend) : BadInputTests(backend)
{
    [Theory]
    [InlineData("-Name 'Datos'", "ClaimNameInvalid", "'Datos'")]
    [InlineData("-Name ('a' * 254)", "ClaimNameInvalid", "aaaa")]
    [InlineData("-Namespace 'mi.tienda'", "NamespaceInvalid", "'mi.tienda'")]
    [InlineData("-Namespace ('a' * 64)", "NamespaceInvalid", "aaaa")]
    [InlineData("-StorageClassName 'Mala_Clase'", "StorageClassInvalid", "'Mala_Clase'")]
    [InlineData("-Size 10GB", "SizeNotGiB", "'10GB'")]
    [InlineData("-Size 0", "SizeNotGiB", "'0'")]
    [InlineData("-Size mucho", "SizeNotGiB", "'mucho'")]
    [InlineData("-AccessMode ReadOnlyMany", "AccessModeUnsupported", "'ReadOnlyMany'")]
    [InlineData("-AccessMode RWO, RWOP", "AccessModeUnsupported", "ReadWriteOncePod")]
    [InlineData("-Label @{ 'mala clave' = 'x' }", "LabelInvalid", "'mala clave'")]
    [InlineData("-Context nadie", "ContextMissing", "'nadie'")]
    [InlineData("-Kubeconfig /nowhere/kubeconfig", "KubeconfigNotFound", "/nowhere/kubeconfig")]
    public Task A_parameter_of_a_claim_that_cannot_be_meant_is_refused(string parameters, string errorId, string names) =>
        RefusedAsync($"New-EbsPersistentVolumeClaim manual-ebs-01 {parameters}", errorId, names);

    [Theory]
    [InlineData("New-EbsPersistentVolumeClaim 'u-*'", "Get-EbsPersistentVolume u-* | …")]
    [InlineData("Unregister-EbsPersistentVolume s-?1 -Confirm:$false", "Get-EbsPersistentVolume s-?1 | …")]
    public async Task A_wildcard_is_not_taken_for_a_name(string script, string recommends) =>
        Assert.Contains(recommends, (await RefusedAsync(script, "PvNameInvalid", "wildcards are not taken here")).ErrorDetails.RecommendedAction);

    [Theory]
    [InlineData("'Mal_Nombre'", "PvNameInvalid", "'Mal_Nombre'")]
    [InlineData("'vol-xyz'", "VolumeIdInvalid", "'vol-xyz'")]
    [InlineData("[pscustomobject]@{ VolumeId = 'snap-0123456789abcdef0' }", "WrongResourceKind", "snap-0123456789abcdef0")]
    [InlineData("42", "InputNotPersistentVolume", "'42'")]
    [InlineData("[pscustomobject]@{ Name = 'datos' }", "InputNotPersistentVolume", "neither the name of a PersistentVolume nor a VolumeId")]
    [InlineData("$null", "InputNull", "$null")]
    public async Task What_is_no_PersistentVolume_is_refused(string input, string errorId, string names)
    {
        await RefusedAsync($"{input} | New-EbsPersistentVolumeClaim", errorId, names);
        await RefusedAsync($"{input} | Unregister-EbsPersistentVolume -Confirm:$false", errorId, names);
    }

    [Theory]
    [InlineData("New-EbsPersistentVolumeClaim")]
    [InlineData("Unregister-EbsPersistentVolume -Confirm:$false")]
    public Task Nothing_piped_and_no_name_typed_is_refused(string line) => RefusedAsync(line, "InputNotPersistentVolume", "No PersistentVolume was given");

    [Theory]
    [InlineData("New-EbsPersistentVolumeClaim", "-VolumeName mi-volumen")]
    [InlineData("Unregister-EbsPersistentVolume -Confirm:$false", "-Name mi-volumen")]
    public async Task A_bad_name_comes_with_a_legal_proposal(string line, string proposal) =>
        Assert.Contains(proposal, (await RefusedAsync($"{line} Mi_Volumen", "PvNameInvalid", "Mi_Volumen")).ErrorDetails.RecommendedAction);

    [Theory]
    [InlineData("-Context nadie", "ContextMissing", "'nadie'")]
    [InlineData("-Kubeconfig /nowhere/kubeconfig", "KubeconfigNotFound", "/nowhere/kubeconfig")]
    public Task A_cluster_that_is_not_there_is_named_before_anything_goes(string parameters, string errorId, string names) =>
        RefusedAsync($"Unregister-EbsPersistentVolume manual-ebs-01 -Confirm:$false {parameters}", errorId, names);

    [Fact]
    public async Task What_WhatIf_planned_is_neither_claimed_nor_removed()
    {
        Session.Run("$planned = 'vol-0123456789abcdef0' | Register-EbsPersistentVolume -AvailabilityZone eu-west-1b -Size 10 -Name datos -WhatIf").WithoutErrors();

        await RefusedAsync("$planned | Unregister-EbsPersistentVolume -Confirm:$false", "PersistentVolumePlanned", "'datos'");
        Session.Run("$planned | New-EbsPersistentVolumeClaim").OnlyError("PersistentVolumePlanned");
        Assert.Empty(await Backend.Kube.ListAsync(KubeHttp.Claims));
    }

    [Theory]
    [InlineData("New-EbsPersistentVolumeClaim")]
    [InlineData("Unregister-EbsPersistentVolume -Confirm:$false -PassThru")]
    public void Of_two_contexts_in_one_pipe_the_first_one_s_go_on(string line)
    {
        Session.Run(Line).WithoutErrors();

        var result = Session.Run($$"""
            $one, $two = Get-EbsPersistentVolume
            @($one, ($two | & { process { [pscustomobject]@{ Name = $_.Name; VolumeId = $_.VolumeId; ReclaimPolicy = 'Retain'; Context = 'vecino' } } })) | {{line}}
            """);

        Assert.Contains("'vecino'", result.OnlyError("MixedCluster").Exception.Message);
        Assert.Single(result.Output);
    }

    [Fact]
    public async Task Bad_records_do_not_stop_the_good_ones()
    {
        Session.Run(Line).WithoutErrors();

        var result = Session.Run("'manual-ebs-01', 'Mal_Nombre', $null, 42, 'nadie', 'manual-ebs-02' | New-EbsPersistentVolumeClaim");

        Assert.Equal(["PvNameInvalid", "InputNull", "InputNotPersistentVolume", "PersistentVolumeNotFound"], result.Errors.Select(ScriptResult.Id));
        Assert.Equal(["manual-ebs-01", "manual-ebs-02"], result.Each("Name"));
        Assert.Equal(2, (await Backend.Kube.ListAsync(KubeHttp.Claims)).Count);
    }
}
