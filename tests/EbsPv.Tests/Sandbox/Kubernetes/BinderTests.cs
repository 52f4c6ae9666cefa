using System.Text.Json.Nodes;
using EbsPv.Sandbox.Kubernetes;
using Xunit;
using static EbsPv.Tests.Sandbox.Kubernetes.KubernetesHost;

namespace EbsPv.Tests.Sandbox.Kubernetes;

public class BinderTests
{
    private const string WorkerB = "ip-172-20-42-11.eu-west-1.compute.internal";
    private const string WorkerC = "ip-172-20-83-140.eu-west-1.compute.internal";
    private const string Waiting = "\"volumeBindingMode\": \"WaitForFirstConsumer\"";

    [Fact]
    public async Task New_volume_becomes_available_and_without_binder_stays_pending()
    {
        await using var host = await StartAsync(options => options.RunBinder = false);
        await host.PostAsync(VolumesPath, Manifests.Volume("pv"));
        Assert.Equal("Pending", host.VolumePhase("pv"));
        host.Api.Options.RunBinder = true;
        await host.SettleAsync();
        Assert.Equal("Available", host.VolumePhase("pv"));
    }

    [Fact]
    public async Task Claim_takes_the_smallest_that_fits()
    {
        await using var host = await StartAsync();
        await host.CreateAsync(
            (VolumesPath, Manifests.Sized("small", "4Gi")), (VolumesPath, Manifests.Sized("large", "20Gi")), (VolumesPath, Manifests.Sized("fit", "6Gi")),
            (Claims, Manifests.Claim("c")));

        var claim = host.Api.State.Get("persistentvolumeclaims", "c", "default")!;
        var volume = host.Api.State.Get("persistentvolumes", "fit")!;
        Assert.Equal(("Bound", "fit"), (claim.Text("status", "phase"), claim.Text("spec", "volumeName")));
        Assert.Equal("6Gi", claim.Text("status", "capacity", "storage"));
        Assert.Equal(("yes", "yes"), (claim.Annotation("pv.kubernetes.io/bind-completed"), claim.Annotation("pv.kubernetes.io/bound-by-controller")));
        Assert.Equal(("Bound", claim.Uid()), (volume.Text("status", "phase"), volume.Text("spec", "claimRef", "uid")));
        Assert.Equal("yes", volume.Annotation("pv.kubernetes.io/bound-by-controller"));
        Assert.Equal(["Available", "Available"], [host.VolumePhase("small"), host.VolumePhase("large")]);
    }

    [Theory]
    [InlineData("spec.storageClassName", "\"other\"")]
    [InlineData("spec.accessModes", "[\"ReadWriteMany\"]")]
    [InlineData("spec.volumeMode", "\"Block\"")]
    [InlineData("spec.resources.requests.storage", "\"11Gi\"")]
    [InlineData("spec.selector", "{\"matchLabels\":{\"type\":\"nfs\"}}")]
    public async Task Claim_that_nothing_fits_waits(string path, string json)
    {
        await using var host = await StartAsync();
        await host.CreateAsync((VolumesPath, Manifests.Volume("pv").With("metadata.labels", """{"type":"ebs"}""")), (Claims, Manifests.Claim("c").With(path, json)));
        Assert.Equal(("Pending", "Available"), (host.ClaimPhase("c"), host.VolumePhase("pv")));
    }

    [Fact]
    public async Task Volume_that_comes_later_is_taken_too()
    {
        await using var host = await StartAsync();
        await host.CreateAsync((Claims, Manifests.Claim("c").With("spec.selector", """{"matchLabels":{"type":"ebs"}}""")));
        await host.CreateAsync((VolumesPath, Manifests.Volume("pv").With("metadata.labels", """{"type":"ebs"}""")));
        Assert.Equal("Bound", host.ClaimPhase("c"));
    }

    [Fact]
    public async Task Claim_by_name_checks_class_and_size()
    {
        await using var host = await StartAsync();
        await host.CreateAsync((VolumesPath, Manifests.Volume("pv")),
            (Claims, Manifests.Claim("wrong").With("spec.volumeName", "\"pv\"").With("spec.storageClassName", "\"other\"")));
        Assert.Equal(("Pending", "Available"), (host.ClaimPhase("wrong"), host.VolumePhase("pv")));

        await host.CreateAsync((Claims, Manifests.Claim("right").With("spec.volumeName", "\"pv\"")));
        Assert.Equal("Bound", host.ClaimPhase("right"));
        Assert.Null(host.Api.State.Get("persistentvolumeclaims", "right", "default")!.Annotation("pv.kubernetes.io/bound-by-controller"));
    }

