using EbsPv.Defaults;
using EbsPv.Errors;
using EbsPv.Ports;
using EbsPv.Usage;

namespace EbsPv.Moves;

/// <summary>Says who uses a PersistentVolume and by which command it stops: the pod's owner is what has to be scaled down, whoever would scale
/// it up again has to be paused first.</summary>
/// <param name="cluster">Asked for owners and autoscalers.</param>
/// <param name="reporter">Told of what may not be read.</param>
public sealed class UseExplainer(ICluster cluster, IReporter reporter)
{
    private const int MostOwners = 5;

    /// <summary>The refusal of a PersistentVolume that is in use.</summary>
    /// <param name="volume">The PersistentVolume.</param>
    /// <param name="use">Who uses it.</param>
    /// <param name="workloads">What makes pods that mount claims.</param>
    /// <param name="what">What was to be done, as in "is not moved".</param>
    /// <param name="takesSnapshots">Whether -FromLatestSnapshot would go past what hangs on dead nodes.</param>
    /// <param name="cancellationToken">Ends the reads.</param>
    public async Task<EbsPvException> RefusalAsync(
        EbsPersistentVolume volume, VolumeUse use, IReadOnlyList<Workload> workloads, string what, bool takesSnapshots, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(volume);
        ArgumentNullException.ThrowIfNull(use);
        var steps = new List<string>();
        var owners = new List<string>();
        foreach (var pod in use.Pods.Where(pod => !pod.IsTerminating).DistinctBy(pod => (pod.Namespace, pod.Owner)).Take(MostOwners))
        {
            var (owner, step) = await OfPodAsync(volume.Name, pod, workloads, cancellationToken).ConfigureAwait(false);
            owners.Add(owner);
            steps.Add(step);
        }

        var belongs = owners.Count == 0 ? "" : $" It belongs to {string.Join("; ", owners)}.";
        var dead = use.IsOnlyOnDeadNodes && takesSnapshots
            ? " All of that is on nodes that are not Ready: if the zone is down, -FromLatestSnapshot takes the data of the newest snapshot and does not wait for them."
            : "";
        return new EbsPvException(
            ErrorKind.InvalidState, ErrorIds.ClaimInUse, $"The PersistentVolume {volume.Name}{Claim(volume)} {what}: it is in use by {use}.{belongs}{dead}")
        {
            Target = volume.Name,
            RecommendedAction = $"{string.Join(" ", [.. steps, .. Detach(volume, use)])} {(steps.Count + use.Foreign.Count == 0 ? "Wait until the pods are gone and the volume is detached, then" : "When the pods are gone and the volume is detached,")} run the same line again.".TrimStart(),
        };
    }

    // Kubernetes detaches nothing from an instance that it does not know.
    private static IEnumerable<string> Detach(EbsPersistentVolume volume, VolumeUse use) => use.Foreign.Select(instance =>
        $"Find out what uses the volume on {instance}, which is no node of the cluster, and when it is unmounted there: aws ec2 detach-volume --volume-id {volume.VolumeId} --instance-id {instance}.");

    private async Task<(string Owner, string Step)> OfPodAsync(string volume, ClusterPod pod, IReadOnlyList<Workload> workloads, CancellationToken cancellationToken)
    {
        var ns = pod.Namespace;
        if (pod.Owner is not { } controller) return ($"nobody: the pod {pod} stands alone", $"Delete the pod: kubectl -n {ns} delete pod {Escaped.Text(pod.Name)}.");
        var top = controller.Kind is "ReplicaSet" or "Job" ? await OwnerAsync(ns, controller, cancellationToken).ConfigureAwait(false) ?? controller : controller;
        return top.Kind switch
        {
            "StatefulSet" or "Deployment" or "ReplicaSet" => await OfWorkloadAsync(volume, ns, top, workloads, cancellationToken).ConfigureAwait(false),
            "Job" => ($"Job {ns}/{top.Name}", $"Suspend the job, or let it end: kubectl -n {ns} patch job {top.Name} -p '{{\"spec\":{{\"suspend\":true}}}}'."),
            "CronJob" => ($"CronJob {ns}/{top.Name}", $"Suspend the cron job and let its job end: kubectl -n {ns} patch cronjob {top.Name} -p '{{\"spec\":{{\"suspend\":true}}}}'."),
            "DaemonSet" => ($"DaemonSet {ns}/{top.Name}", $"Keep it off the node or delete it: kubectl -n {ns} get daemonset {top.Name}."),
            _ => ($"{Escaped.Text(top.ToString())} ({Escaped.Text(top.ApiVersion)}) in {ns}", $"Scale it down by whatever runs it: kubectl -n {ns} edit {Plural(top)} {top.Name}."),
        };
    }

