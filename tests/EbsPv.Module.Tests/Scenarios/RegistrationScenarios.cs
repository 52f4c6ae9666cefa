using EbsPv.Module.Tests.Backends;
using EbsPv.Module.Tests.Engine;
using Xunit;

namespace EbsPv.Module.Tests.Scenarios;

/// <summary>What can be said of a PersistentVolume, as the server then has it.</summary>
public abstract class RegistrationScenarios(IBackend backend) : ScenarioBase(backend)
{
    private const string One = "'eu-west-1b' | New-ClusterEbsVolume -Size 10";

    [Scenario]
    public async Task Everything_that_can_be_said_is_posted()
    {
        Session.Run($$"""
            {{One}} | Register-EbsPersistentVolume -Name datos -StorageClassName lenta -FileSystemType XFS -Partition 1 -MountOption noatime, discard `
                -VolumeAttribute @{ blockSize = '4096'; inodeSize = '512' } -Label @{ equipo = 'web' } -Annotation @{ 'web.io/dueño'.Replace('ñ', 'n') = 'ñandú & <co>' } -VolumeSource Csi
            """).WithoutErrors();

        var volume = await PersistentVolumeAsync("datos");
        Assert.Equal("lenta", Text(volume, "spec.storageClassName"));
        Assert.Equal("Filesystem", Text(volume, "spec.volumeMode"));
        Assert.Equal("""["noatime","discard"]""", Text(volume, "spec.mountOptions"));
        Assert.Equal("xfs", Text(volume, "spec.csi.fsType"));
        var attributes = volume["spec"]!["csi"]!["volumeAttributes"]!;
        Assert.Equal(("1", "4096", "512"), (Text(attributes, "partition"), Text(attributes, "blocksize"), Text(attributes, "inodesize")));
        Assert.Equal("web", Text(volume, "metadata.labels.equipo"));
        Assert.Equal("ñandú & <co>", volume["metadata"]!["annotations"]!["web.io/dueno"]!.GetValue<string>());
    }

    [Scenario]
    public void A_second_run_tells_which_volume_attributes_differ()
    {
        Session.Run($"{One} | Register-EbsPersistentVolume -VolumeAttribute @{{ blockSize = '4096' }} -VolumeSource Csi").WithoutErrors();

        Assert.DoesNotContain(Session.Run($"{One} | Register-EbsPersistentVolume -VolumeAttribute @{{ BlockSize = 4096 }} -VolumeSource Csi").WithoutErrors().Warnings, Differs);
        var other = Session.Run($"{One} | Register-EbsPersistentVolume -VolumeAttribute @{{ blockSize = '1024' }} -VolumeSource Csi").WithoutErrors();
        Assert.Contains("manual-ebs-01 (volume attribute blocksize 4096, not 1024)", Assert.Single(other.Warnings, warning => Differs(warning)));

        static bool Differs(string warning) => warning.StartsWith("PersistentVolumesDiffer: ", StringComparison.Ordinal);
    }

    [Scenario]
    public async Task A_device_is_handed_on_without_a_file_system()
    {
        Session.Run($"{One} | Register-EbsPersistentVolume -VolumeMode block").WithoutErrors();

        var volume = await PersistentVolumeAsync("manual-ebs-01");
        Assert.Equal("Block", Text(volume, "spec.volumeMode"));
        Assert.Null(Text(volume, "spec.csi.fsType"));
    }

    [Scenario]
    public void WhatIf_shows_what_is_not_as_usual()
    {
        Session.Run($"$one = {One}").WithoutErrors();

        var xfs = Session.Run("$one | Register-EbsPersistentVolume -FileSystemType xfs -StorageClassName '' -ReclaimPolicy Delete -AllowDeletePolicy -WhatIf").WithoutErrors();
        var block = Session.Run("$one | Register-EbsPersistentVolume -VolumeMode Block -AccessMode RWOP -WhatIf").WithoutErrors();

        Assert.EndsWith("as PersistentVolume manual-ebs-01 (10Gi, class none, Delete, Csi, xfs).", Assert.Single(xfs.WhatIf));
        Assert.EndsWith("as PersistentVolume manual-ebs-01 (10Gi, class manual-ebs, Retain, Csi, ReadWriteOncePod, Block).", Assert.Single(block.WhatIf));
    }

    [Scenario]
    public async Task Each_file_system_of_the_driver_is_taken()
    {
        foreach (var type in new[] { "ext4", "ext3", "xfs", "ntfs" })
        {
            Session.Run($"'eu-west-1b' | New-ClusterEbsVolume -Size 10 -SetName {type} | Register-EbsPersistentVolume -FileSystemType {type}").WithoutErrors();
            Assert.Equal(type, Text(await PersistentVolumeAsync($"{type}-01"), "spec.csi.fsType"));
        }
    }

