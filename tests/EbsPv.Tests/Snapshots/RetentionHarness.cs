using System.Text.Json.Nodes;
using EbsPv.Retention;
using EbsPv.Sandbox.Ec2;
using EbsPv.Swaps;
using EbsPv.Tests.Removal;
using EbsPv.Tests.Sandbox.Kubernetes;
using Xunit;

namespace EbsPv.Tests.Snapshots;

/// <summary>Removals of snapshots, planned and done.</summary>
internal static class RetentionHarness
{
    public static SnapshotRemovalRequest Request(params string[] ids) => new() { ClusterName = KopsCluster.Name, SnapshotIds = ids, Context = "test" };

    public static SnapshotRemovalRequest Rule(int? keepLast = null, double? olderThanDays = null) =>
        new() { ClusterName = KopsCluster.Name, Context = "test", Rule = RetentionRule.Of(keepLast, olderThanDays is { } days ? TimeSpan.FromDays(days) : null, DateTime.UtcNow) };

    public static Task<SnapshotRemovalPlan> PlanAsync(this RemoveHarness sandbox, SnapshotRemovalRequest request) => SnapshotRemovalPlanner.PlanAsync(
        sandbox.Ec2, request is { SkipClusterCheck: true, SkipSnapshotUseCheck: true } ? null : sandbox.Cluster, request, sandbox.Reporter, RemoveHarness.Stop);

    /// <summary>What a rule chooses.</summary>
    public static async Task<IEnumerable<string?>> ChosenAsync(this RemoveHarness sandbox, SnapshotRemovalRequest request)
    {
        var plan = await sandbox.PlanAsync(request);
        Assert.Empty(plan.Refusals);
        Assert.Equal(0, sandbox.Mutations);
        return plan.Snapshots.Select(snapshot => snapshot.SnapshotId);
    }

    /// <summary>Why nothing is removed, and that nothing was changed to find it out.</summary>
    public static async Task<IEnumerable<string>> RefusedAsync(this RemoveHarness sandbox, SnapshotRemovalRequest request)
    {
        var plan = await sandbox.PlanAsync(request);
        Assert.NotEmpty(plan.Refusals);
        Assert.Equal(0, sandbox.Mutations);
        Assert.All(plan.Refusals, refusal => Assert.False(string.IsNullOrWhiteSpace(refusal.RecommendedAction)));
        return plan.Refusals.Select(refusal => refusal.ErrorId);
    }

    public static async Task<RunOutcome<ClusterEbsSnapshot>> RemoveAsync(this RemoveHarness sandbox, SnapshotRemovalRequest request, Func<Task>? before = null)
    {
        var plan = await sandbox.PlanAsync(request);
        Assert.Empty(plan.Refusals);
        if (before is not null) await before();
        var run = new SnapshotRemovalRun(sandbox.Ec2, sandbox.Cluster, request, plan, plan.Snapshots, 8, sandbox.Reporter, sandbox.Time);
        await run.RunAsync(RemoveHarness.Stop);
        return await RunOutcome<ClusterEbsSnapshot>.OfAsync(plan.Snapshots.Select((_, index) => run.SnapshotAsync(index)));
    }

    /// <summary>The cluster has the snapshotter's kinds.</summary>
    public static void TeachContents(this RemoveHarness sandbox) =>
        sandbox.Server.KubernetesOptions.CustomResources.Add("volumesnapshotcontents.snapshot.storage.k8s.io");

    /// <summary>A VolumeSnapshotContent that names a snapshot.</summary>
    public static void AddContent(this RemoveHarness sandbox, string snapshotId)
    {
        sandbox.TeachContents();
        sandbox.Server.Kubernetes.State.Seed(Manifests.Parse($$$"""
            {"apiVersion":"snapshot.storage.k8s.io/v1","kind":"VolumeSnapshotContent","metadata":{"name":"content-{{{snapshotId}}}"},
             "spec":{"driver":"ebs.csi.aws.com","deletionPolicy":"Retain","source":{"snapshotHandle":"{{{snapshotId}}}"},"volumeSnapshotRef":{"name":"s","namespace":"default"} } }
            """));
    }

    /// <summary>A claim on which a move or restore noted what it does.</summary>
    public static void AddNote(this RemoveHarness sandbox, string note) =>
        sandbox.Server.Kubernetes.State.Seed(Noted(Manifests.Claim("data-web-0", claim => claim["metadata"]!["namespace"] = "default"), note));

    /// <summary>The holder of a PersistentVolume that no claim has, with a note.</summary>
    public static void AddHolder(this RemoveHarness sandbox, string note) => sandbox.Server.Kubernetes.State.Seed(Noted(Manifests.Volume("datos-ebspv-swap"), note));

    private static JsonObject Noted(JsonObject noted, string note)
    {
        noted["metadata"]!["annotations"] = new JsonObject { [SwapIntent.Annotation] = note };
        return noted;
    }
}