    private async Task<(string Owner, string Step)> OfWorkloadAsync(
        string volume, string ns, ObjectReference top, IReadOnlyList<Workload> workloads, CancellationToken cancellationToken)
    {
        var workload = workloads.FirstOrDefault(one => one.Kind == top.Kind && one.Namespace == ns && one.Name == top.Name);
        var kind = top.Kind.ToLowerInvariant();
        if (workload?.Owner is { } manager)
            return ($"{top.Kind} {ns}/{top.Name} of {Escaped.Text(manager.ToString())} ({Escaped.Text(manager.ApiVersion)})", $"Its operator would scale it up again: set the replicas there, kubectl -n {ns} edit {Plural(manager)} {manager.Name}.");
        var replicas = workload is null ? "" : $" ({workload.Replicas} {(workload.Replicas == 1 ? "replica" : "replicas")})";
        var step = $"Scale it down: kubectl -n {ns} scale {kind} {top.Name} --replicas=0.";
        return ($"{top.Kind} {ns}/{top.Name}{replicas}", $"{await PauseAsync(ns, top, cancellationToken).ConfigureAwait(false)}{Deletes(volume, workload)}{step}");
    }

    // An HPA stops by itself at zero replicas; KEDA starts again unless it is paused.
    private async Task<string> PauseAsync(string ns, ObjectReference top, CancellationToken cancellationToken)
    {
        try
        {
            var scalers = (await cluster.ListAutoscalersAsync(ns, cancellationToken).ConfigureAwait(false)).Where(one => one.TargetKind == top.Kind && one.TargetName == top.Name).ToList();
            var keda = scalers.Where(one => one.Kind == "ScaledObject").Select(one => $"Pause KEDA: kubectl -n {ns} annotate scaledobject {one.Name} autoscaling.keda.sh/paused-replicas=0 --overwrite. ");
            var pods = scalers.Where(one => one.Kind != "ScaledObject").Select(one => $"The HorizontalPodAutoscaler {one.Name} rests while there are 0 replicas; scale up to 1 afterwards to wake it. ");
            return string.Concat(keda.Concat(pods));
        }
        catch (EbsPvException denied) when (denied.Kind == ErrorKind.PermissionDenied)
        {
            reporter.Warning($"AutoscalersUnknown: whether something would scale {top} in {ns} up again cannot be seen. {denied.Message}");
            return "";
        }
    }

    private static string Deletes(string volume, Workload? workload) => workload is { DeletesClaimsWhenScaled: true }
        ? $"FIRST {(workload.ClaimTemplates.Count > 0 ? StatefulSetClaims.Prepare(workload) : $"Move-EbsPersistentVolume {volume} -PrepareOnly")}: scaled down, {workload.Kind} {workload.Name} deletes the claims of all its pods (persistentVolumeClaimRetentionPolicy.whenScaled: Delete), and Retain then keeps their data; set whenScaled to Retain to keep the claims too. "
        : "";

    private async Task<ObjectReference?> OwnerAsync(string ns, ObjectReference controller, CancellationToken cancellationToken)
    {
        try
        {
            return await cluster.GetOwnerAsync(ns, controller, cancellationToken).ConfigureAwait(false);
        }
        catch (EbsPvException denied) when (denied.Kind == ErrorKind.PermissionDenied)
        {
            reporter.Warning($"OwnerUnknown: what controls {controller} in {ns} cannot be seen. {denied.Message}");
            return null;
        }
    }

    private static string Plural(ObjectReference reference)
    {
        var slash = reference.ApiVersion.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? reference.Kind.ToLowerInvariant() : $"{reference.Kind.ToLowerInvariant()}.{reference.ApiVersion[..slash]}";
    }

    private static string Claim(EbsPersistentVolume volume) => volume.Claim is { } claim ? $" of the claim {Escaped.Text(claim)}" : "";
}
