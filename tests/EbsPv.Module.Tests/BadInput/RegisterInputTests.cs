using EbsPv.Module.Tests.Backends;
using EbsPv.Module.Tests.Engine;
using Xunit;

namespace EbsPv.Module.Tests.BadInput;

public sealed class RegisterInputTests(SandboxBackend backend) : BadInputTests(backend)
{
    private const string Volume = "[pscustomobject]@{ VolumeId = 'vol-0123456789abcdef0'; Name = 'datos'; AvailabilityZone = 'eu-west-1b'; Size = 10 }";

    [Theory]
    [InlineData("-Name 'Mi_Volumen'", "PvNameInvalid", "'Mi_Volumen'")]
    [InlineData("-Name 'datos-'", "PvNameInvalid", "'datos-'")]
    [InlineData("-Name ('a' * 254)", "PvNameInvalid", "aaaa")]
    [InlineData("-StorageClassName 'Mala_Clase'", "StorageClassInvalid", "'Mala_Clase'")]
    [InlineData("-AccessMode ReadWriteMany", "AccessModeUnsupported", "'ReadWriteMany'")]
    [InlineData("-AccessMode ReadOnlyMany", "AccessModeUnsupported", "'ReadOnlyMany'")]
    [InlineData("-AccessMode ReadWriteOnce, ReadWriteOncePod", "AccessModeUnsupported", "ReadWriteOncePod")]
    [InlineData("-FileSystemType zfs", "FsTypeUnsupported", "'zfs'")]
    [InlineData("-ReclaimPolicy Recycle", "ReclaimPolicyUnsupported", "'Recycle'")]
    [InlineData("-ReclaimPolicy Delete", "ReclaimPolicyDeleteNeedsConsent", "Delete")]
    [InlineData("-Label @{ 'mala clave' = 'x' }", "LabelInvalid", "'mala clave'")]
    [InlineData("-Label @{ clave = 'mal valor' }", "LabelInvalid", "'clave'")]
    [InlineData("-Label @{ 'topology.kubernetes.io/zone' = 'eu-west-1a' }", "LabelInvalid", "'topology.kubernetes.io/zone'")]
    [InlineData("-Label @{ clave = ('x' * 64) }", "LabelInvalid", "'clave'")]
    [InlineData("-AccessMode RWZ", "AccessModeUnsupported", "'RWZ'")]
    [InlineData("-AccessMode RWX -VolumeMode Block", "MultiAttachNotAllowed", "came without its type")]
    [InlineData("-FileSystemType ext4 -VolumeMode Block", "FsTypeWithBlock", "ext4")]
    [InlineData("-MountOption noatime -VolumeMode Block", "MountOptionInvalid", "noatime")]
    [InlineData("-Partition 1 -VolumeMode Block", "PartitionInvalid", "partition 1")]
    [InlineData("-VolumeMode Bloque", "VolumeModeUnsupported", "'Bloque'")]
    [InlineData("-MountOption noatime, ' '", "MountOptionInvalid", "' '")]
    [InlineData("-MountOption 'noatime nodiratime'", "MountOptionInvalid", "'noatime nodiratime'")]
    [InlineData("-Partition uno", "PartitionInvalid", "'uno'")]
    [InlineData("-Partition -1", "PartitionInvalid", "'-1'")]
    [InlineData("-Partition 256", "PartitionInvalid", "'256'")]
    [InlineData("-Partition 2 -VolumeAttribute @{ partition = '1' }", "PartitionInvalid", "The partition is 2")]
    [InlineData("-VolumeAttribute @{ blockSize = '4096' } -VolumeSource InTree", "VolumeAttributeInvalid", "in-tree source has no volume attributes")]
    [InlineData("-VolumeAttributesClassName oro -VolumeSource InTree", "VolumeAttributeInvalid", "'oro'")]
    [InlineData("-VolumeAttributesClassName Oro", "VolumeAttributeInvalid", "'Oro'")]
    [InlineData("-Annotation @{ 'mala clave' = 'x' }", "AnnotationInvalid", "'mala clave'")]
    [InlineData("-Annotation @{ 'kubernetes.io/change-cause' = 'x' }", "AnnotationInvalid", "'kubernetes.io/change-cause'")]
    [InlineData("-Annotation @{ a = ('x' * 300000) }", "AnnotationInvalid", "262,144 bytes")]
    [InlineData("-StorageClassName '' -CreateStorageClass", "StorageClassInvalid", "asks for none")]
    [InlineData("-ClaimName Datos", "ClaimNameInvalid", "'Datos'")]
    [InlineData("-ClaimName datos -ClaimNamespace mi.tienda", "NamespaceInvalid", "'mi.tienda'")]
    [InlineData("-ClaimNamespace tienda", "ClaimParametersConflict", "-ClaimNamespace")]
    [InlineData("-ClaimTemplate data", "ClaimParametersConflict", "-ClaimTemplate")]
    [InlineData("-StatefulSet web", "ClaimParametersConflict", "-ClaimTemplate")]
    [InlineData("-StatefulSet web -ClaimTemplate data -ClaimName datos", "ClaimParametersConflict", "-ClaimName")]
    [InlineData("-StatefulSet Web -ClaimTemplate data", "ClaimNameInvalid", "'Web' cannot be the name of a StatefulSet")]
    [InlineData("-StatefulSet web -ClaimTemplate Data", "ClaimNameInvalid", "'Data' cannot be the name of a claim template")]
    [InlineData("-StatefulSet ('a' * 250) -ClaimTemplate data", "ClaimNameInvalid", "data-aaaa")]
    [InlineData("-Region us-east-1", "ZoneOutsideRegion", "us-east-1")]
    [InlineData("-Context nadie", "ContextMissing", "'nadie'")]
    [InlineData("-Kubeconfig /nowhere/kubeconfig", "KubeconfigNotFound", "/nowhere/kubeconfig")]
    [InlineData("-Kubeconfig ''", "KubeconfigNotFound", "empty path")]
    public Task A_parameter_that_cannot_be_meant_is_refused(string parameters, string errorId, string names) =>
        RefusedAsync($"{Volume} | Register-EbsPersistentVolume {parameters}", errorId, names);

