using System.Text.Json;
using EbsPv.Clients.Kubernetes;
using EbsPv.Ports;
using EbsPv.Sandbox.Kubernetes;
using EbsPv.Tests.Sandbox.Kubernetes;
using Xunit;
using static EbsPv.Tests.Clients.Kubernetes.KubeHarness;

namespace EbsPv.Tests.Clients.Kubernetes;

/// <summary>What uses PersistentVolumes, as the client reads it.</summary>
public class KubeWorkloadTests
{
    [Fact]
    public async Task Pods_that_mount_claims_come_in_pages_and_the_others_not()
    {
        await using var kube = await StartAsync();
        for (var number = 0; number < 501; number++) kube.Host.Api.State.Seed(InDefault(Manifests.Pod($"pod-{number:d4}", "data", "node-b")));
        kube.Host.Api.State.Seed(InDefault(Manifests.Pod("bare", "data").With("spec.volumes", "[]")));

        var pods = (await kube.Cluster.ListPodsAsync(Stop).ToListAsync(Stop)).SelectMany(page => page).ToList();

        Assert.Equal(501, pods.Count);
        Assert.Equal(("default", "pod-0000", "node-b"), (pods[0].Namespace, pods[0].Name, pods[0].NodeName));
        Assert.Equal(["data"], pods[0].ClaimNames);
        Assert.Equal(2, kube.Calls["kubernetes list pods"]);
    }

    [Theory]
    [InlineData("Succeeded", true)]
    [InlineData("Failed", true)]
    [InlineData("Running", false)]
    [InlineData("Unknown", false)]
    [InlineData("Pending", false)]
    public async Task A_pod_is_finished_when_its_containers_are(string phase, bool finished)
    {
        await using var kube = await StartAsync();
        kube.Host.Api.State.Seed(InDefault(Manifests.Pod("one", "data")).With("status.phase", $"\"{phase}\""));

        var pod = (await kube.Cluster.ListPodsAsync(Stop).ToListAsync(Stop)).SelectMany(page => page).Single();

        Assert.Equal((phase, finished, null), (pod.Phase, pod.IsFinished, pod.NodeName));
    }

    [Fact]
    public async Task A_pod_names_its_controller_and_the_claim_of_a_generic_ephemeral_volume()
    {
        await using var kube = await StartAsync();
        kube.Host.Api.State.Seed(InDefault(Manifests.Pod("web-0", "data"))
            .With("metadata.ownerReferences", """[{"apiVersion":"v1","kind":"Node","name":"n","uid":"1"},{"apiVersion":"apps/v1","kind":"StatefulSet","name":"web","uid":"2","controller":true}]""")
            .With("spec.volumes", """[{"name":"scratch","ephemeral":{"volumeClaimTemplate":{"spec":{}}}},{"name":"data","persistentVolumeClaim":{"claimName":"data-web-0"}},{"name":"tmp","emptyDir":{}}]"""));

        var pod = (await kube.Cluster.ListPodsAsync(Stop).ToListAsync(Stop)).SelectMany(page => page).Single();

        Assert.Equal(["web-0-scratch", "data-web-0"], pod.ClaimNames);
        Assert.Equal(new ObjectReference("apps/v1", "StatefulSet", "web"), pod.Owner);
    }

    [Fact]
    public async Task Workloads_are_those_whose_pods_mount_claims()
    {
        await using var kube = await StartAsync();
        kube.Host.Api.State.Seed(Workload("StatefulSet", "web")
            .With("spec.volumeClaimTemplates", """[{"metadata":{"name":"data"},"spec":{"accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"5Gi"}}}}]""")
            .With("spec.persistentVolumeClaimRetentionPolicy", """{"whenScaled":"Delete","whenDeleted":"Retain"}""")
            .With("spec.replicas", "3"));
        kube.Host.Api.State.Seed(Workload("Deployment", "blog")
            .With("spec.template.spec.volumes", """[{"name":"data","persistentVolumeClaim":{"claimName":"posts"}}]""")
            .With("metadata.ownerReferences", """[{"apiVersion":"example.org/v1","kind":"Blog","name":"mine","uid":"1","controller":true}]"""));
        kube.Host.Api.State.Seed(Workload("Deployment", "stateless"));

        var workloads = await kube.Cluster.ListWorkloadsAsync(Stop);

        Assert.Equal(["StatefulSet default/web", "Deployment default/blog"], workloads.Select(one => one.ToString()));
        Assert.Equal((3, true, false), (workloads[0].Replicas, workloads[0].DeletesClaimsWhenScaled, workloads[0].DeletesClaimsWhenDeleted));
        Assert.Equal(["data"], workloads[0].ClaimTemplates.Select(template => template.Name));
        Assert.Equal(["posts"], workloads[1].ClaimNames);
        Assert.Equal("Blog mine", workloads[1].Owner!.ToString());
    }

