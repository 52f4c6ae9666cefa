namespace EbsPv.Ports;

/// <content>What uses PersistentVolumes, and what sees to it that it does.</content>
public partial interface ICluster
{
    /// <summary>The pods of all namespaces that mount claims, a page of up to 500 pods at a time.</summary>
    IAsyncEnumerable<IReadOnlyList<ClusterPod>> ListPodsAsync(CancellationToken cancellationToken);

    /// <summary>All VolumeAttachments of PersistentVolumes.</summary>
    Task<IReadOnlyList<VolumeAttachmentInfo>> ListVolumeAttachmentsAsync(CancellationToken cancellationToken);

    /// <summary>The StatefulSets and Deployments of all namespaces whose pods mount claims.</summary>
    Task<IReadOnlyList<Workload>> ListWorkloadsAsync(CancellationToken cancellationToken);

    /// <summary>The autoscalers of a namespace, KEDA's among them.</summary>
    Task<IReadOnlyList<Autoscaler>> ListAutoscalersAsync(string ns, CancellationToken cancellationToken);

    /// <summary>What controls a ReplicaSet or a Job; null when nothing does, or there is no such object any more.</summary>
    Task<ObjectReference?> GetOwnerAsync(string ns, ObjectReference controller, CancellationToken cancellationToken);

    /// <summary>The snapshots that VolumeSnapshotContents name, as <c>snap-…</c>; none where the cluster has no such objects.</summary>
    Task<IReadOnlySet<string>> ListSnapshotHandlesAsync(CancellationToken cancellationToken);
}
