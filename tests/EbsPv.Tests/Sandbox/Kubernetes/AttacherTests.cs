using EbsPv.Sandbox.Ec2;
using EbsPv.Sandbox.Kubernetes;
using Xunit;
using static EbsPv.Tests.Sandbox.Kubernetes.KubernetesHost;

namespace EbsPv.Tests.Sandbox.Kubernetes;

public class AttacherTests
{
    private const string Attachments = "/apis/storage.k8s.io/v1/volumeattachments";
    private const string NodeB = "ip-172-20-42-11.eu-west-1.compute.internal";
    private const string Finalizer = "external-attacher/ebs-csi-aws-com";

    [Fact]
    public async Task It_holds_what_is_attached_until_that_is_deleted_and_nothing_attaches_it()
    {
        await using var host = await StartAsync();
        await host.CreateAsync((VolumesPath, Manifests.Volume("pv")));
        Assert.DoesNotContain(Finalizer, Finalizers(host));
        await host.CreateAsync((Attachments, Manifests.Attachment("csi-1", "pv", NodeB)));
        Assert.Contains(Finalizer, Finalizers(host));

        await host.DeleteAsync($"{VolumesPath}/pv");
        await host.SettleAsync();
        Assert.Equal([Finalizer], Finalizers(host));
        await host.DeleteAsync($"{Attachments}/csi-1");
        await host.SettleAsync();
        Assert.Empty(host.Api.State.List("persistentvolumes"));
    }

    [Fact]
    public async Task Its_finalizer_stays_on_a_volume_that_is_only_detached()
    {
        await using var host = await StartAsync();
        await host.CreateAsync((VolumesPath, Manifests.Volume("pv")), (Attachments, Manifests.Attachment("csi-1", "pv", NodeB)));
        await host.DeleteAsync($"{Attachments}/csi-1");
        await host.SettleAsync();
        Assert.Contains(Finalizer, Finalizers(host));
        await host.DeleteAsync($"{VolumesPath}/pv");
        await host.SettleAsync();
        Assert.Empty(host.Api.State.List("persistentvolumes"));
    }

    [Fact]
    public async Task Without_it_a_volume_that_it_held_hangs()
    {
        await using var host = await StartAsync();
        await host.CreateAsync((VolumesPath, Manifests.Volume("pv")), (Attachments, Manifests.Attachment("csi-1", "pv", NodeB)));
        host.Api.Options.RunAttacher = false;
        await host.DeleteAsync($"{Attachments}/csi-1");
        await host.DeleteAsync($"{VolumesPath}/pv");
        await host.SettleAsync();
        Assert.Equal([Finalizer], Finalizers(host));
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public async Task EC2_detaches_with_the_VolumeAttachment_unless_the_zone_has_failed(bool healthy, int attachments)
    {
        await using var host = await StartAsync();
        host.Ec2.Attach(KopsCluster.ForeignVolume, KopsCluster.WorkerB);
        await host.CreateAsync(
            (VolumesPath, Manifests.Volume("pv").With("spec.csi.volumeHandle", $"\"{KopsCluster.ForeignVolume}\"")),
            (Attachments, Manifests.Attachment("csi-1", "pv", NodeB)));
        if (!healthy) host.Ec2.Settings = new Ec2Settings { ZoneOutages = new Dictionary<string, ZoneOutage> { [KopsCluster.ZoneB] = new() } };
        await host.DeleteAsync($"{Attachments}/csi-1");
        await host.SettleAsync();
        Assert.Equal(attachments, host.Ec2.FindVolume(KopsCluster.ForeignVolume)!.Attachments.Count);
    }

    private static IReadOnlyList<string> Finalizers(KubernetesHost host) => host.Api.State.Get("persistentvolumes", "pv")!.Finalizers();
}