    [Fact]
    public async Task A_prefix_that_is_too_long_with_its_number_is_refused_for_each()
    {
        await Admin.ClearLedgerAsync();

        var result = Session.Run($"{Volume}, {Volume.Replace("def0", "def1", StringComparison.Ordinal)} | Register-EbsPersistentVolume -Name ('a' * 251)");

        Assert.Equal(["PvNameInvalid", "PvNameInvalid"], result.Errors.Select(ScriptResult.Id));
        Assert.Empty(await Admin.CountsAsync());
    }

    [Theory]
    [InlineData("-Label app=web", "Label", "'app=web' is no pair")]
    [InlineData("-Annotation uno, dos", "Annotation", "'uno' is no pair")]
    [InlineData("-VolumeSource Csii", "VolumeSource", "Auto, Csi, EksAutoMode, InTree")]
    [InlineData("-TimeoutSeconds 0", "TimeoutSeconds", "minimum allowed range of 1")]
    public async Task What_the_binder_refuses_says_what_is_allowed(string parameters, string parameter, string names)
    {
        await Admin.ClearLedgerAsync();

        var error = Assert.Single(Session.Run($"{Volume} | Register-EbsPersistentVolume {parameters}").Errors);

        Assert.Contains($"'{parameter}'", error.Exception.Message);
        Assert.Contains(names, error.Exception.Message);
        Assert.Empty(await Admin.CountsAsync());
    }

