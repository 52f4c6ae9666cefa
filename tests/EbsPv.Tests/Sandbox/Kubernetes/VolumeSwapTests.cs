using System.Text.Json.Nodes;
using EbsPv.Sandbox.Kubernetes;
using Xunit;
using static EbsPv.Tests.Sandbox.Kubernetes.KubernetesHost;

namespace EbsPv.Tests.Sandbox.Kubernetes;

/// <summary>Another disk under the same claim, as the design does it.</summary>
public class VolumeSwapTests
{
    private const string Fence = """{"spec":{"claimRef":{"uid":"00000000-0000-0000-0000-000000000000"}}}""";

    [Fact]
    public async Task Claim_lives_through_a_change_of_its_volume()
    {
        await using var host = await StartAsync();
        var claim = await BoundAsync(host);
        await host.PatchAsync($"{VolumesPath}/pv", Fence);
        await host.SettleAsync();
        Assert.Equal(("Released", "Lost"), (host.VolumePhase("pv"), host.ClaimPhase("c")));

        await host.DeleteAsync($"{VolumesPath}/pv");
        await host.SettleAsync();
        Assert.Empty(host.Api.State.List("persistentvolumes"));

        await host.CreateAsync((VolumesPath, Replacement(claim.Uid())));
        var after = host.Api.State.Get("persistentvolumeclaims", "c", "default")!;
        Assert.Equal(("Bound", "Bound", claim.Uid()), (host.VolumePhase("pv"), after.Text("status", "phase"), after.Uid()));
        Assert.Equal(["kubernetes.io/pvc-protection"], after.Finalizers());
        Assert.Equal("20Gi", after.Text("status", "capacity", "storage"));
    }

    [Fact]
    public async Task Fence_can_be_taken_back()
    {
        await using var host = await StartAsync();
        var claim = await BoundAsync(host);
        await host.PatchAsync($"{VolumesPath}/pv", Fence);
        await host.SettleAsync();
        await host.PatchAsync($"{VolumesPath}/pv", $$$$"""{"spec":{"claimRef":{"uid":"{{{{claim.Uid()}}}}"}}}""");
        await host.SettleAsync();
        Assert.Equal(("Bound", "Bound"), (host.VolumePhase("pv"), host.ClaimPhase("c")));
    }

    [Fact]
    public async Task Same_name_without_the_uid_does_not_bring_the_claim_back()
    {
        await using var host = await StartAsync();
        await BoundAsync(host);
        await host.PatchAsync($"{VolumesPath}/pv", Fence);
        await host.SettleAsync();
        await host.DeleteAsync($"{VolumesPath}/pv");
        await host.SettleAsync();
        await host.CreateAsync((VolumesPath, Replacement(uid: null)));
        Assert.Equal(("Available", "Lost"), (host.VolumePhase("pv"), host.ClaimPhase("c")));
    }

    [Fact]
    public async Task Real_controllers_notice_only_at_their_next_resync()
    {
        await using var host = await StartAsync(options => options.ClaimResync = TimeSpan.FromHours(1));
        await BoundAsync(host);
        await host.PatchAsync($"{VolumesPath}/pv", Fence);
        await host.SettleAsync();
        Assert.Equal(("Released", "Bound"), (host.VolumePhase("pv"), host.ClaimPhase("c")));

        host.Clock.Advance(TimeSpan.FromHours(2));
        await host.PostAsync(VolumesPath, Manifests.Volume("unrelated"));
        await host.SettleAsync();
        Assert.Equal("Lost", host.ClaimPhase("c"));
    }

