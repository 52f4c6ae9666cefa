using EbsPv.Volumes;

namespace EbsPv.Swaps;

/// <summary>One swap: a new one, or one that an earlier run began.</summary>
public sealed record SwapPlan
{
    /// <summary>What it is about.</summary>
    public required SwapIntent Intent { get; init; }

    /// <summary>The PersistentVolume that is replaced; null when an earlier run has deleted it already.</summary>
    public EbsPersistentVolume? Old { get; init; }

    /// <summary>What the server says of it; null when an earlier run has deleted it already.</summary>
    public string? CurrentManifest { get; init; }

    /// <summary>Its claim; null for none.</summary>
    public EbsPersistentVolumeClaim? Claim { get; init; }

    /// <summary>The holder of its name, where there is no claim and an earlier run made it.</summary>
    public EbsPersistentVolume? Holder { get; init; }

    /// <summary>The disk that is replaced.</summary>
    public required ClusterEbsVolume OldVolume { get; init; }

    /// <summary>What the new disk shall be, without its snapshot; null where the disk stays.</summary>
    public VolumeSpec? Spec { get; init; }

    /// <summary>Tags of the new disk.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Tags { get; init; } = [];

    /// <summary>Tags of the snapshot.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> SnapshotTags { get; init; } = [];

    /// <summary>Whether a use that hangs on dead nodes hinders nothing: the data comes from an older snapshot anyway.</summary>
    public bool ToleratesDeadNodes { get; init; }

    /// <summary>The PersistentVolume's claim as <c>namespace/name</c>; null for none.</summary>
    public string? ClaimKey => Claim?.ToString();
}
