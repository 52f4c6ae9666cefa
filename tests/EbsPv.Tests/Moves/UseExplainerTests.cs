using System.Text.Json.Nodes;
using EbsPv.Errors;
using EbsPv.Moves;
using EbsPv.Ports;
using EbsPv.Tests.Swaps;
using EbsPv.Usage;
using Xunit;

namespace EbsPv.Tests.Moves;

public sealed class UseExplainerTests : IAsyncLifetime
{
    private SwapHarness _harness = null!;

    public async ValueTask InitializeAsync() => _harness = await SwapHarness.StartAsync();

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    [Fact]
    public async Task A_pod_of_a_StatefulSet_is_stopped_by_scaling_that_down() => Assert.Equal(
        ("It belongs to StatefulSet default/web (2 replicas).", "Scale it down: kubectl -n default scale statefulset web --replicas=0."),
        await ExplainAsync(Owned("apps/v1", "StatefulSet", "web"), new Workload("StatefulSet", "default", "web") { Replicas = 2 }));

    [Fact]
    public async Task A_StatefulSet_that_deletes_its_claims_is_prepared_first()
    {
        var (_, step) = await ExplainAsync(Owned("apps/v1", "StatefulSet", "web"), new Workload("StatefulSet", "default", "web") { DeletesClaimsWhenScaled = true });

        Assert.StartsWith("FIRST Move-EbsPersistentVolume data -PrepareOnly: scaled down, StatefulSet web deletes the claims of all its pods", step);
        Assert.EndsWith("Scale it down: kubectl -n default scale statefulset web --replicas=0.", step);
    }

    [Fact]
    public async Task So_are_the_volumes_of_its_other_pods_and_templates()
    {
        var set = new Workload("StatefulSet", "default", "web") { DeletesClaimsWhenScaled = true, ClaimTemplates = [MoveFacts.Template("data"), MoveFacts.Template("logs")] };

        var (_, step) = await ExplainAsync(Owned("apps/v1", "StatefulSet", "web"), set);

        Assert.StartsWith("FIRST Get-EbsPersistentVolume | Where-Object Claim -match '^default/(data|logs)-web-\\d+$' | Move-EbsPersistentVolume -PrepareOnly: scaled down", step);
    }

    [Fact]
    public async Task A_pod_of_a_ReplicaSet_is_stopped_at_its_Deployment()
    {
        Seed("""{"apiVersion":"apps/v1","kind":"ReplicaSet","metadata":{"namespace":"default","name":"blog-5d9c","ownerReferences":[{"apiVersion":"apps/v1","kind":"Deployment","name":"blog","uid":"1","controller":true}]},"spec":{"selector":{"matchLabels":{"a":"b"}},"template":{"metadata":{"labels":{"a":"b"}}}}}""");

        Assert.Equal(
            ("It belongs to Deployment default/blog (1 replica).", "Scale it down: kubectl -n default scale deployment blog --replicas=0."),
            await ExplainAsync(Owned("apps/v1", "ReplicaSet", "blog-5d9c"), new Workload("Deployment", "default", "blog")));
    }

    [Fact]
    public async Task A_Job_and_its_CronJob_are_suspended()
    {
        Seed("""{"apiVersion":"batch/v1","kind":"Job","metadata":{"namespace":"default","name":"nightly-1","ownerReferences":[{"apiVersion":"batch/v1","kind":"CronJob","name":"nightly","uid":"1","controller":true}]},"spec":{"template":{"spec":{"containers":[{"name":"a","image":"b"}],"restartPolicy":"Never"}}}}""");

        Assert.StartsWith("Suspend the cron job and let its job end: kubectl -n default patch cronjob nightly -p ", (await ExplainAsync(Owned("batch/v1", "Job", "nightly-1"))).Step);
        Assert.StartsWith("Suspend the job, or let it end: kubectl -n default patch job once -p ", (await ExplainAsync(Owned("batch/v1", "Job", "once"))).Step);
    }

    [Fact]
    public async Task What_an_operator_made_is_scaled_at_its_own_object()
    {
        var set = new Workload("StatefulSet", "default", "shop-db") { Owner = new ObjectReference("acid.zalan.do/v1", "postgresql", "shop-db") };

        Assert.Equal(
            ("It belongs to StatefulSet default/shop-db of postgresql shop-db (acid.zalan.do/v1).", "Its operator would scale it up again: set the replicas there, kubectl -n default edit postgresql.acid.zalan.do shop-db."),
            await ExplainAsync(Owned("apps/v1", "StatefulSet", "shop-db"), set));
        Assert.Equal(
            ("It belongs to Kafka events (kafka.strimzi.io/v1beta2) in default.", "Scale it down by whatever runs it: kubectl -n default edit kafka.kafka.strimzi.io events."),
            await ExplainAsync(Owned("kafka.strimzi.io/v1beta2", "Kafka", "events")));
    }

    [Fact]
    public async Task A_pod_that_stands_alone_is_deleted_and_one_of_a_DaemonSet_kept_off()
    {
        Assert.Equal(("It belongs to nobody: the pod default/one stands alone.", "Delete the pod: kubectl -n default delete pod one."), await ExplainAsync(MoveFacts.Pod("one", "claim")));
        Assert.StartsWith("Keep it off the node or delete it: kubectl -n default get daemonset logs", (await ExplainAsync(Owned("apps/v1", "DaemonSet", "logs"))).Step);
    }

