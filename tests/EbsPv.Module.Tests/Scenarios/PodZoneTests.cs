using EbsPv.Module.Tests.Backends;
using EbsPv.Module.Tests.Engine;
using Xunit;

namespace EbsPv.Module.Tests.Scenarios;

/// <summary>What the class of -CreateStorageClass is for: volume and pod end up in one zone. It takes a scheduler to show it.</summary>
public sealed class PodZoneTests(SandboxBackend backend) : SandboxTests(backend)
{
    [Theory]
    [InlineData(IBackend.ZoneB, "manual-ebs-01")]
    [InlineData(IBackend.ZoneC, "manual-ebs-02")]
    public async Task A_claim_of_the_class_binds_in_the_zone_of_its_pod(string zone, string volume)
    {
        Session.Run($"{Line} -CreateStorageClass").WithoutErrors();
        await Backend.Kube.CreateAsync(KubeHttp.Claims, KubeObjects.Claim("data", ""));
        Assert.Equal("Pending", Text(await ClaimAsync("data"), "status.phase"));

        await Backend.Kube.CreateAsync(KubeHttp.Pods, KubeObjects.Pod("web", await Backend.Workers.OfZoneAsync(zone), null, "data"));

        await Until.TrueAsync("the claim is bound", async () => Text(await ClaimAsync("data"), "status.phase") == "Bound");
        Assert.Equal(volume, Text(await ClaimAsync("data"), "spec.volumeName"));
    }

    [Fact]
    public async Task Without_the_class_it_is_bound_before_its_pod_comes()
    {
        Session.Run(Line).WithoutErrors();

        await Backend.Kube.CreateAsync(KubeHttp.Claims, KubeObjects.Claim("data", ""));

        await Until.TrueAsync("the claim is bound", async () => Text(await ClaimAsync("data"), "status.phase") == "Bound");
    }
}
