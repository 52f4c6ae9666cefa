using EbsPv.PersistentVolumes;
using EbsPv.Ports;

namespace EbsPv.Usage;

/// <summary>Who uses which PersistentVolume just now, as Kubernetes says.</summary>
/// <param name="Pods">Pods that mount claims.</param>
/// <param name="Attachments">VolumeAttachments.</param>
/// <param name="Nodes">Nodes.</param>
public sealed record ClusterUse(IReadOnlyList<ClusterPod> Pods, IReadOnlyList<VolumeAttachmentInfo> Attachments, IReadOnlyList<ClusterNode> Nodes)
{
    private readonly ILookup<string, ClusterPod> _podsByClaim =
        Pods.Where(pod => !pod.IsFinished).SelectMany(pod => pod.ClaimNames.Select(claim => (Claim: $"{pod.Namespace}/{claim}", Pod: pod))).ToLookup(one => one.Claim, one => one.Pod, StringComparer.Ordinal);

    private readonly ILookup<string, VolumeAttachmentInfo> _attachmentsByVolume =
        Attachments.ToLookup(one => one.PersistentVolumeName, StringComparer.Ordinal);

    private readonly Dictionary<string, ClusterNode> _nodes = Nodes.ToDictionary(node => node.Name, StringComparer.Ordinal);

    private readonly Dictionary<string, bool> _readyByInstance =
        Nodes.Where(node => node.InstanceId is not null).GroupBy(node => node.InstanceId!, StringComparer.Ordinal).ToDictionary(nodes => nodes.Key, nodes => nodes.Any(node => node.Ready), StringComparer.Ordinal);

    /// <summary>Instances without a node that EC2 says do not run, or are gone.</summary>
    public IReadOnlySet<string> EndedInstances { get; init; } = new HashSet<string>();

    /// <summary>Whether a node stands for an instance.</summary>
    public bool HasNode(string instanceId) => _readyByInstance.ContainsKey(instanceId);

    /// <summary>Pods and VolumeAttachments in pages, and the nodes, side by side.</summary>
    public static async Task<ClusterUse> ReadAsync(ICluster cluster, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        var pods = PodsAsync(cluster, cancellationToken);
        var attachments = cluster.ListVolumeAttachmentsAsync(cancellationToken);
        var nodes = ClusterLists.NodesAsync(cluster, cancellationToken);
        await Task.WhenAll(pods, attachments, nodes).ConfigureAwait(false);
        return new ClusterUse(await pods.ConfigureAwait(false), await attachments.ConfigureAwait(false), await nodes.ConfigureAwait(false));
    }

    /// <summary>The use of one PersistentVolume.</summary>
    /// <param name="persistentVolume">Its name.</param>
    /// <param name="claim">Its claim as <c>namespace/name</c>; null for none.</param>
    /// <param name="volume">Its disk; null when EC2 has none.</param>
    public VolumeUse Of(string persistentVolume, string? claim, ClusterEbsVolume? volume)
    {
        IReadOnlyList<ClusterPod> pods = claim is null ? [] : [.. _podsByClaim[claim]];
        IReadOnlyList<VolumeAttachmentInfo> attachments = [.. _attachmentsByVolume[persistentVolume]];
        var instances = volume?.Attachments ?? [];
        var nodeNames = pods.Select(pod => pod.NodeName).Concat(attachments.Select(one => one.NodeName));
        // A pod that waits for a node will find one; only what hangs on a node that is down cannot write.
        var isOnlyOnDeadNodes = nodeNames.All(IsDead) && instances.All(one => _readyByInstance.TryGetValue(one.InstanceId, out var isReady) ? !isReady : EndedInstances.Contains(one.InstanceId));
        return new VolumeUse(pods, attachments, instances, isOnlyOnDeadNodes)
        {
            Foreign = [.. instances.Select(one => one.InstanceId).Where(id => !HasNode(id) && !EndedInstances.Contains(id))],
            Ended = [.. instances.Select(one => one.InstanceId).Where(EndedInstances.Contains)],
        };
    }

    /// <summary>The node of a pod or attachment; null when there is none of that name.</summary>
    public ClusterNode? Node(string? name) => name is null ? null : _nodes.GetValueOrDefault(name);

    private bool IsDead(string? node) => node is not null && Node(node) is not { Ready: true };

    private static async Task<List<ClusterPod>> PodsAsync(ICluster cluster, CancellationToken cancellationToken)
    {
        var pods = new List<ClusterPod>();
        await foreach (var page in cluster.ListPodsAsync(cancellationToken).ConfigureAwait(false)) pods.AddRange(page);
        return pods;
    }
}
