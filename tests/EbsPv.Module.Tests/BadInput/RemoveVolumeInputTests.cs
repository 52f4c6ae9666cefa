using EbsPv.Module.Tests.Backends;
using EbsPv.Module.Tests.Engine;
using Xunit;

namespace EbsPv.Module.Tests.BadInput;

public sealed class RemoveVolumeInputTests(SandboxBackend backend) : BadInputTests(backend)
{
    private const string Id = "vol-0123456789abcdef0";

    [Theory]
    [InlineData("-ClusterName 'pro*'", "ClusterNameInvalid", "'pro*'")]
    [InlineData("-ClusterName ''", "ClusterNameInvalid", "''")]
    [InlineData("-Region nowhere", "RegionInvalid", "'nowhere'")]
    [InlineData("-EndpointUrl ftp://127.0.0.1", "EndpointInvalid", "ftp://127.0.0.1")]
    [InlineData("-EndpointUrl http://192.0.2.1", "EndpointPlainText", "http://192.0.2.1")]
    [InlineData("-ProfileName nadie", "ProfileNotFound", "'nadie'")]
    [InlineData("-Context nadie", "ContextMissing", "'nadie'")]
    [InlineData("-ClusterName proyecto.k8s.local -Context nadie", "PersistentVolumeCheckFailed", "'nadie'")]
    [InlineData("-ClusterName proyecto.k8s.local -Kubeconfig /nowhere/kubeconfig", "PersistentVolumeCheckFailed", "/nowhere/kubeconfig")]
    [InlineData("-ClusterName proyecto.k8s.local -Kubeconfig /nowhere/kubeconfig -SkipPersistentVolumeCheck", "ClusterNotVerified", "/nowhere/kubeconfig")]
    public Task A_parameter_that_cannot_be_meant_is_refused(string parameters, string errorId, string names) =>
        RefusedAsync($"Remove-ClusterEbsVolume {Id} -Confirm:$false {parameters}", errorId, names);

    [Theory]
    [InlineData("'vol-xyz'", "VolumeIdInvalid", "'vol-xyz'")]
    [InlineData("'snap-0123456789abcdef0'", "WrongResourceKind", "'snap-0123456789abcdef0'")]
    [InlineData("'arn:aws:ec2:eu-west-1:210987654321:volume/vol-0123456789abcdef0'", "WrongResourceKind", "arn:aws:ec2")]
    [InlineData($"[pscustomobject]@{{ SnapshotId = 'snap-0123456789abcdef0'; VolumeId = '{Id}' }}", "WrongResourceKind", "snap-0123456789abcdef0")]
    [InlineData("42", "InputNotVolume", "'42'")]
    [InlineData("[pscustomobject]@{ AvailabilityZone = 'eu-west-1b' }", "InputNotVolume", "VolumeId")]
    [InlineData("$null", "InputNull", "$null")]
    [InlineData("[pscustomobject]@{ Name = 'datos'; State = 'planned' }", "VolumePlanned", "datos")]
    public async Task What_is_no_volume_for_this_is_refused(string input, string errorId, string names)
    {
        await RefusedAsync($"{input} | Remove-ClusterEbsVolume -Confirm:$false", errorId, names);
        await RefusedAsync($"'{Id}', {input} | Remove-ClusterEbsVolume -Confirm:$false", errorId, names);
    }

    [Fact]
    public Task Nothing_piped_and_no_id_typed_is_refused() => RefusedAsync("Remove-ClusterEbsVolume -Confirm:$false", "InputNotVolume", "No volume");

    [Theory]
    [InlineData("ClusterName = 'vecino.k8s.local'", "vecino.k8s.local")]
    [InlineData("ClusterName = 'proyecto.k8s.local'; Region = 'us-east-1'", "us-east-1")]
    public async Task Of_two_clusters_or_regions_in_one_pipe_nothing_is_removed(string elsewhere, string names)
    {
        Session.Run("'eu-west-1b' | New-ClusterEbsVolume -Size 10 -OutVariable volumes").WithoutErrors();

        await RefusedAsync($"$volumes + [pscustomobject]@{{ VolumeId = '{Id}'; {elsewhere} }} | Remove-ClusterEbsVolume -Confirm:$false", "MixedCluster", names);
    }
}