    [Scenario(Needs = Ability.ModernKubernetes)]
    public async Task One_pod_alone_may_have_it()
    {
        var made = Session.Run($"{One} | Register-EbsPersistentVolume -AccessMode RWOP").WithoutErrors();

        Assert.Equal("""["ReadWriteOncePod"]""", Text(await PersistentVolumeAsync("manual-ebs-01"), "spec.accessModes"));
        Assert.Contains("RWOP", Session.Render(made.Output));
    }

    [Scenario(Needs = Ability.ModernKubernetes)]
    public async Task A_volume_attributes_class_goes_with_it()
    {
        Session.Run($"{One} | Register-EbsPersistentVolume -VolumeAttributesClassName oro").WithoutErrors();

        Assert.Equal("oro", Text(await PersistentVolumeAsync("manual-ebs-01"), "spec.volumeAttributesClassName"));
    }

    [Scenario(Needs = Ability.StrictParameters)]
    public async Task A_device_that_can_be_attached_many_times_may_be_shared()
    {
        var made = Session.Run(
            "'eu-west-1b' | New-ClusterEbsVolume -Size 10 -VolumeType io2 -Iops 1000 -MultiAttachEnabled | Register-EbsPersistentVolume -AccessMode RWX -VolumeMode Block").WithoutErrors();

        Assert.Equal("""["ReadWriteMany"]""", Text(await PersistentVolumeAsync("manual-ebs-01"), "spec.accessModes"));
        Assert.Contains("RWX", Session.Render(made.Output));
    }

    [Scenario]
    public async Task Any_other_sharing_is_refused_with_its_reason()
    {
        var result = Session.Run(
            $"{One} -OutVariable one | Register-EbsPersistentVolume -AccessMode RWX -VolumeMode Block; $one | Register-EbsPersistentVolume -AccessMode RWX");

        Assert.Equal(["MultiAttachNotAllowed", "AccessModeUnsupported"], result.Errors.Select(ScriptResult.Id));
        Assert.Contains("needs an io2 volume with Multi-Attach", result.Errors[0].Exception.Message);
        Assert.Contains("only the raw device can be shared", result.Errors[1].Exception.Message);
        Session.Run("$one | Register-EbsPersistentVolume -AccessMode ROX").OnlyError("AccessModeUnsupported");
        Assert.Empty(await Backend.Kube.PersistentVolumesAsync());
    }

    [Scenario]
    public async Task Delete_needs_consent_and_names_the_driver_that_carries_it_out()
    {
        Session.Run($"$one = {One}").WithoutErrors();

        Session.Run("$one | Register-EbsPersistentVolume -ReclaimPolicy Delete").OnlyError("ReclaimPolicyDeleteNeedsConsent");
        Session.Run("$one | Register-EbsPersistentVolume -ReclaimPolicy Delete -AllowDeletePolicy").WithoutErrors();

        var volume = await PersistentVolumeAsync("manual-ebs-01");
        Assert.Equal("Delete", Text(volume, "spec.persistentVolumeReclaimPolicy"));
        Assert.Equal("ebs.csi.aws.com", volume["metadata"]!["annotations"]!["pv.kubernetes.io/provisioned-by"]!.GetValue<string>());
    }

    [Scenario]
    public async Task Record_writes_the_command_and_nothing_else_of_the_script()
    {
        Session.Run($"$secret = 'hunter2'; {One} | Register-EbsPersistentVolume -Record -Name datos -Label @{{ equipo = 'la web' -replace ' ', '-' }}; $null = $secret").WithoutErrors();

        var annotations = (await PersistentVolumeAsync("datos"))["metadata"]!["annotations"]!;
        Assert.Equal("Register-EbsPersistentVolume -Label @{ equipo = la-web } -Name datos -Record", annotations["kubernetes.io/change-cause"]!.GetValue<string>());
    }

    [Scenario]
    public async Task One_that_is_registered_and_is_not_as_it_was_asked_for_is_told_of_once_and_stays()
    {
        Session.Run(Line).WithoutErrors();

        var again = Session.Run("Get-WorkerZone | New-ClusterEbsVolume -Size 10 | Register-EbsPersistentVolume -Name datos -StorageClassName rapida").WithoutErrors();

        var warning = Assert.Single(again.Warnings, warning => warning.StartsWith("PersistentVolumesDiffer:", StringComparison.Ordinal));
        Assert.Contains("manual-ebs-01 (class manual-ebs, not rapida; not named datos-01)", warning);
        Assert.Contains("manual-ebs-02 (class manual-ebs, not rapida; not named datos-02)", warning);
        Assert.Equal(["manual-ebs-01", "manual-ebs-02"], again.Each("Name"));
        Assert.Equal("manual-ebs", Text(await PersistentVolumeAsync("manual-ebs-01"), "spec.storageClassName"));
        Assert.DoesNotContain(Session.Run(Line).WithoutErrors().Warnings, one => one.StartsWith("PersistentVolumesDiffer:", StringComparison.Ordinal));
    }
}
