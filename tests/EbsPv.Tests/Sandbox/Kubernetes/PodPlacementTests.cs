using System.Net;
using System.Text.Json.Nodes;
using EbsPv.Sandbox.Ec2;
using EbsPv.Sandbox.Kubernetes;
using EbsPv.Tests.Sandbox.Ec2;
using Xunit;

namespace EbsPv.Tests.Sandbox.Kubernetes;

/// <summary>The handles that place and end a pod as a cluster would, on a whole sandbox.</summary>
public class PodPlacementTests
{
    private const string NodeB = "ip-172-20-42-11.eu-west-1.compute.internal";
    private const string NodeC = "ip-172-20-83-140.eu-west-1.compute.internal";
    private const string Fence = "00000000-0000-0000-0000-000000000000";

    [Fact]
    public async Task A_pod_of_a_bound_claim_runs_where_its_volume_is_and_has_it_attached()
    {
        await using var sandbox = await BoundAsync();
        var (status, pod) = await PlaceAsync(sandbox);
        Assert.Equal((HttpStatusCode.OK, NodeB, "Running"), (status, pod.Text("spec", "nodeName"), pod.Text("status", "phase")));
        Assert.Equal([KopsCluster.WorkerB], Attachments(sandbox));
        var attachment = Assert.Single(sandbox.Server.Kubernetes.State.List("volumeattachments"));
        Assert.Equal(("pv", NodeB, true), (attachment.Text("spec", "source", "persistentVolumeName"), attachment.Text("spec", "nodeName"), attachment.Flag("status", "attached")));

        Assert.Equal(HttpStatusCode.NoContent, (await sandbox.AdminAsync("kubernetes/pods/end", """{"name":"app"}""")).Status);
        Assert.Empty(sandbox.Server.Kubernetes.State.List("pods"));
        Assert.Empty(sandbox.Server.Kubernetes.State.List("volumeattachments"));
        Assert.Empty(Attachments(sandbox));
    }

    [Fact]
    public async Task A_pod_of_a_lost_claim_is_never_placed()
    {
        await using var sandbox = await BoundAsync();
        var state = sandbox.Server.Kubernetes.State;
        state.Seed(state.Get("persistentvolumes", "pv")!.With("spec.claimRef.uid", $"\"{Fence}\""));
        await sandbox.Server.Kubernetes.SettleAsync(Ec2Harness.Stop);
        Assert.Equal("Lost", state.Get("persistentvolumeclaims", "c", "default").Text("status", "phase"));
        await RefusedAsync(sandbox, "persistentvolumeclaim \"c\" bound to non-existent persistentvolume \"pv\"");
        Assert.Empty(state.List("volumeattachments"));
    }

    [Fact]
    public async Task A_pod_of_a_claim_that_is_pending_deleted_or_missing_is_not_placed()
    {
        await using var sandbox = await BoundAsync();
        var state = sandbox.Server.Kubernetes.State;
        await RefusedAsync(sandbox, "persistentvolumeclaim \"none\" not found", claim: "none");
        state.Seed(InDefault(Manifests.Claim("waiting")).With("status.phase", "\"Pending\""));
        await RefusedAsync(sandbox, "pod has unbound immediate PersistentVolumeClaims", claim: "waiting");
        state.Seed(state.Get("persistentvolumeclaims", "c", "default")!.With("metadata.deletionTimestamp", "\"2026-01-01T00:00:00Z\"").With("metadata.finalizers", "[\"x/y\"]"));
        await RefusedAsync(sandbox, "persistentvolumeclaim \"c\" is being deleted");
    }

    [Theory]
    [InlineData(NodeC, "1 node(s) had volume node affinity conflict")]
    [InlineData("none", "node \"none\" not found")]
    public async Task A_pod_is_not_placed_where_its_volume_cannot_be(string node, string refusal)
    {
        await using var sandbox = await BoundAsync();
        await RefusedAsync(sandbox, refusal, node: node);
    }

