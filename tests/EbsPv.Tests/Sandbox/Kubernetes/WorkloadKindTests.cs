using System.Text.Json.Nodes;
using EbsPv.Sandbox.Kubernetes;
using Xunit;
using static EbsPv.Tests.Sandbox.Kubernetes.KubernetesHost;

namespace EbsPv.Tests.Sandbox.Kubernetes;

/// <summary>What makes pods, and what scales it: causes and messages are those of a real server.</summary>
public class WorkloadKindTests
{
    private const string Apps = "/apis/apps/v1/namespaces/default";
    private const string Jobs = "/apis/batch/v1/namespaces/default/jobs";
    private const string Autoscalers = "/apis/autoscaling/v2/namespaces/default/horizontalpodautoscalers";
    private const string AutoscalersV1 = "/apis/autoscaling/v1/namespaces/default/horizontalpodautoscalers";
    private const string ScaledObjects = "/apis/keda.sh/v1alpha1/namespaces/default/scaledobjects";
    private const string Contents = "/apis/snapshot.storage.k8s.io/v1/volumesnapshotcontents";

    [Theory]
    [InlineData("replicasets", "ReplicaSet", """{"replicas":0}""")]
    [InlineData("daemonsets", "DaemonSet", """{"currentNumberScheduled":0,"desiredNumberScheduled":0,"numberMisscheduled":0,"numberReady":0}""")]
    [InlineData("statefulsets", "StatefulSet", """{"replicas":0}""")]
    public async Task A_workload_is_made_looked_at_and_deleted(string plural, string kind, string status)
    {
        await using var host = await StartAsync();
        var made = await host.PostAsync($"{Apps}/{plural}", Workload(kind));
        Assert.Equal((201, status), (made.Code, made.Body["status"]!.ToJsonString()));
        Assert.Equal(["web"], (await host.GetAsync($"/apis/apps/v1/{plural}")).Names);
        Assert.Equal("Success", (await host.DeleteAsync($"{Apps}/{plural}/web")).Body.Text("status"));
    }

    [Theory]
    [InlineData("replicasets", "ReplicaSet", "spec.selector", null, "spec.selector: FieldValueRequired")]
    [InlineData("daemonsets", "DaemonSet", "spec.selector", """{"matchLabels":{"a":"c"}}""", "spec.template.metadata.labels: FieldValueInvalid")]
    [InlineData("daemonsets", "DaemonSet", "spec.template.spec.containers", null, "spec.template.spec.containers: FieldValueRequired")]
    [InlineData("statefulsets", "StatefulSet", "spec.replicas", "-1", "spec.replicas: FieldValueInvalid")]
    [InlineData("statefulsets", "StatefulSet", "spec.persistentVolumeClaimRetentionPolicy", """{"whenScaled":"Keep"}""", "spec.persistentVolumeClaimRetentionPolicy.whenScaled: FieldValueNotSupported")]
    [InlineData("statefulsets", "StatefulSet", "spec.ordinals", """{"start":-2}""", "spec.ordinals.start: FieldValueInvalid")]
    public async Task A_workload_that_cannot_be_one_is_a_422(string plural, string kind, string path, string? json, string cause)
    {
        await using var host = await StartAsync();
        Assert.Equal([cause], (await host.PostAsync($"{Apps}/{plural}", Workload(kind).With(path, json))).Causes);
    }

    [Fact]
    public async Task A_daemon_set_has_no_replicas()
    {
        await using var host = await StartAsync();
        Assert.Null((await host.PostAsync($"{Apps}/daemonsets", Workload("DaemonSet"))).Body.At("spec", "replicas"));
    }

    [Fact]
    public async Task A_retention_policy_is_filled_up_and_an_old_release_does_not_know_it()
    {
        var set = Workload("StatefulSet").With("spec.persistentVolumeClaimRetentionPolicy", """{"whenScaled":"Delete"}""").With("spec.ordinals", """{"start":3}""");
        await using var host = await StartAsync();
        var made = (await host.PostAsync($"{Apps}/statefulsets", set.Copy())).Body["spec"]!;
        Assert.Equal(("Delete", "Retain", 3), (made.Text("persistentVolumeClaimRetentionPolicy", "whenScaled"), made.Text("persistentVolumeClaimRetentionPolicy", "whenDeleted"), made.Number("ordinals", "start")));

        await using var old = await StartAsync(options => options.ServerVersion = "v1.20.2");
        var bare = (await old.PostAsync($"{Apps}/statefulsets", set)).Body["spec"]!;
        Assert.Equal((null, null), (bare["persistentVolumeClaimRetentionPolicy"], bare["ordinals"]));
    }

