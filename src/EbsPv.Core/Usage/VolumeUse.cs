using EbsPv.Ports;

namespace EbsPv.Usage;

/// <summary>Everything that uses a PersistentVolume's disk, or may at any moment.</summary>
/// <param name="Pods">Pods of its claim that are not finished; one that waits for a node counts.</param>
/// <param name="Attachments">VolumeAttachments of the PersistentVolume.</param>
/// <param name="Instances">Attachments of the disk, as EC2 says.</param>
/// <param name="IsOnlyOnDeadNodes">Whether all of it is on nodes that are not Ready, or gone with their instances.</param>
public sealed record VolumeUse(
    IReadOnlyList<ClusterPod> Pods, IReadOnlyList<VolumeAttachmentInfo> Attachments, IReadOnlyList<ClusterVolumeAttachment> Instances, bool IsOnlyOnDeadNodes)
{
    /// <summary>Instances that no node of the cluster stands for, and that run as far as is known.</summary>
    public IReadOnlyList<string> Foreign { get; init; } = [];

    /// <summary>Instances that no node of the cluster stands for, and that do not run any more.</summary>
    public IReadOnlyList<string> Ended { get; init; } = [];

    /// <summary>Whether there is no use at all.</summary>
    public bool IsNone => Pods.Count + Attachments.Count + Instances.Count == 0;

    /// <summary>All of it in words.</summary>
    public override string ToString() => string.Join(", ", [
        .. Pods.Select(pod => $"pod {pod} ({(pod.IsTerminating ? "Terminating" : pod.Phase)}{(pod.NodeName is { } node ? $" on {node}" : ", no node yet")})"),
        .. Attachments.Select(one => $"VolumeAttachment {one.Name} on {one.NodeName}"),
        .. Instances.Select(one => $"EC2 attachment to {one}{Of(one.InstanceId)}"),
    ]);

    private string Of(string instanceId)
    {
        if (Foreign.Contains(instanceId)) return ", which is no node of the cluster";
        return Ended.Contains(instanceId) ? ", which has no node and does not run" : "";
    }
}
