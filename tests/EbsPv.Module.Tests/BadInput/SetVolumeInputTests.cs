using EbsPv.Module.Tests.Backends;
using EbsPv.Module.Tests.Engine;
using Xunit;

namespace EbsPv.Module.Tests.BadInput;

public sealed class SetVolumeInputTests(SandboxBackend backend) : BadInputTests(backend)
{
    private const string Id = "vol-0123456789abcdef0";

    // As Import-Csv, ConvertFrom-Json or AWS.Tools would bring it.
    private const string Volume =
        $"[pscustomobject]@{{ VolumeId = '{Id}'; AvailabilityZone = 'eu-west-1b'; Size = 20; VolumeType = 'gp3'; Iops = 3000; Throughput = 125 }}";

    [Theory]
    [InlineData("", "NothingToChange", "No change")]
    [InlineData("-Size 10", "ResizeNotLarger", "has 20 GiB and cannot get 10")]
    [InlineData("-Size 0", "SizeNotGiB", "'0'")]
    [InlineData("-Size 10GB", "SizeNotGiB", "10GB")]
    [InlineData("-Size 65537", "SizeOutOfRangeForType", "65537")]
    [InlineData("-Size 65537 -VolumeType gp3", "SizeOutOfRangeForType", "65537")]
    [InlineData("-VolumeType st1", "SizeOutOfRangeForType", "st1")]
    [InlineData("-VolumeType gp4", "VolumeTypeUnknown", "'gp4'")]
    [InlineData("-VolumeType gp2 -Iops 3000", "IopsNotAllowed", "gp2")]
    [InlineData("-Iops 2999", "IopsOutOfRangeForType", "2999")]
    [InlineData("-Iops 80001", "IopsOutOfRangeForType", "80001")]
    [InlineData("-Iops 10001", "IopsRatioExceeded", "10001")]
    [InlineData("-VolumeType io2 -Throughput 125", "ThroughputNotAllowed", "io2")]
    [InlineData("-Throughput 124", "ThroughputOutOfRangeForType", "124")]
    [InlineData("-Throughput 751", "ThroughputRatioExceeded", "751")]
    [InlineData("-Baseline -Iops 4000", "BaselineConflict", "-Baseline")]
    [InlineData("-Baseline -VolumeType gp2", "BaselineConflict", "gp2")]
    [InlineData("-Size 30 -ClusterName 'pro*'", "ClusterNameInvalid", "'pro*'")]
    [InlineData("-Size 30 -ClusterName ''", "ClusterNameInvalid", "''")]
    [InlineData("-Size 30 -Region nowhere", "RegionInvalid", "'nowhere'")]
    [InlineData("-Size 30 -EndpointUrl ftp://127.0.0.1", "EndpointInvalid", "ftp://127.0.0.1")]
    [InlineData("-Size 30 -EndpointUrl http://192.0.2.1", "EndpointPlainText", "http://192.0.2.1")]
    [InlineData("-Size 30 -ProfileName nadie", "ProfileNotFound", "'nadie'")]
    [InlineData("-Size 30 -Context nadie", "ContextMissing", "'nadie'")]
    public Task A_change_that_cannot_be_meant_is_refused(string parameters, string errorId, string names) =>
        RefusedAsync($"{Volume} | Set-ClusterEbsVolume {parameters}", errorId, names);

    [Theory]
    [InlineData("'vol-xyz'", "VolumeIdInvalid", "'vol-xyz'")]
    [InlineData("'snap-0123456789abcdef0'", "WrongResourceKind", "'snap-0123456789abcdef0'")]
    [InlineData("[pscustomobject]@{ SnapshotId = 'snap-0123456789abcdef0'; VolumeId = 'vol-0123456789abcdef0'; Size = 20 }", "WrongResourceKind", "snapshot")]
    [InlineData("'arn:aws:ec2:eu-west-1:210987654321:volume/vol-0123456789abcdef0'", "WrongResourceKind", "arn:aws:ec2")]
    [InlineData("42", "InputNotVolume", "'42'")]
    [InlineData("[pscustomobject]@{ AvailabilityZone = 'eu-west-1b' }", "InputNotVolume", "VolumeId")]
    [InlineData("$null", "InputNull", "$null")]
    [InlineData($"[pscustomobject]@{{ VolumeId = '{Id}'; Size = 20; VolumeType = 'gp3'; Tags = @{{ 'k8s.io/etcd/main' = 'a' }} }}", "ControlPlaneVolume", Id)]
    [InlineData($"[pscustomobject]@{{ VolumeId = '{Id}'; Size = 20; VolumeType = 'gp3'; Tags = @{{ KubernetesCluster = 'a'; 'kubernetes.io/cluster/b' = 'owned' }} }}", "VolumeClusterAmbiguous", Id)]
    [InlineData($"[pscustomobject]@{{ VolumeId = '{Id}'; ClusterName = 'proyecto.k8s.local'; Size = 20; VolumeType = 'gp3'; Tags = @{{ KubernetesCluster = 'vecino.k8s.local' }} }}", "VolumeNotOfCluster", "vecino.k8s.local")]
    public Task What_is_no_volume_for_this_is_refused(string input, string errorId, string names) =>
        RefusedAsync($"{input} | Set-ClusterEbsVolume -Size 30", errorId, names);

    [Fact]
    public Task Nothing_piped_and_no_id_typed_is_refused() => RefusedAsync("Set-ClusterEbsVolume -Size 30", "InputNotVolume", "No volume");

    [Fact]
    public async Task A_table_of_limits_that_cannot_be_read_is_refused()
    {
        Session.Set("EBSPV_VOLUME_LIMITS", "gp3=much");

        await RefusedAsync($"{Volume} | Set-ClusterEbsVolume -Size 30", "SettingInvalid", "gp3=much");
    }

    [Fact]
    public async Task A_shared_volume_does_not_become_a_type_that_cannot_be_shared()
    {
        Session.Run("'eu-west-1b' | New-ClusterEbsVolume -Size 10 -VolumeType io2 -Iops 1000 -MultiAttachEnabled -OutVariable volumes").WithoutErrors();

        await RefusedAsync("$volumes | Set-ClusterEbsVolume -VolumeType gp3", "MultiAttachNotAllowed", "gp3");
    }

    [Theory]
    [InlineData("ClusterName = 'vecino.k8s.local'", "MixedCluster", "vecino.k8s.local")]
    [InlineData("ClusterName = 'proyecto.k8s.local'; Region = 'us-east-1'", "MixedRegion", "us-east-1")]
    public async Task What_is_of_elsewhere_does_not_stop_the_rest(string elsewhere, string errorId, string names)
    {
        Session.Run("'eu-west-1b' | New-ClusterEbsVolume -Size 10 -OutVariable volumes").WithoutErrors();

        var result = Session.Run($"$volumes + [pscustomobject]@{{ VolumeId = '{Id}'; {elsewhere} }} | Set-ClusterEbsVolume -Size 20");

        Assert.Contains(names, result.OnlyError(errorId).Exception.Message);
        Assert.Equal(["20"], result.Each("Size"));
    }
}
