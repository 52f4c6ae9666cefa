using EbsPv.Errors;
using EbsPv.PersistentVolumes;
using EbsPv.Ports;
using EbsPv.Sandbox.Kubernetes;
using EbsPv.Tests.Sandbox.Kubernetes;
using EbsPv.Tests.Support;
using Xunit;
using static EbsPv.Tests.Clients.Kubernetes.KubeHarness;

namespace EbsPv.Tests.Clients.Kubernetes;

/// <summary>Changes of objects, each on the condition that the object is as it was read.</summary>
public class PatchTests
{
    [Fact]
    public async Task A_fence_sets_the_uid_of_the_claim_and_nothing_else()
    {
        await using var kube = await StartAsync(configure: options => options.RunBinder = false);
        await PostAsync(kube, KubernetesHost.VolumesPath, Manifests.Volume("pv").With("spec.claimRef", """{"kind":"PersistentVolumeClaim","apiVersion":"v1","namespace":"default","name":"c","uid":"real","resourceVersion":"7"}"""));
        var volume = await ReadAsync(kube);
        Assert.Equal(("default/c", "real"), (volume.Claim, volume.ClaimUid));

        var fenced = await kube.Cluster.PatchPersistentVolumeAsync(volume, new PersistentVolumePatch { Claim = ClaimReference.Of(volume)! with { Uid = "dummy" } }, Stop);

        Assert.Equal(("default/c", "dummy"), (fenced.Claim, fenced.ClaimUid));
        Assert.Equal("""{"kind":"PersistentVolumeClaim","apiVersion":"v1","namespace":"default","name":"c","uid":"dummy"}""", Stored(kube)["spec"]!["claimRef"]!.ToJsonString());
        Assert.Equal(volume.VolumeId, fenced.VolumeId);
    }

    [Fact]
    public async Task A_claim_can_be_dropped_or_kept_by_name_alone()
    {
        await using var kube = await StartAsync(configure: options => options.RunBinder = false);
        await PostAsync(kube, KubernetesHost.VolumesPath, Manifests.Volume("pv").With("spec.claimRef", """{"namespace":"default","name":"c","uid":"real","resourceVersion":"7"}"""));

        var byName = await kube.Cluster.PatchPersistentVolumeAsync(await ReadAsync(kube), new PersistentVolumePatch { Claim = new ClaimReference("default", "c") }, Stop);
        Assert.Equal(("default/c", null), (byName.Claim, byName.ClaimUid));
        var free = await kube.Cluster.PatchPersistentVolumeAsync(byName, new PersistentVolumePatch { DropsClaim = true }, Stop);
        Assert.Null(free.Claim);
    }

    [Fact]
    public async Task Policy_capacity_labels_and_annotations_change_together()
    {
        await using var kube = await StartAsync(configure: options => options.RunBinder = false);
        await PostAsync(kube, KubernetesHost.VolumesPath, Manifests.Volume("pv").With("metadata.annotations", """{"old":"1","kept":"2"}"""));
        var patch = new PersistentVolumePatch
        {
            ReclaimPolicy = "Delete",
            Capacity = "20Gi",
            NodeAffinity = [new NodeRequirement("topology.kubernetes.io/zone", "In", ["eu-west-1b"])],
            Labels = new Dictionary<string, string?> { ["team"] = "web" },
            Annotations = new Dictionary<string, string?> { ["old"] = null, ["new"] = "{\"a\":1}" },
        };

        var changed = await kube.Cluster.PatchPersistentVolumeAsync(await ReadAsync(kube), patch, Stop);

        Assert.Equal(("Delete", "20Gi", "web"), (changed.ReclaimPolicy, changed.Capacity, changed.Labels["team"]));
        Assert.Equal(["eu-west-1b"], changed.NodeAffinityZone);
        Assert.Equal(new Dictionary<string, string> { ["kept"] = "2", ["new"] = "{\"a\":1}" }, changed.Annotations);
    }

