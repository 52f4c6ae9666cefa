using EbsPv.Module.Tests.Backends;
using EbsPv.Module.Tests.Engine;
using Xunit;

namespace EbsPv.Module.Tests.BadInput;

public sealed class NewVolumeInputTests(SandboxBackend backend) : BadInputTests(backend)
{
    private const string Volume = "vol-0123456789abcdef0";

    [Theory]
    [InlineData("-Size 0", "SizeNotGiB", "'0'")]
    [InlineData("-Size -5", "SizeNotGiB", "'-5'")]
    [InlineData("-Size 1.5", "SizeNotGiB", "'1.5'")]
    [InlineData("-Size 10GB", "SizeNotGiB", "10GB")]
    [InlineData("-Size '10GB'", "SizeNotGiB", "'10GB'")]
    [InlineData("-Size ten", "SizeNotGiB", "'ten'")]
    [InlineData("-Size 65537", "SizeOutOfRangeForType", "65537 GiB is not possible for gp3")]
    [InlineData("-Size 10 -VolumeType st1", "SizeOutOfRangeForType", "st1")]
    [InlineData("-Size 3 -VolumeType io1 -Iops 100", "SizeOutOfRangeForType", "io1")]
    [InlineData("-Size 2000 -VolumeType standard", "SizeOutOfRangeForType", "standard")]
    [InlineData("-Size 10 -VolumeType gp4", "VolumeTypeUnknown", "'gp4'")]
    [InlineData("-Size 10 -Count 0", "CountOutOfRange", "-Count is 0")]
    [InlineData("-Size 10 -Count -1", "CountOutOfRange", "-Count is -1")]
    [InlineData("-Size 10 -Count 10001", "CountOutOfRange", "10001")]
    [InlineData("-Size 10 -CountPerZone 0", "CountOutOfRange", "-CountPerZone is 0")]
    [InlineData("-Size 10 -Count 2 -CountPerZone 2", "CountConflict", "-CountPerZone")]
    [InlineData("-Size 10 -SetName 'Mi Set'", "SetNameInvalid", "'Mi Set'")]
    [InlineData("-Size 10 -ClusterName ''", "ClusterNameInvalid", "''")]
    [InlineData("-Size 10 -ClusterName 'pro*'", "ClusterNameInvalid", "'pro*'")]
    [InlineData("-Size 10 -ClusterName 'pro?ecto'", "ClusterNameInvalid", "'pro?ecto'")]
    [InlineData("-Size 10 -EndpointUrl ftp://127.0.0.1", "EndpointInvalid", "ftp://127.0.0.1")]
    [InlineData("-Size 10 -EndpointUrl nowhere", "EndpointInvalid", "nowhere")]
    [InlineData("-Size 10 -EndpointUrl http://192.0.2.1", "EndpointPlainText", "http://192.0.2.1")]
    [InlineData("-Size 10 -ProfileName nadie", "ProfileNotFound", "'nadie'")]
    public Task A_parameter_that_cannot_be_meant_is_refused(string parameters, string errorId, string names) =>
        RefusedAsync($"'eu-west-1b' | New-ClusterEbsVolume {parameters}", errorId, names);

    [Theory]
    [InlineData("-VolumeType io2", "IopsRequired", "io2")]
    [InlineData("-VolumeType gp2 -Iops 3000", "IopsNotAllowed", "gp2")]
    [InlineData("-Iops 2000", "IopsOutOfRangeForType", "2000")]
    [InlineData("-Iops 80001", "IopsOutOfRangeForType", "80001")]
    [InlineData("-Iops 5001", "IopsRatioExceeded", "5001")]
    [InlineData("-VolumeType gp2 -Throughput 125", "ThroughputNotAllowed", "gp2")]
    [InlineData("-Throughput 100", "ThroughputOutOfRangeForType", "100")]
    [InlineData("-Throughput 1000", "ThroughputRatioExceeded", "1000")]
    [InlineData("-MultiAttachEnabled", "MultiAttachNotAllowed", "gp3")]
    [InlineData("-KmsKeyId alias/clave -Encrypted $false", "KmsConflict", "-KmsKeyId")]
    [InlineData("-MultiAttachEnabled -VolumeType gp2", "MultiAttachNotAllowed", "gp2")]
    [InlineData("-KmsKeyId alias/", "KmsInvalid", "'alias/'")]
    [InlineData("-KmsKeyId 'alias/con espacio'", "KmsInvalid", "con espacio")]
    [InlineData("-VolumeInitializationRate 99 -SnapshotId snap-0123456789abcdef0", "InitRateInvalid", "99")]
    [InlineData("-VolumeType io1 -Iops 501", "IopsRatioExceeded", "501")]
    [InlineData("-VolumeType io2 -Iops 10001", "IopsRatioExceeded", "10001")]
    [InlineData("-VolumeType io1", "IopsRequired", "io1")]
    [InlineData("-VolumeType standard -Iops 100", "IopsNotAllowed", "standard")]
    [InlineData("-KmsKeyId 'no key'", "KmsInvalid", "no key")]
    [InlineData("-KmsKeyId arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab", "KmsWrongRegion", "us-east-1")]
    [InlineData("-SnapshotId vol-0123456789abcdef0", "SnapshotIdInvalid", "vol-0123456789abcdef0")]
    [InlineData("-VolumeInitializationRate 200", "InitRateInvalid", "-SnapshotId")]
    [InlineData("-VolumeInitializationRate 301 -SnapshotId snap-0123456789abcdef0", "InitRateInvalid", "301")]
    public Task A_specification_that_EC2_would_refuse_is_refused_before(string parameters, string errorId, string names) =>
        RefusedAsync($"'eu-west-1b' | New-ClusterEbsVolume -Size 10 {parameters}", errorId, names);