    [Fact]
    public async Task What_would_scale_it_up_again_is_named_and_how_it_is_paused()
    {
        Seed("""{"apiVersion":"autoscaling/v1","kind":"HorizontalPodAutoscaler","metadata":{"namespace":"default","name":"web"},"spec":{"maxReplicas":3,"scaleTargetRef":{"apiVersion":"apps/v1","kind":"StatefulSet","name":"web"}}}""");
        Seed("""{"apiVersion":"autoscaling/v1","kind":"HorizontalPodAutoscaler","metadata":{"namespace":"default","name":"keda-hpa-queue","ownerReferences":[{"apiVersion":"keda.sh/v1alpha1","kind":"ScaledObject","name":"queue","uid":"1","controller":true}]},"spec":{"maxReplicas":3,"scaleTargetRef":{"apiVersion":"apps/v1","kind":"StatefulSet","name":"queue"}}}""");

        Assert.Equal(
            "The HorizontalPodAutoscaler web rests while there are 0 replicas; scale up to 1 afterwards to wake it. Scale it down: kubectl -n default scale statefulset web --replicas=0.",
            (await ExplainAsync(Owned("apps/v1", "StatefulSet", "web"))).Step);
        Assert.Equal(
            "Pause KEDA: kubectl -n default annotate scaledobject queue autoscaling.keda.sh/paused-replicas=0 --overwrite. Scale it down: kubectl -n default scale statefulset queue --replicas=0.",
            (await ExplainAsync(Owned("apps/v1", "StatefulSet", "queue"))).Step);
        Assert.Equal("Scale it down: kubectl -n default scale statefulset other --replicas=0.", (await ExplainAsync(Owned("apps/v1", "StatefulSet", "other"))).Step);
    }

    [Fact]
    public async Task Use_of_dead_nodes_alone_points_to_the_latest_snapshot()
    {
        var dead = await RefusalAsync(new VolumeUse([MoveFacts.Pod("one", "claim") with { NodeName = "node-c" }], [], [], IsOnlyOnDeadNodes: true));
        var alive = await RefusalAsync(new VolumeUse([MoveFacts.Pod("one", "claim") with { NodeName = "node-c" }], [], [], IsOnlyOnDeadNodes: false));

        Assert.Contains("-FromLatestSnapshot takes the data of the newest snapshot", dead.Message);
        Assert.DoesNotContain("-FromLatestSnapshot", alive.Message);
    }

    [Fact]
    public async Task Pods_that_are_going_and_attachments_alone_are_waited_for()
    {
        var use = new VolumeUse([MoveFacts.Pod("one", "claim") with { NodeName = "node-c", IsTerminating = true }], [new VolumeAttachmentInfo("csi-1", "data", "node-c", IsAttached: true, IsTerminating: false)], [], IsOnlyOnDeadNodes: false);

        var refusal = await RefusalAsync(use);

        Assert.Contains("pod default/one (Terminating on node-c), VolumeAttachment csi-1 on node-c", refusal.Message);
        Assert.Equal("Wait until the pods are gone and the volume is detached, then run the same line again.", refusal.RecommendedAction);
    }

    [Fact]
    public void What_is_attached_to_an_instance_without_a_node_is_dead_only_when_EC2_says_so()
    {
        var volume = new ClusterEbsVolume { VolumeId = "vol-0aaaaaaaaaaaaaaa1", AvailabilityZone = "eu-west-1c", Region = "eu-west-1", State = "in-use", Size = 10, VolumeType = "gp3", Attachments = [new() { InstanceId = "i-0bbbbbbbbbbbbbbb1", State = "attached" }] };
        var use = MoveFacts.Of(nodes: [MoveFacts.Node("eu-west-1c", ready: false)]).Use;

        Assert.False(use.Of("data", null, volume).IsOnlyOnDeadNodes);
        Assert.Equal(["i-0bbbbbbbbbbbbbbb1"], use.Of("data", null, volume).Foreign);
        Assert.True((use with { EndedInstances = new HashSet<string> { "i-0bbbbbbbbbbbbbbb1" } }).Of("data", null, volume).IsOnlyOnDeadNodes);
        Assert.True(use.Of("data", null, volume with { Attachments = [new() { InstanceId = "i-0aaaaaaaaaaaaaaa1", State = "attached" }] }).IsOnlyOnDeadNodes);
    }

    private static ClusterPod Owned(string apiVersion, string kind, string name) => MoveFacts.Pod("one", "claim") with { Owner = new ObjectReference(apiVersion, kind, name) };

    private async Task<(string Owner, string Step)> ExplainAsync(ClusterPod pod, params Workload[] workloads)
    {
        var refusal = await RefusalAsync(new VolumeUse([pod], [], [], IsOnlyOnDeadNodes: false), workloads);
        var step = refusal.RecommendedAction!;
        return (refusal.Message[refusal.Message.IndexOf("It belongs", StringComparison.Ordinal)..], step[..step.IndexOf(" When the pods are gone", StringComparison.Ordinal)]);
    }

    private Task<EbsPvException> RefusalAsync(VolumeUse use, params Workload[] workloads) => new UseExplainer(_harness.Cluster, _harness.Reporter)
        .RefusalAsync(MoveFacts.Volume("data", "Bound", "claim"), use, workloads, "is not moved", takesSnapshots: true, SwapHarness.Stop);

    private void Seed(string json) => _harness.Server.Kubernetes.State.Seed(JsonNode.Parse(json)!.AsObject());
}