    [Fact]
    public async Task Reservation_by_name_is_kept_whatever_the_class()
    {
        await using var host = await StartAsync();
        await host.CreateAsync((VolumesPath, Reserved("pv", "c").With("spec.storageClassName", "\"other\"")), (Claims, Manifests.Claim("foreign").With("spec.storageClassName", "\"other\"")));
        Assert.Equal(("Available", "Pending"), (host.VolumePhase("pv"), host.ClaimPhase("foreign")));

        await host.CreateAsync((Claims, Manifests.Claim("c")));
        Assert.Equal("Bound", host.ClaimPhase("c"));
        Assert.Null(host.Api.State.Get("persistentvolumes", "pv")!.Annotation("pv.kubernetes.io/bound-by-controller"));
    }

    [Fact]
    public async Task Claim_larger_than_its_reservation_ignores_it()
    {
        await using var host = await StartAsync();
        await host.CreateAsync((VolumesPath, Reserved("pv", "c")), (VolumesPath, Manifests.Sized("large", "50Gi")),
            (Claims, Manifests.Claim("c").With("spec.resources.requests.storage", "\"20Gi\"")));
        Assert.Equal("large", host.Api.State.Get("persistentvolumeclaims", "c", "default").Text("spec", "volumeName"));
        Assert.Equal("Available", host.VolumePhase("pv"));
    }

    [Fact]
    public async Task Class_without_an_object_binds_at_once_to_any_zone()
    {
        await using var host = await StartAsync();
        await host.CreateAsync((VolumesPath, Manifests.InZone("pv", "eu-west-1z")), (Claims, Manifests.Claim("c")));
        Assert.Equal("Bound", host.ClaimPhase("c"));
    }

    [Theory]
    [InlineData(WorkerC, "pv-c")]
    [InlineData(WorkerB, "pv-b")]
    public async Task Class_that_waits_binds_for_the_pods_node(string node, string volume)
    {
        await using var host = await StartAsync();
        await host.CreateAsync((Classes, Manifests.Class("manual-ebs", Waiting)), (VolumesPath, Manifests.InZone("pv-b", "eu-west-1b")),
            (VolumesPath, Manifests.InZone("pv-c", "eu-west-1c")), (Claims, Manifests.Claim("c")));
        Assert.Equal("Pending", host.ClaimPhase("c"));
        await host.CreateAsync((Pods, Manifests.Pod("app", "c", node)));
        Assert.Equal(volume, host.Api.State.Get("persistentvolumeclaims", "c", "default").Text("spec", "volumeName"));
    }

    [Fact]
    public async Task Class_that_waits_is_content_with_a_pod_without_a_node()
    {
        await using var host = await StartAsync();
        await host.CreateAsync((Classes, Manifests.Class("manual-ebs", Waiting)), (VolumesPath, Manifests.InZone("pv", "eu-west-1b")),
            (Claims, Manifests.Claim("c")), (Pods, Manifests.Pod("app", "c")));
        Assert.Equal("Bound", host.ClaimPhase("c"));
    }

    [Fact]
    public async Task No_volume_in_the_pods_zone_is_no_volume()
    {
        await using var host = await StartAsync();
        await host.CreateAsync((Classes, Manifests.Class("manual-ebs", Waiting)), (VolumesPath, Manifests.InZone("pv", "eu-west-1b")),
            (Claims, Manifests.Claim("c")), (Pods, Manifests.Pod("app", "c", WorkerC)));
        Assert.Equal("Pending", host.ClaimPhase("c"));
    }

    [Fact]
    public async Task Retained_volume_is_released_and_freed_by_hand()
    {
        await using var host = await StartAsync();
        await BoundAsync(host);
        await DeleteAsync(host, $"{Claims}/c");
        Assert.Equal((null, "Released"), (host.ClaimPhase("c"), host.VolumePhase("pv")));

        await host.CreateAsync((Claims, Manifests.Claim("c")));
        Assert.Equal("Pending", host.ClaimPhase("c"));
        await PatchAsync(host, $"{VolumesPath}/pv", """{"spec":{"claimRef":{"uid":null,"resourceVersion":null}}}""");
        Assert.Equal("Bound", host.ClaimPhase("c"));
    }