    [Fact]
    public async Task Claim_lives_through_it_with_an_attacher_that_held_the_old_volume()
    {
        await using var host = await StartAsync();
        var claim = await BoundAsync(host);
        const string attachments = "/apis/storage.k8s.io/v1/volumeattachments";
        await host.CreateAsync((attachments, Manifests.Attachment("csi-1", "pv", "ip-172-20-42-11.eu-west-1.compute.internal")));
        await host.PatchAsync($"{VolumesPath}/pv", Fence);
        await host.DeleteAsync($"{VolumesPath}/pv");
        await host.SettleAsync();
        Assert.Equal((409, "Released"), ((await host.PostAsync(VolumesPath, Replacement(claim.Uid()))).Code, host.VolumePhase("pv")));
        Assert.Equal("Lost", host.ClaimPhase("c"));

        await host.DeleteAsync($"{attachments}/csi-1");
        await host.SettleAsync();
        await host.CreateAsync((VolumesPath, Replacement(claim.Uid())));
        Assert.Equal(("Bound", "Bound"), (host.VolumePhase("pv"), host.ClaimPhase("c")));
    }

    [Fact]
    public async Task Larger_disk_reaches_the_claim_with_the_swap()
    {
        await using var host = await StartAsync();
        var claim = await BoundAsync(host);
        await host.PatchAsync($"{VolumesPath}/pv", Fence);
        await host.SettleAsync();
        Assert.Null(host.Api.State.Get("persistentvolumeclaims", "c", "default").At("status", "capacity"));
        await host.DeleteAsync($"{VolumesPath}/pv");
        await host.SettleAsync();
        await host.CreateAsync((VolumesPath, Replacement(claim.Uid())));
        Assert.Equal("20Gi", host.Api.State.Get("persistentvolumeclaims", "c", "default").Text("status", "capacity", "storage"));
    }

    [Fact]
    public async Task Unclaimed_volume_is_fenced_by_a_claim_that_does_not_exist_and_no_claim_takes_it()
    {
        await using var host = await StartAsync();
        await host.CreateAsync((VolumesPath, Manifests.Volume("pv")));
        const string dummy = """{"spec":{"claimRef":{"namespace":"default","name":"fence","uid":"00000000-0000-0000-0000-000000000000"}}}""";
        await host.PatchAsync($"{VolumesPath}/pv", dummy);
        await host.CreateAsync((Claims, Manifests.Claim("c")));
        Assert.Equal(("Released", "Pending"), (host.VolumePhase("pv"), host.ClaimPhase("c")));

        await host.PatchAsync($"{VolumesPath}/pv", """{"spec":{"claimRef":null}}""");
        await host.SettleAsync();
        Assert.Equal(("Bound", "Bound"), (host.VolumePhase("pv"), host.ClaimPhase("c")));
    }

    [Fact]
    public async Task Fenced_volume_with_the_policy_Delete_is_what_a_provisioner_would_delete()
    {
        await using var host = await StartAsync();
        await host.CreateAsync((VolumesPath, Manifests.Volume("pv").With("spec.persistentVolumeReclaimPolicy", "\"Delete\"")), (Claims, Manifests.Claim("c")));
        await host.PatchAsync($"{VolumesPath}/pv", Fence);
        await host.SettleAsync();
        Assert.Equal(("Failed", "Lost"), (host.VolumePhase("pv"), host.ClaimPhase("c")));
    }

    private static JsonObject Replacement(string? uid)
    {
        var volume = Manifests.Sized("pv", "20Gi").With("spec.csi.volumeHandle", "\"vol-new\"")
            .With("spec.claimRef", """{"kind":"PersistentVolumeClaim","apiVersion":"v1","namespace":"default","name":"c"}""");
        if (uid is not null) volume["spec"]!["claimRef"]!["uid"] = uid;
        return volume;
    }

    private static async Task<JsonObject> BoundAsync(KubernetesHost host)
    {
        await host.CreateAsync((VolumesPath, Manifests.Volume("pv")), (Claims, Manifests.Claim("c").With("spec.volumeName", "\"pv\"")));
        Assert.Equal("Bound", host.ClaimPhase("c"));
        return host.Api.State.Get("persistentvolumeclaims", "c", "default")!;
    }
}
