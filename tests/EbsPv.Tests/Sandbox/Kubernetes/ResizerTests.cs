using System.Text.Json.Nodes;
using EbsPv.Sandbox.Ec2;
using EbsPv.Sandbox.Ec2.Model;
using EbsPv.Sandbox.Kubernetes;
using Xunit;
using static EbsPv.Tests.Sandbox.Kubernetes.KubernetesHost;

namespace EbsPv.Tests.Sandbox.Kubernetes;

/// <summary>A claim that asks for more: EC2 first, then the PersistentVolume, then the file system.</summary>
public class ResizerTests
{
    private const string NodeB = "ip-172-20-42-11.eu-west-1.compute.internal";
    private const string Grown = """{"spec":{"resources":{"requests":{"storage":"20Gi"}}}}""";

    [Fact]
    public async Task Without_a_pod_the_disk_grows_and_the_file_system_waits()
    {
        await using var host = await BoundAsync();
        await host.PatchAsync($"{Claims}/c", Grown);
        await UntilAsync(() => Condition(host) == "FileSystemResizePending");
        Assert.Equal((20, "20Gi", "10Gi"), Sizes(host));

        await host.CreateAsync((Pods, Manifests.Pod("app", "c", NodeB)));
        Assert.Equal((20, "20Gi", "20Gi"), Sizes(host));
        Assert.Null(Condition(host));
    }

    [Fact]
    public async Task Under_a_running_pod_it_grows_through()
    {
        await using var host = await BoundAsync();
        await host.CreateAsync((Pods, Manifests.Pod("app", "c", NodeB)));
        await host.PatchAsync($"{Claims}/c", Grown);
        await UntilAsync(() => Sizes(host) == (20, "20Gi", "20Gi"));
        Assert.Null(Condition(host));
    }

    [Fact]
    public async Task While_EC2_modifies_the_claim_says_so()
    {
        await using var host = await BoundAsync(new Ec2Settings { ModifyTime = TimeSpan.FromHours(1) });
        await host.PatchAsync($"{Claims}/c", Grown);
        await UntilAsync(() => Condition(host) == "Resizing");
        Assert.Equal((10, "10Gi", "10Gi"), Sizes(host));
        Assert.Single(Disk(host).Modifications);
        host.Clock.Advance(TimeSpan.FromHours(2));
        await UntilAsync(() => Condition(host) == "FileSystemResizePending");
        Assert.Single(Disk(host).Modifications);
    }

    [Fact]
    public async Task A_disk_that_was_grown_before_is_not_modified_again()
    {
        await using var host = await BoundAsync();
        host.Ec2.Change(KopsCluster.ForeignVolume, volume => volume with { Size = 30 });
        await host.PatchAsync($"{Claims}/c", Grown);
        await UntilAsync(() => Condition(host) == "FileSystemResizePending");
        Assert.Empty(Disk(host).Modifications);
        Assert.Equal((30, "20Gi", "10Gi"), Sizes(host));
    }

    [Fact]
    public async Task What_EC2_refuses_is_an_event_and_is_tried_again()
    {
        await using var host = await BoundAsync(new Ec2Settings { ModificationsPerDay = 0 });
        await host.PatchAsync($"{Claims}/c", Grown);
        await UntilAsync(() => host.Api.State.List("events").Any(one => one.Text("reason") == "VolumeResizeFailed"));
        Assert.Contains("VolumeModificationRateExceeded", host.Api.State.List("events").Single(one => one.Text("reason") == "VolumeResizeFailed").Text("message"));
        Assert.Equal("Resizing", Condition(host));
        host.Ec2.Settings = new Ec2Settings();
        await UntilAsync(() => Condition(host) == "FileSystemResizePending");
    }

    [Fact]
    public async Task Without_the_resizer_nothing_comes_of_the_request()
    {
        await using var host = await BoundAsync();
        host.Api.Options.RunResizer = false;
        Assert.Equal(200, (await host.PatchAsync($"{Claims}/c", Grown)).Code);
        await host.SettleAsync();
        Assert.Equal((10, "10Gi", "10Gi"), Sizes(host));
        Assert.Null(Condition(host));
    }

    [Fact]
    public async Task A_capacity_raised_by_hand_reaches_the_file_system_of_a_running_pod()
    {
        await using var host = await BoundAsync();
        await host.PatchAsync($"{VolumesPath}/pv", """{"spec":{"capacity":{"storage":"20Gi"}}}""");
        await host.SettleAsync();
        Assert.Equal("10Gi", Sizes(host).Claim);
        await host.CreateAsync((Pods, Manifests.Pod("app", "c", NodeB)));
        Assert.Equal("20Gi", Sizes(host).Claim);
    }

    [Fact]
    public async Task A_pod_of_a_silent_node_lets_no_file_system_grow()
    {
        await using var host = await BoundAsync();
        await host.CreateAsync((Pods, Manifests.Pod("app", "c", NodeB)));
        new NodeHealth(host.Api.State).Set([NodeB], [], ready: false);
        await host.PatchAsync($"{Claims}/c", Grown);
        await UntilAsync(() => Condition(host) == "FileSystemResizePending");
        Assert.Equal("10Gi", Sizes(host).Claim);
    }

    private static async Task<KubernetesHost> BoundAsync(Ec2Settings? settings = null)
    {
        var host = await StartAsync();
        host.Ec2.Settings = settings ?? new Ec2Settings { ModifyTime = TimeSpan.Zero };
        host.Ec2.Change(KopsCluster.ForeignVolume, volume => volume with { Size = 10 });
        await host.CreateAsync(
            (Classes, Manifests.Class("manual-ebs", "\"allowVolumeExpansion\": true")),
            (VolumesPath, Manifests.Volume("pv").With("spec.csi.volumeHandle", $"\"{KopsCluster.ForeignVolume}\"")),
            (Claims, Manifests.Claim("c")));
        return host;
    }

    private static EbsVolume Disk(KubernetesHost host) => host.Ec2.FindVolume(KopsCluster.ForeignVolume)!.At(host.Clock.GetUtcNow());

    private static (int Disk, string? Volume, string? Claim) Sizes(KubernetesHost host) =>
        (Disk(host).Size, host.Api.State.Get("persistentvolumes", "pv").Text("spec", "capacity", "storage"), Claim(host).Text("status", "capacity", "storage"));

    private static string? Condition(KubernetesHost host) => Claim(host).Objects("status", "conditions").SingleOrDefault().Text("type");

    private static JsonObject Claim(KubernetesHost host) => host.Api.State.Get("persistentvolumeclaims", "c", "default")!;

    private static async Task UntilAsync(Func<bool> condition)
    {
        for (var tries = 0; !condition() && tries < 2000; tries++) await Task.Delay(5, TestContext.Current.CancellationToken);
        Assert.True(condition());
    }
}