    [Fact]
    public async Task A_ceiling_tells_its_date_and_how_to_raise_it()
    {
        var error = await RefusedAsync("'eu-west-1b' | New-ClusterEbsVolume -Size 65537", "SizeOutOfRangeForType", "65537");

        Assert.Contains("2026-11-01", error.ErrorDetails.RecommendedAction);
        Assert.Contains("EBSPV_VOLUME_LIMITS", error.ErrorDetails.RecommendedAction);
    }

    [Fact]
    public async Task A_table_of_limits_that_cannot_be_read_is_refused()
    {
        Session.Set("EBSPV_VOLUME_LIMITS", "gp3=much");

        await RefusedAsync("'eu-west-1b' | New-ClusterEbsVolume -Size 10", "SettingInvalid", "gp3=much");
    }

    [Theory]
    [InlineData("@{ ('k' * 128) = 'v' }", "kkkk")]
    [InlineData("@{ clave = 'v' * 257 }", "'clave'")]
    [InlineData("@{ 'aws:clave' = 'v' }", "'aws:clave'")]
    [InlineData("@{ KubernetesCluster = 'v' }", "'KubernetesCluster'")]
    [InlineData("@{ 'ebs.csi.aws.com/cluster' = 'v' }", "'ebs.csi.aws.com/cluster'")]
    [InlineData("@{ '' = 'v' }", "''")]
    [InlineData("@{ 'kubernetes.io/cluster/otro' = 'owned' }", "'kubernetes.io/cluster/otro'")]
    [InlineData("@{ 'k8s.io/role/master' = '1' }", "'k8s.io/role/master'")]
    [InlineData("@{ 'ebspv/set' = 'v' }", "'ebspv/set'")]
    [InlineData("@([pscustomobject]@{ Key = 'a'; Value = '1' }, [pscustomobject]@{ Key = 'A'; Value = '2' })", "comes twice")]
    [InlineData("(& { $t = @{}; for ($i = 0; $i -lt 43; $i++) { $t[\"k$i\"] = 'v' }; $t })", "43 tags")]
    public Task A_tag_that_cannot_be_written_is_refused(string tags, string names) =>
        RefusedAsync($"'eu-west-1b' | New-ClusterEbsVolume -Size 10 -Tag {tags}", "TagInvalid", names);

    [Theory]
    [InlineData("'eu-west-1'", "ZoneNotAZone", "'eu-west-1' is a region")]
    [InlineData("''", "ZoneNotAZone", "''")]
    [InlineData("'euw1-az1'", "ZoneIdGiven", "'euw1-az1'")]
    [InlineData("42", "InputNotZone", "'42'")]
    [InlineData("[pscustomobject]@{ Name = 'x' }", "InputNotZone", "AvailabilityZone")]
    [InlineData($"[pscustomobject]@{{ VolumeId = '{Volume}'; AvailabilityZone = 'eu-west-1b' }}", "InputNotZone", Volume)]
    [InlineData("[pscustomobject]@{ AvailabilityZone = 'us-east-1a'; Region = 'eu-west-1' }", "ZoneOutsideRegion", "us-east-1a")]
    [InlineData("$null", "InputNull", "$null")]
    [InlineData("@()", "NoWorkerZone", "No zone")]
    public Task What_is_no_zone_is_refused(string input, string errorId, string names) =>
        RefusedAsync($"{input} | New-ClusterEbsVolume -Size 10", errorId, names);

    [Fact]
    public Task A_zone_of_another_region_than_typed_is_refused() =>
        RefusedAsync("New-ClusterEbsVolume -AvailabilityZone eu-west-1b -Region us-east-1 -Size 10", "ZoneOutsideRegion", "eu-west-1b");

    [Fact]
    public Task Nothing_piped_and_no_zone_typed_is_refused() =>
        RefusedAsync("New-ClusterEbsVolume -Size 10", "NoWorkerZone", "No zone");

    [Fact]
    public async Task Bad_records_do_not_stop_the_good_ones()
    {
        var result = Session.Run("'eu-west-1b', 'eu-west-1', $null, 'us-east-1a', 'eu-west-1b', 'eu-west-1c' | New-ClusterEbsVolume -Size 10");

        Assert.Equal(["ZoneNotAZone", "InputNull", "ZoneOutsideRegion", "ZoneDuplicate"], result.Errors.Select(ScriptResult.Id));
        Assert.Equal(["eu-west-1b", "eu-west-1c"], result.Each("AvailabilityZone"));
        Assert.Equal(2, (await Backend.Ec2.VolumesAsync()).Count);
    }

    [Fact]
    public async Task Of_two_clusters_in_one_pipe_the_first_ones_zones_go_on()
    {
        const string Script = """
            [pscustomobject]@{ AvailabilityZone = 'eu-west-1b'; ClusterName = 'proyecto.k8s.local' },
            [pscustomobject]@{ AvailabilityZone = 'eu-west-1c'; ClusterName = 'vecino.k8s.local' } | New-ClusterEbsVolume -Size 10
            """;

        var result = Session.Run(Script);

        Assert.Contains("vecino.k8s.local", result.OnlyError("MixedCluster").Exception.Message);
        Assert.Equal(["proyecto.k8s.local"], result.Each("ClusterName"));
        Assert.Equal(["eu-west-1b"], (await Backend.Ec2.VolumesAsync()).Select(volume => volume.Zone));
    }
}
