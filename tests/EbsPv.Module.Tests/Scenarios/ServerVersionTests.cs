using EbsPv.Module.Tests.Backends;
using Xunit;

namespace EbsPv.Module.Tests.Scenarios;

/// <summary>Clusters without a driver: what is written for them depends on how old they are.</summary>
public sealed class ServerVersionTests(SandboxBackend backend) : SandboxTests(backend)
{
    [Theory]
    [InlineData("v1.20.2", "InTree", "")]
    [InlineData("v1.22.17", "InTree", "")]
    [InlineData("v1.23.0", "Csi", "DriverMissing")]
    [InlineData("v1.33.4", "Csi", "DriverMissing")]
    public async Task A_cluster_without_a_driver_gets_what_its_version_can_mount(string version, string source, string warning)
    {
        await Admin.SetKubernetesAsync(new { serverVersion = version });
        await Backend.Workers.SetDriversAsync();

        var result = Session.Run($"{Line} -CreateStorageClass").WithoutErrors();

        Assert.Equal([source, source], result.Each("VolumeSource"));
        Assert.Equal(warning, string.Join(' ', result.Warnings.Select(one => one.Split(':')[0])));
    }
}
