using EbsPv.Ports;
using EbsPv.Swaps;

namespace EbsPv.Storage;

/// <summary>A PersistentVolume with all that has to do with it.</summary>
/// <param name="PersistentVolume">The PersistentVolume.</param>
public sealed record RegisteredVolume(EbsPersistentVolume PersistentVolume)
{
    /// <summary>The claim that has it, or is to have it; null when there is none.</summary>
    public EbsPersistentVolumeClaim? Claim { get; init; }

    /// <summary>Pods that mount the claim and are not finished.</summary>
    public IReadOnlyList<ClusterPod> Pods { get; init; } = [];

    /// <summary>VolumeAttachments of the PersistentVolume.</summary>
    public IReadOnlyList<VolumeAttachmentInfo> Attachments { get; init; } = [];

    /// <summary>Whether a move, restore or conversion has begun and is not finished.</summary>
    public bool IsSwapping { get; init; }

    /// <summary>What that is; null when there is none, or its note cannot be read.</summary>
    public SwapIntent? Swap { get; init; }
}