    [Fact]
    public async Task Freed_volume_goes_to_any_claim_that_waits()
    {
        await using var host = await StartAsync();
        await BoundAsync(host);
        await host.CreateAsync((Claims, Manifests.Claim("waiting")));
        await DeleteAsync(host, $"{Claims}/c");
        await PatchAsync(host, $"{VolumesPath}/pv", """{"spec":{"claimRef":null}}""");
        Assert.Equal(("Bound", "Bound"), (host.ClaimPhase("waiting"), host.VolumePhase("pv")));
    }

    [Theory]
    [InlineData(null, "Failed")]
    [InlineData("ebs.csi.aws.com", "Released")]
    public async Task Delete_policy_without_a_provisioner_deletes_nothing(string? provisioner, string phase)
    {
        await using var host = await StartAsync(options => options.RunProvisioner = false);
        var volume = Manifests.Volume("pv").With("spec.persistentVolumeReclaimPolicy", "\"Delete\"");
        if (provisioner is not null)
            volume["metadata"]!["annotations"] = new JsonObject { ["pv.kubernetes.io/provisioned-by"] = provisioner };
        await host.CreateAsync((VolumesPath, volume), (Claims, Manifests.Claim("c")));
        await DeleteAsync(host, $"{Claims}/c");
        Assert.Equal(phase, host.VolumePhase("pv"));
    }

    [Fact]
    public async Task Claim_whose_volume_vanishes_is_lost()
    {
        await using var host = await StartAsync();
        await BoundAsync(host);
        host.Api.State.Remove("persistentvolumes", "pv");
        await host.SettleAsync();
        Assert.Equal("Lost", host.ClaimPhase("c"));
        Assert.Null(host.Api.State.Get("persistentvolumeclaims", "c", "default").At("status", "capacity"));
        Assert.Equal("ClaimLost", Assert.Single(host.Api.State.List("events")).Text("reason"));
    }

    [Fact]
    public async Task Bound_volume_that_is_deleted_stays_until_its_claim_is_gone()
    {
        await using var host = await StartAsync();
        await BoundAsync(host);
        await DeleteAsync(host, $"{VolumesPath}/pv");
        Assert.True(host.Api.State.Get("persistentvolumes", "pv")!.IsDeleting());
        Assert.Equal(("Bound", "Bound"), (host.VolumePhase("pv"), host.ClaimPhase("c")));
        await DeleteAsync(host, $"{Claims}/c");
        Assert.Empty(host.Api.State.List("persistentvolumes"));
    }

    [Fact]
    public async Task Deleted_claim_hangs_behind_a_scheduled_pod_a_finished_one_too()
    {
        await using var host = await StartAsync();
        await BoundAsync(host);
        await host.CreateAsync((Pods, Manifests.Pod("app", "c", WorkerB)));
        await host.PatchAsync($"{Pods}/app/status", """{"status":{"phase":"Succeeded"}}""");
        await DeleteAsync(host, $"{Claims}/c");
        Assert.Equal(("Bound", "Bound"), (host.ClaimPhase("c"), host.VolumePhase("pv")));
        await DeleteAsync(host, $"{Pods}/app");
        Assert.Equal((null, "Released"), (host.ClaimPhase("c"), host.VolumePhase("pv")));
    }

    private static JsonObject Reserved(string name, string claim) =>
        Manifests.Volume(name).With("spec.claimRef", $$"""{"namespace":"default","name":"{{claim}}"}""");

    private static async Task BoundAsync(KubernetesHost host)
    {
        await host.CreateAsync((VolumesPath, Manifests.Volume("pv")), (Claims, Manifests.Claim("c")));
        Assert.Equal(("Bound", "Bound"), (host.ClaimPhase("c"), host.VolumePhase("pv")));
    }

    private static async Task DeleteAsync(KubernetesHost host, string path)
    {
        Assert.Equal(200, (await host.DeleteAsync(path)).Code);
        await host.SettleAsync();
    }

    private static async Task PatchAsync(KubernetesHost host, string path, string patch)
    {
        Assert.Equal(200, (await host.PatchAsync(path, patch)).Code);
        await host.SettleAsync();
    }
}