    [Fact]
    public async Task Attachments_name_volume_node_and_state()
    {
        await using var kube = await StartAsync();
        kube.Host.Api.State.Seed(Manifests.Parse("""
            {"apiVersion":"storage.k8s.io/v1","kind":"VolumeAttachment","metadata":{"name":"csi-1"},
             "spec":{"attacher":"ebs.csi.aws.com","nodeName":"node-b","source":{"persistentVolumeName":"pv"} },"status":{"attached":true}}
            """));

        var attachment = Assert.Single(await kube.Cluster.ListVolumeAttachmentsAsync(Stop));

        Assert.Equal(new VolumeAttachmentInfo("csi-1", "pv", "node-b", true, false), attachment);
    }

    [Fact]
    public async Task Kinds_that_the_cluster_does_not_know_have_no_objects()
    {
        await using var kube = await StartAsync();

        Assert.Empty(await kube.Cluster.ListSnapshotHandlesAsync(Stop));
        Assert.Null(await kube.Cluster.GetOwnerAsync("default", new ObjectReference("example.org/v1", "Blog", "mine"), Stop));
    }

    [Fact]
    public void Custom_objects_are_read_by_the_fields_that_count()
    {
        var content = Json("""{"spec":{"source":{"volumeHandle":"vol-1"}},"status":{"snapshotHandle":"snap-0aaaaaaaaaaaaaaa1"}}""");
        var taken = Json("""{"spec":{"source":{"snapshotHandle":"snap-0aaaaaaaaaaaaaaa2"}}}""");

        Assert.Equal(["snap-0aaaaaaaaaaaaaaa1"], WorkloadMapping.SnapshotHandles(content));
        Assert.Equal(["snap-0aaaaaaaaaaaaaaa2"], WorkloadMapping.SnapshotHandles(taken));
        Assert.Empty(WorkloadMapping.SnapshotHandles(Json("[]")));
    }

    [Fact]
    public async Task Autoscalers_name_their_workload_and_KEDA_s_their_object()
    {
        await using var kube = await StartAsync();
        kube.Host.Api.State.Seed(Autoscaler("web", "StatefulSet", ""));
        kube.Host.Api.State.Seed(Autoscaler("keda-hpa-queue", "Deployment", """,ownerReferences:[{"apiVersion":"keda.sh/v1alpha1","kind":"ScaledObject","name":"queue","uid":"1","controller":true}]"""));

        Assert.Equal(
            [new Autoscaler("ScaledObject", "queue", "Deployment", "target"), new Autoscaler("HorizontalPodAutoscaler", "web", "StatefulSet", "target")],
            (await kube.Cluster.ListAutoscalersAsync("default", Stop)).OrderByDescending(one => one.Kind));
    }

    private static System.Text.Json.Nodes.JsonObject Autoscaler(string name, string kind, string owner) => Manifests.Parse($$$"""
        {"apiVersion":"autoscaling/v2","kind":"HorizontalPodAutoscaler","metadata":{"name":"{{{name}}}","namespace":"default"{{{owner.Replace("ownerReferences", "\"ownerReferences\"", StringComparison.Ordinal)}}} },
         "spec":{"maxReplicas":5,"scaleTargetRef":{"apiVersion":"apps/v1","kind":"{{{kind}}}","name":"target"} } }
        """);

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;

    private static System.Text.Json.Nodes.JsonObject InDefault(System.Text.Json.Nodes.JsonObject owner) => owner.With("metadata.namespace", "\"default\"");

    private static System.Text.Json.Nodes.JsonObject Workload(string kind, string name) => InDefault(Manifests.Parse($$$"""
        {"apiVersion":"apps/v1","kind":"{{{kind}}}","metadata":{"name":"{{{name}}}"},
         "spec":{"selector":{"matchLabels":{"app":"a"} },"template":{"metadata":{"labels":{"app":"a"} },"spec":{"containers":[{"name":"c","image":"i"}]} } } }
        """));
}