    [Theory]
    [InlineData("""{"spec":{"replicas":0}}""", 200)]
    [InlineData("""{"spec":{"persistentVolumeClaimRetentionPolicy":{"whenScaled":"Delete"}}}""", 200)]
    [InlineData("""{"spec":{"volumeClaimTemplates":[]}}""", 422)]
    [InlineData("""{"spec":{"serviceName":"other"}}""", 422)]
    public async Task Claim_templates_of_a_stateful_set_cannot_be_changed(string patch, int code)
    {
        await using var host = await StartAsync();
        await host.PostAsync($"{Apps}/statefulsets", Workload("StatefulSet").With("spec.volumeClaimTemplates", """[{"metadata":{"name":"data"}}]"""));
        var reply = await host.PatchAsync($"{Apps}/statefulsets/web", patch);
        Assert.Equal(code, reply.Code);
        if (code == 422) Assert.Contains("spec: Forbidden: updates to statefulset spec for fields other than 'replicas'", reply.Message);
    }

    [Fact]
    public async Task Scaling_down_with_whenScaled_Delete_takes_the_claim_and_leaves_a_retained_volume()
    {
        await using var host = await StartAsync();
        await host.CreateAsync(
            ($"{Apps}/statefulsets", Workload("StatefulSet").With("spec.persistentVolumeClaimRetentionPolicy", """{"whenScaled":"Delete"}""")),
            (VolumesPath, Manifests.Volume("pv")), (Claims, Manifests.Claim("data-web-0")),
            (Pods, Manifests.Pod("web-0", "data-web-0", "ip-172-20-42-11.eu-west-1.compute.internal")));
        await host.PatchAsync($"{Apps}/statefulsets/web", """{"spec":{"replicas":0}}""");
        await host.DeleteAsync($"{Claims}/data-web-0");
        await host.SettleAsync();
        Assert.Equal(("Bound", "Bound"), (host.ClaimPhase("data-web-0"), host.VolumePhase("pv")));
        await host.DeleteAsync($"{Pods}/web-0");
        await host.SettleAsync();
        Assert.Equal((null, "Released"), (host.ClaimPhase("data-web-0"), host.VolumePhase("pv")));
    }

    [Fact]
    public async Task A_job_gets_its_selector_from_the_server_and_keeps_it()
    {
        await using var host = await StartAsync();
        var made = (await host.PostAsync(Jobs, Job())).Body.AsObject();
        Assert.Equal(made.Uid(), made.Text("spec", "selector", "matchLabels", "batch.kubernetes.io/controller-uid"));
        Assert.Equal(made.Uid(), made.Text("spec", "template", "metadata", "labels", "batch.kubernetes.io/controller-uid"));
        Assert.Equal(200, (await host.PatchAsync($"{Jobs}/load", """{"metadata":{"labels":{"x":"y"}}}""")).Code);
        Assert.Equal(["spec.template: FieldValueInvalid"],
            (await host.PatchAsync($"{Jobs}/load", """{"spec":{"template":{"spec":{"restartPolicy":"OnFailure"}}}}""")).Causes);
    }

    [Theory]
    [InlineData("spec.template.spec.restartPolicy", null, "spec.template.spec.restartPolicy: FieldValueRequired")]
    [InlineData("spec.template.spec.restartPolicy", "\"Always\"", "spec.template.spec.restartPolicy: FieldValueRequired")]
    [InlineData("spec.template.spec.containers", null, "spec.template.spec.containers: FieldValueRequired")]
    [InlineData("spec.selector", """{"matchLabels":{"a":"b"}}""", "spec.template.metadata.labels: FieldValueInvalid,spec.selector: FieldValueInvalid")]
    public async Task A_job_that_cannot_be_one_is_a_422(string path, string? json, string causes)
    {
        await using var host = await StartAsync();
        Assert.Equal(causes.Split(','), (await host.PostAsync(Jobs, Job().With(path, json))).Causes);
    }

    [Fact]
    public async Task An_autoscaler_is_the_same_object_under_both_versions()
    {
        await using var host = await StartAsync();
        Assert.Equal("autoscaling/v2", (await host.PostAsync(Autoscalers, Autoscaler("autoscaling/v2", "two"))).Body.Text("apiVersion"));
        Assert.Equal("autoscaling/v1", (await host.PostAsync(AutoscalersV1, Autoscaler("autoscaling/v1", "one"))).Body.Text("apiVersion"));
        Assert.Equal(400, (await host.PostAsync(Autoscalers, Autoscaler("autoscaling/v1", "x"))).Code);
        Assert.Equal(["one", "two"], (await host.GetAsync(Autoscalers)).Names);
        var first = (await host.GetAsync(AutoscalersV1)).Body;
        Assert.Equal(("autoscaling/v1", "HorizontalPodAutoscalerList"), (first.Text("apiVersion"), first.Text("kind")));
        Assert.Equal("autoscaling/v1", (await host.GetAsync($"{AutoscalersV1}/two")).Body.Text("apiVersion"));
        Assert.Equal(200, (await host.PatchAsync($"{AutoscalersV1}/two", """{"spec":{"maxReplicas":5}}""")).Code);
        Assert.Equal(5, (await host.GetAsync($"{Autoscalers}/two")).Body.Number("spec", "maxReplicas"));
    }