    [Theory]
    [InlineData("'vol-xyz'", "VolumeIdInvalid", "'vol-xyz'")]
    [InlineData("'snap-0123456789abcdef0'", "WrongResourceKind", "'snap-0123456789abcdef0'")]
    [InlineData("'arn:aws:ec2:eu-west-1:123456789012:volume/vol-0123456789abcdef0'", "WrongResourceKind", "arn:aws:ec2")]
    [InlineData("'vol-0123456789abcdef0'", "InputNotVolume", "zone and size are not known")]
    [InlineData("42", "InputNotVolume", "'42'")]
    [InlineData("[pscustomobject]@{ AvailabilityZone = 'eu-west-1b' }", "InputNotVolume", "VolumeId")]
    [InlineData("$null", "InputNull", "$null")]
    [InlineData("[pscustomobject]@{ VolumeId = 'vol-0123456789abcdef0'; Name = 'Mal_Nombre'; AvailabilityZone = 'eu-west-1b'; Size = 10 }", "PvNameInvalid", "Mal_Nombre")]
    [InlineData("[pscustomobject]@{ VolumeId = 'vol-0123456789abcdef0'; AvailabilityZone = 'eu-west-1'; Size = 10 }", "ZoneNotAZone", "eu-west-1")]
    [InlineData("[pscustomobject]@{ VolumeId = 'vol-0123456789abcdef0'; AvailabilityZone = 'eu-west-1b'; Size = 10; Tags = @{ 'k8s.io/role/master' = '1' } }", "ControlPlaneVolume", "vol-0123456789abcdef0")]
    [InlineData("[pscustomobject]@{ VolumeId = 'vol-0123456789abcdef0'; AvailabilityZone = 'eu-west-1b'; Size = 10; Tags = [pscustomobject]@{ 'k8s.io/role/master' = '1' } }", "ControlPlaneVolume", "vol-0123456789abcdef0")]
    [InlineData("[pscustomobject]@{ VolumeId = 'vol-0123456789abcdef0'; AvailabilityZone = 'eu-west-1b'; Size = 10; Tags = [pscustomobject]@{ Key = 'k8s.io/role/master'; Value = '1' } }", "ControlPlaneVolume", "vol-0123456789abcdef0")]
    [InlineData("[pscustomobject]@{ VolumeId = 'vol-0123456789abcdef0'; AvailabilityZone = 'eu-west-1b'; Size = 10; Tags = @{ 'ebspv/retired-set' = 'x' } }", "VolumeRetired", "vol-0123456789abcdef0")]
    [InlineData("[pscustomobject]@{ VolumeId = 'vol-0123456789abcdef0'; AvailabilityZone = 'eu-west-1b'; Size = 10; Tags = @{ KubernetesCluster = 'a'; 'kubernetes.io/cluster/b' = 'owned' } }", "VolumeClusterAmbiguous", "vol-0123456789abcdef0")]
    public Task What_is_no_volume_for_this_is_refused(string input, string errorId, string names) =>
        RefusedAsync($"{input} | Register-EbsPersistentVolume", errorId, names);

    [Fact]
    public async Task A_bad_name_comes_with_a_legal_proposal()
    {
        var error = await RefusedAsync($"{Volume} | Register-EbsPersistentVolume -Name 'Mi_Volumen'", "PvNameInvalid", "Mi_Volumen");

        Assert.Contains("mi-volumen", error.ErrorDetails.RecommendedAction);
    }

    [Fact]
    public async Task Bad_records_do_not_stop_the_good_ones()
    {
        const string Script = """
            [pscustomobject]@{ VolumeId = 'vol-0123456789abcdef1'; Name = 'uno'; AvailabilityZone = 'eu-west-1b'; Size = 10 },
            'vol-xyz', $null, 42,
            [pscustomobject]@{ VolumeId = 'vol-0123456789abcdef2'; Name = 'Dos'; AvailabilityZone = 'eu-west-1b'; Size = 10 },
            [pscustomobject]@{ VolumeId = 'vol-0123456789abcdef3'; Name = 'tres'; AvailabilityZone = 'eu-west-1b'; Size = '10GB' },
            [pscustomobject]@{ VolumeId = 'vol-0123456789abcdef4'; Name = 'cuatro'; AvailabilityZone = 'eu-west-1c'; Size = 10 } | Register-EbsPersistentVolume
            """;

        var result = Session.Run(Script);

        Assert.Equal(["VolumeIdInvalid", "InputNull", "InputNotVolume", "PvNameInvalid", "SizeNotGiB"], result.Errors.Select(ScriptResult.Id));
        Assert.Equal(["uno", "cuatro"], result.Each("Name"));
        Assert.Equal(["cuatro", "uno"], (await Backend.Kube.PersistentVolumesAsync()).Select(Name).Order());
    }

    [Fact]
    public async Task Of_two_clusters_in_one_pipe_the_first_ones_volumes_go_on()
    {
        const string Script = """
            [pscustomobject]@{ VolumeId = 'vol-0123456789abcdef1'; Name = 'uno'; AvailabilityZone = 'eu-west-1b'; Size = 10; ClusterName = 'proyecto.k8s.local' },
            [pscustomobject]@{ VolumeId = 'vol-0123456789abcdef2'; Name = 'dos'; AvailabilityZone = 'eu-west-1b'; Size = 10; ClusterName = 'vecino.k8s.local' },
            [pscustomobject]@{ VolumeId = 'vol-0123456789abcdef3'; Name = 'tres'; AvailabilityZone = 'eu-west-1c'; Size = 10; ClusterName = 'proyecto.k8s.local' } |
                Register-EbsPersistentVolume
            """;

        var result = Session.Run(Script);

        Assert.Contains("vecino.k8s.local", result.OnlyError("MixedCluster").Exception.Message);
        Assert.Equal(["uno", "tres"], result.Each("Name"));
        Assert.Equal(2, (await Backend.Kube.PersistentVolumesAsync()).Count);
    }
}
