using System.Text.Json;
using EbsPv.Ports;
using k8s.Models;

namespace EbsPv.Clients.Kubernetes;

/// <summary>From Kubernetes' pods and what makes them to ours.</summary>
internal static class WorkloadMapping
{
    private const string Delete = "Delete";

    public static ClusterPod ToModel(V1Pod pod) => new(pod.Metadata.NamespaceProperty, pod.Metadata.Name, ClaimNames(pod.Spec, pod.Metadata.Name))
    {
        NodeName = string.IsNullOrEmpty(pod.Spec?.NodeName) ? null : pod.Spec.NodeName,
        Phase = pod.Status?.Phase ?? "Pending",
        IsTerminating = pod.Metadata.DeletionTimestamp is not null,
        Owner = Owner(pod.Metadata),
    };

    public static VolumeAttachmentInfo ToModel(V1VolumeAttachment attachment) => new(
        attachment.Metadata.Name,
        attachment.Spec.Source.PersistentVolumeName,
        attachment.Spec.NodeName,
        attachment.Status?.Attached ?? false,
        attachment.Metadata.DeletionTimestamp is not null);

    public static Workload ToModel(V1StatefulSet set) => new("StatefulSet", set.Metadata.NamespaceProperty, set.Metadata.Name)
    {
        Replicas = set.Spec?.Replicas ?? 1,
        ClaimNames = ClaimNames(set.Spec?.Template?.Spec, null),
        ClaimTemplates = [.. (set.Spec?.VolumeClaimTemplates ?? []).Select(ClaimMapping.ToTemplate)],
        DeletesClaimsWhenScaled = set.Spec?.PersistentVolumeClaimRetentionPolicy?.WhenScaled == Delete,
        DeletesClaimsWhenDeleted = set.Spec?.PersistentVolumeClaimRetentionPolicy?.WhenDeleted == Delete,
        Owner = Owner(set.Metadata),
        Marks = Marks(set.Metadata),
    };

    public static Workload ToModel(V1Deployment deployment) => new("Deployment", deployment.Metadata.NamespaceProperty, deployment.Metadata.Name)
    {
        Replicas = deployment.Spec?.Replicas ?? 1,
        ClaimNames = ClaimNames(deployment.Spec?.Template?.Spec, null),
        Owner = Owner(deployment.Metadata),
        Marks = Marks(deployment.Metadata),
    };

    // KEDA works by an autoscaler of its own for each of its objects, which owns it.
    public static Autoscaler ToModel(V1HorizontalPodAutoscaler autoscaler)
    {
        var owner = Owner(autoscaler.Metadata) is { Kind: "ScaledObject" } scaled ? scaled : null;
        return new Autoscaler(
            owner?.Kind ?? "HorizontalPodAutoscaler", owner?.Name ?? autoscaler.Metadata.Name, autoscaler.Spec.ScaleTargetRef.Kind, autoscaler.Spec.ScaleTargetRef.Name);
    }

    public static IEnumerable<string> SnapshotHandles(JsonElement content)
    {
        string?[] handles =
        [
            Text(Member(content, "status"), "snapshotHandle"), Text(Member(Member(content, "spec"), "source"), "snapshotHandle"),
        ];
        return handles.OfType<string>().Where(handle => handle.StartsWith("snap-", StringComparison.Ordinal));
    }

    public static ObjectReference? Owner(V1ObjectMeta? metadata) =>
        (metadata?.OwnerReferences ?? []).FirstOrDefault(one => one.Controller == true) is { } owner ? new ObjectReference(owner.ApiVersion, owner.Kind, owner.Name) : null;

    // A generic ephemeral volume has the claim POD-VOLUME; a template's pods are not named yet.
    private static IReadOnlyList<string> ClaimNames(V1PodSpec? spec, string? pod) =>
    [
        .. (spec?.Volumes ?? [])
            .Select(volume => volume.PersistentVolumeClaim?.ClaimName ?? (volume.Ephemeral is not null && pod is not null ? $"{pod}-{volume.Name}" : null))
            .OfType<string>()
            .Distinct(),
    ];

    private static Dictionary<string, string> Marks(V1ObjectMeta metadata)
    {
        var marks = new Dictionary<string, string>(metadata.Labels ?? new Dictionary<string, string>());
        foreach (var (key, value) in metadata.Annotations ?? new Dictionary<string, string>()) marks[key] = value;
        return marks;
    }

    private static JsonElement Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : default;

    private static string? Text(JsonElement element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}