    [Theory]
    [InlineData("spec.maxReplicas", "0", "spec.maxReplicas: FieldValueInvalid")]
    [InlineData("spec.minReplicas", "0", "spec.minReplicas: FieldValueInvalid")]
    [InlineData("spec.minReplicas", "9", "spec.maxReplicas: FieldValueInvalid")]
    [InlineData("spec.scaleTargetRef.kind", "\"\"", "spec.scaleTargetRef.kind: FieldValueRequired")]
    [InlineData("spec.scaleTargetRef.name", null, "spec.scaleTargetRef.name: FieldValueRequired")]
    public async Task An_autoscaler_that_cannot_be_one_is_a_422(string path, string? json, string cause)
    {
        await using var host = await StartAsync();
        Assert.Contains(cause, (await host.PostAsync(Autoscalers, Autoscaler("autoscaling/v2", "hpa").With(path, json))).Causes);
    }

    [Theory]
    [InlineData(ScaledObjects, "scaledobjects.keda.sh")]
    [InlineData(Contents, "volumesnapshotcontents.snapshot.storage.k8s.io")]
    public async Task A_custom_resource_is_not_found_before_its_definition_is_installed(string path, string definition)
    {
        await using var host = await StartAsync();
        var missing = await host.GetAsync(path);
        Assert.Equal((404, "404 page not found\n"), (missing.Code, missing.Body.GetValue<string>()));
        host.Api.Options.CustomResources.Add(definition);
        Assert.Empty((await host.GetAsync(path)).Names);
    }

    [Fact]
    public async Task A_scaled_object_needs_a_target_and_triggers()
    {
        await using var host = await StartAsync(options => options.CustomResources.Add("scaledobjects.keda.sh"));
        var scaled = Manifests.Parse("""
            {"apiVersion":"keda.sh/v1alpha1","kind":"ScaledObject","metadata":{"name":"queue"},"spec":{"scaleTargetRef":{"name":"worker"},"triggers":[]}}
            """);
        Assert.Equal(201, (await host.PostAsync(ScaledObjects, scaled)).Code);
        Assert.Equal(["queue"], (await host.GetAsync("/apis/keda.sh/v1alpha1/scaledobjects")).Names);
        Assert.Equal(
            ["spec.scaleTargetRef.name: FieldValueRequired", "spec.triggers: FieldValueRequired"],
            (await host.PostAsync(ScaledObjects, scaled.With("spec", """{"scaleTargetRef":{}}"""))).Causes);
    }

    [Fact]
    public async Task A_snapshot_content_names_its_snapshot_in_a_status_of_its_own()
    {
        await using var host = await StartAsync(options => options.CustomResources.Add("volumesnapshotcontents.snapshot.storage.k8s.io"));
        var content = Manifests.Parse("""
            {"apiVersion":"snapshot.storage.k8s.io/v1","kind":"VolumeSnapshotContent","metadata":{"name":"content"},
             "spec":{"driver":"ebs.csi.aws.com","deletionPolicy":"Retain","source":{"volumeHandle":"vol-1"},"volumeSnapshotRef":{"name":"s","namespace":"default"}},
             "status":{"snapshotHandle":"snap-1"}}
            """);
        Assert.Null((await host.PostAsync(Contents, content.Copy())).Body["status"]);
        await host.PatchAsync($"{Contents}/content/status", """{"status":{"snapshotHandle":"snap-1"}}""");
        Assert.Equal("snap-1", (await host.GetAsync($"{Contents}/content")).Body.Text("status", "snapshotHandle"));
        Assert.Equal(
            ["spec.deletionPolicy: FieldValueNotSupported", "spec.source: FieldValueRequired"],
            (await host.PostAsync(Contents, content.With("spec.deletionPolicy", "\"Keep\"").With("spec.source", null))).Causes);
    }

    private static JsonObject Workload(string kind) => Manifests.Parse($$$"""
        {"apiVersion":"apps/v1","kind":"{{{kind}}}","metadata":{"name":"web"},
         "spec":{"selector":{"matchLabels":{"a":"b"} },"template":{"metadata":{"labels":{"a":"b"} },"spec":{"containers":[{"name":"c","image":"i"}]} } } }
        """);

    private static JsonObject Job() => Manifests.Parse("""
        {"apiVersion":"batch/v1","kind":"Job","metadata":{"name":"load"},
         "spec":{"template":{"spec":{"restartPolicy":"Never","containers":[{"name":"c","image":"i"}]}}}}
        """);

    private static JsonObject Autoscaler(string version, string name) => Manifests.Parse($$$"""
        {"apiVersion":"{{{version}}}","kind":"HorizontalPodAutoscaler","metadata":{"name":"{{{name}}}"},
         "spec":{"maxReplicas":3,"scaleTargetRef":{"apiVersion":"apps/v1","kind":"StatefulSet","name":"web"} } }
        """);
}
