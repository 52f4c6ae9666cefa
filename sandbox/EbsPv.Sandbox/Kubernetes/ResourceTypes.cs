namespace EbsPv.Sandbox.Kubernetes;

/// <summary>Everything the API serves.</summary>
public static class ResourceTypes
{
    public const string StorageGroup = "storage.k8s.io";
    public const string AppsGroup = "apps";
    public const string BatchGroup = "batch";
    public const string AutoscalingGroup = "autoscaling";
    public const string SnapshotGroup = "snapshot.storage.k8s.io";
    public const string KedaGroup = "keda.sh";

    public static readonly ResourceType PersistentVolumes = new("", "persistentvolumes", "PersistentVolume")
    {
        HasStatus = true,
        ShortNames = ["pv"],
    };

    public static readonly ResourceType PersistentVolumeClaims = new("", "persistentvolumeclaims", "PersistentVolumeClaim")
    {
        Namespaced = true,
        HasStatus = true,
        ShortNames = ["pvc"],
    };

    public static readonly ResourceType Nodes = new("", "nodes", "Node")
    {
        HasStatus = true,
        ReturnsDeleted = false,
        ShortNames = ["no"],
        SelectableFields = ["metadata.name", "spec.unschedulable"],
    };

    public static readonly ResourceType Namespaces = new("", "namespaces", "Namespace")
    {
        HasStatus = true,
        ShortNames = ["ns"],
        SelectableFields = ["metadata.name", "status.phase"],
    };

    public static readonly ResourceType Pods = new("", "pods", "Pod")
    {
        Namespaced = true,
        HasStatus = true,
        ShortNames = ["po"],
        SelectableFields =
        [
            "metadata.name", "metadata.namespace", "spec.nodeName", "spec.restartPolicy", "spec.schedulerName",
            "spec.serviceAccountName", "status.phase", "status.podIP", "status.nominatedNodeName",
        ],
    };

    public static readonly ResourceType Events = new("", "events", "Event")
    {
        Namespaced = true,
        ReturnsDeleted = false,
        ShortNames = ["ev"],
        SelectableFields =
        [
            "metadata.name", "metadata.namespace", "involvedObject.kind", "involvedObject.namespace", "involvedObject.name",
            "involvedObject.uid", "involvedObject.apiVersion", "involvedObject.resourceVersion", "involvedObject.fieldPath",
            "reason", "reportingComponent", "source", "type",
        ],
    };

    public static readonly ResourceType StorageClasses = new(StorageGroup, "storageclasses", "StorageClass") { ShortNames = ["sc"] };

    public static readonly ResourceType CsiDrivers = new(StorageGroup, "csidrivers", "CSIDriver");

    public static readonly ResourceType CsiNodes = new(StorageGroup, "csinodes", "CSINode");

    public static readonly ResourceType VolumeAttachments = new(StorageGroup, "volumeattachments", "VolumeAttachment")
    {
        HasStatus = true,
    };

    public static readonly ResourceType StatefulSets = new(AppsGroup, "statefulsets", "StatefulSet")
    {
        Namespaced = true,
        HasStatus = true,
        ReturnsDeleted = false,
        ShortNames = ["sts"],
    };

    public static readonly ResourceType Deployments = new(AppsGroup, "deployments", "Deployment")
    {
        Namespaced = true,
        HasStatus = true,
        ReturnsDeleted = false,
        ShortNames = ["deploy"],
    };

    public static readonly ResourceType ReplicaSets = new(AppsGroup, "replicasets", "ReplicaSet")
    {
        Namespaced = true,
        HasStatus = true,
        ReturnsDeleted = false,
        ShortNames = ["rs"],
    };

    public static readonly ResourceType DaemonSets = new(AppsGroup, "daemonsets", "DaemonSet")
    {
        Namespaced = true,
        HasStatus = true,
        ReturnsDeleted = false,
        ShortNames = ["ds"],
    };

    public static readonly ResourceType Jobs = new(BatchGroup, "jobs", "Job")
    {
        Namespaced = true,
        HasStatus = true,
        ReturnsDeleted = false,
    };

    public static readonly ResourceType HorizontalPodAutoscalers = new(AutoscalingGroup, "horizontalpodautoscalers", "HorizontalPodAutoscaler")
    {
        Version = "v2",
        OtherVersions = ["v1"],
        Namespaced = true,
        HasStatus = true,
        ReturnsDeleted = false,
        ShortNames = ["hpa"],
    };

    public static readonly ResourceType ScaledObjects = new(KedaGroup, "scaledobjects", "ScaledObject")
    {
        Version = "v1alpha1",
        IsCustom = true,
        Namespaced = true,
        HasStatus = true,
        ReturnsDeleted = false,
        ShortNames = ["so"],
    };

    public static readonly ResourceType VolumeSnapshotContents = new(SnapshotGroup, "volumesnapshotcontents", "VolumeSnapshotContent")
    {
        IsCustom = true,
        HasStatus = true,
        ReturnsDeleted = false,
        ShortNames = ["vsc", "vscs"],
    };

    public static IReadOnlyList<ResourceType> All { get; } =
    [
        PersistentVolumes, PersistentVolumeClaims, Nodes, Namespaces, Pods, Events,
        StorageClasses, CsiDrivers, CsiNodes, VolumeAttachments, StatefulSets, Deployments, ReplicaSets, DaemonSets,
        Jobs, HorizontalPodAutoscalers, ScaledObjects, VolumeSnapshotContents,
    ];

    public static ResourceType? OfPlural(string plural) => All.FirstOrDefault(type => type.Plural == plural);

    public static ResourceType? OfKind(string kind) => All.FirstOrDefault(type => type.Kind == kind);
}
