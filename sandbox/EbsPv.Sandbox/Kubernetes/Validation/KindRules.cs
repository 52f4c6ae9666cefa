using System.Text.Json.Nodes;

namespace EbsPv.Sandbox.Kubernetes.Validation;

/// <summary>Defaults and validation of one kind.</summary>
public abstract class KindRules
{
    private static readonly Dictionary<ResourceType, KindRules> s_rules = new()
    {
        [ResourceTypes.PersistentVolumes] = new PersistentVolumeRules(),
        [ResourceTypes.PersistentVolumeClaims] = new PersistentVolumeClaimRules(),
        [ResourceTypes.StorageClasses] = new StorageClassRules(),
        [ResourceTypes.Namespaces] = new NamespaceRules(),
        [ResourceTypes.Pods] = new PodRules(),
        [ResourceTypes.CsiNodes] = new CsiNodeRules(),
        [ResourceTypes.VolumeAttachments] = new VolumeAttachmentRules(),
        [ResourceTypes.StatefulSets] = new StatefulSetRules(),
        [ResourceTypes.Deployments] = new WorkloadRules(),
        [ResourceTypes.ReplicaSets] = new WorkloadRules(),
        [ResourceTypes.DaemonSets] = new DaemonSetRules(),
        [ResourceTypes.Jobs] = new JobRules(),
        [ResourceTypes.HorizontalPodAutoscalers] = new AutoscalerRules(),
        [ResourceTypes.ScaledObjects] = new ScaledObjectRules(),
        [ResourceTypes.VolumeSnapshotContents] = new SnapshotContentRules(),
    };

    public static KindRules Of(ResourceType type) => s_rules.GetValueOrDefault(type) ?? NoRules.Instance;

    /// <summary>The status a new object starts with; an empty one: none at all; null: it keeps the one it brings, as a Node does.</summary>
    public virtual JsonObject? InitialStatus => null;

    public virtual void SetDefaults(JsonObject owner)
    {
    }

    public virtual void Validate(JsonObject owner, FieldErrors errors, ServerVersion version)
    {
    }

    public virtual void ValidateUpdate(JsonObject owner, JsonObject before, FieldErrors errors)
    {
    }

    /// <summary>Texts for the Warning header.</summary>
    public virtual IEnumerable<string> Warnings(JsonObject owner) => [];

    private sealed class NoRules : KindRules
    {
        public static readonly NoRules Instance = new();
    }
}