    [Fact]
    public async Task What_somebody_changed_or_made_anew_meanwhile_is_a_conflict()
    {
        await using var kube = await StartAsync(configure: options => options.RunBinder = false);
        await PostAsync(kube, KubernetesHost.VolumesPath, Manifests.Volume("pv"));
        var read = await ReadAsync(kube);
        var policy = new PersistentVolumePatch { ReclaimPolicy = "Delete" };
        await kube.Cluster.PatchPersistentVolumeAsync(read, new PersistentVolumePatch { Labels = new Dictionary<string, string?> { ["a"] = "b" } }, Stop);
        var now = await ReadAsync(kube);

        await Refusal.OfAsync(ErrorIds.PersistentVolumeConflict, () => kube.Cluster.PatchPersistentVolumeAsync(read, policy, Stop));
        await Refusal.OfAsync(ErrorIds.PersistentVolumeConflict, () => kube.Cluster.PatchPersistentVolumeAsync(now with { Uid = "another", ResourceVersion = "1" }, policy, Stop));
        Assert.Equal("Retain", (await ReadAsync(kube)).ReclaimPolicy);
    }

    [Fact]
    public async Task A_claim_takes_annotations_and_a_larger_request_while_it_is_as_it_was_read()
    {
        await using var kube = await StartAsync(configure: options => options.RunBinder = false);
        await PostAsync(kube, KubernetesHost.Claims, Manifests.Claim("c"));
        var claim = (await kube.Cluster.ListAllClaimsAsync(Stop).ToListAsync(Stop)).SelectMany(page => page).Single();

        var noted = await kube.Cluster.PatchClaimAsync(claim, new ClaimPatch { Annotations = new Dictionary<string, string?> { ["ebspv/swap"] = "{}" } }, Stop);

        Assert.Equal("{}", noted.Annotations["ebspv/swap"]);
        await Refusal.OfAsync(ErrorIds.KubeObjectConflict, () => kube.Cluster.PatchClaimAsync(claim, new ClaimPatch { Annotations = new Dictionary<string, string?> { ["ebspv/swap"] = "other" } }, Stop));
        Assert.Empty((await kube.Cluster.PatchClaimAsync(noted, new ClaimPatch { Annotations = new Dictionary<string, string?> { ["ebspv/swap"] = null } }, Stop)).Annotations);
    }

    [Fact]
    public async Task A_manifest_is_what_the_server_has_and_can_be_posted_again_under_another_name()
    {
        await using var kube = await StartAsync(configure: options => options.RunBinder = false);
        await PostAsync(kube, KubernetesHost.VolumesPath, Manifests.Volume("pv").With("spec.mountOptions", "[\"noatime\"]").With("spec.csi.volumeAttributes", "{\"partition\":\"2\"}"));

        var manifest = System.Text.Json.Nodes.JsonNode.Parse((await kube.Cluster.GetPersistentVolumeManifestAsync("pv", Stop))!)!.AsObject();
        var made = await kube.Cluster.CreatePersistentVolumeAsync(
            manifest.With("metadata", "{\"name\":\"copy\"}").With("status", null).ToJsonString(), Stop);

        Assert.Equal("copy", made.Name);
        var copy = kube.Host.Api.State.Get("persistentvolumes", "copy")!;
        Assert.Equal("noatime", copy["spec"]!["mountOptions"]![0]!.GetValue<string>());
        Assert.Equal("2", copy["spec"]!["csi"]!["volumeAttributes"]!["partition"]!.GetValue<string>());
        Assert.Null(await kube.Cluster.GetPersistentVolumeManifestAsync("none", Stop));
    }

    private static async Task PostAsync(KubeHarness kube, string path, System.Text.Json.Nodes.JsonObject body) => Assert.Equal(201, (await kube.Host.PostAsync(path, body)).Code);

    private static async Task<EbsPersistentVolume> ReadAsync(KubeHarness kube) => (await kube.Cluster.GetPersistentVolumeAsync("pv", Stop))!;

    private static System.Text.Json.Nodes.JsonObject Stored(KubeHarness kube) => kube.Host.Api.State.Get("persistentvolumes", "pv")!;
}