    [Fact]
    public async Task No_pod_is_placed_on_a_silent_node_and_none_of_it_ends()
    {
        await using var sandbox = await BoundAsync();
        await PlaceAsync(sandbox);
        await sandbox.AdminAsync("kubernetes/nodes", """{"zones":["eu-west-1b"],"ready":false}""");
        Assert.Equal(HttpStatusCode.Conflict, (await sandbox.AdminAsync("kubernetes/pods/end", """{"name":"app"}""")).Status);
        await RefusedAsync(sandbox, "untolerated taint", name: "second", node: NodeB);
        Assert.Equal([KopsCluster.WorkerB], Attachments(sandbox));
    }

    [Fact]
    public async Task What_EC2_does_not_attach_starts_no_pod()
    {
        await using var sandbox = await BoundAsync();
        sandbox.Server.Ec2.Attach(KopsCluster.ForeignVolume, KopsCluster.ControlPlane);
        await RefusedAsync(sandbox, "VolumeInUse");
        Assert.Empty(sandbox.Server.Kubernetes.State.List("volumeattachments"));
    }

    [Fact]
    public async Task A_volume_that_another_pod_mounts_stays_attached()
    {
        await using var sandbox = await BoundAsync();
        await PlaceAsync(sandbox);
        await PlaceAsync(sandbox, name: "second");
        Assert.Single(sandbox.Server.Kubernetes.State.List("volumeattachments"));
        await sandbox.AdminAsync("kubernetes/pods/end", """{"name":"app"}""");
        Assert.Equal([KopsCluster.WorkerB], Attachments(sandbox));
        await sandbox.AdminAsync("kubernetes/pods/end", """{"name":"second"}""");
        Assert.Empty(Attachments(sandbox));
        Assert.Equal(HttpStatusCode.Conflict, (await sandbox.AdminAsync("kubernetes/pods/end", """{"name":"second"}""")).Status);
    }

    private static async Task<Ec2Harness> BoundAsync()
    {
        var sandbox = await Ec2Harness.StartAsync();
        var state = sandbox.Server.Kubernetes.State;
        state.Seed(Manifests.InZone("pv", KopsCluster.ZoneB).With("spec.csi.volumeHandle", $"\"{KopsCluster.ForeignVolume}\"").With("spec.volumeMode", "\"Filesystem\""));
        state.Seed(InDefault(Manifests.Claim("c")).With("spec.volumeName", "\"pv\"").With("spec.volumeMode", "\"Filesystem\""));
        await sandbox.Server.Kubernetes.SettleAsync(Ec2Harness.Stop);
        Assert.Equal("Bound", state.Get("persistentvolumeclaims", "c", "default").Text("status", "phase"));
        return sandbox;
    }

    private static JsonObject InDefault(JsonObject owner) => owner.With("metadata.namespace", "\"default\"");

    private static IEnumerable<string> Attachments(Ec2Harness sandbox) =>
        sandbox.Server.Ec2.FindVolume(KopsCluster.ForeignVolume)!.Attachments.Select(attachment => attachment.InstanceId);

    private static Task<(HttpStatusCode Status, JsonNode? Body)> PlaceAsync(Ec2Harness sandbox, string name = "app", string claim = "c", string? node = null) =>
        sandbox.AdminAsync("kubernetes/pods", new JsonObject { ["pod"] = Manifests.Pod(name, claim), ["node"] = node }.ToJsonString());

    private static async Task RefusedAsync(Ec2Harness sandbox, string refusal, string name = "app", string claim = "c", string? node = null)
    {
        var pods = sandbox.Server.Kubernetes.State.List("pods").Count;
        var (status, body) = await PlaceAsync(sandbox, name, claim, node);
        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains(refusal, body.Text("error"));
        Assert.Equal(pods, sandbox.Server.Kubernetes.State.List("pods").Count);
    }
}
