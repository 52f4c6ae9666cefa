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

    /// <summary>Whether that disk is not there any more; it is described by what its snapshot says.</summary>
    public bool OldVolumeIsGone { get; init; }

    /// <summary>What the new disk shall be, without its snapshot; null where the disk stays.</summary>
    public VolumeSpec? Spec { get; init; }

    /// <summary>Tags of the new disk.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Tags { get; init; } = [];

    /// <summary>Tags of the snapshot.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> SnapshotTags { get; init; } = [];

    /// <summary>Whether no run has done anything of it yet, so that nothing of it has to be looked for.</summary>
    public bool IsNew { get; init; }

    /// <summary>Copies of the old disk that earlier swaps made and did not put in its place.</summary>
    public IReadOnlyList<ClusterEbsVolume> LeftCopies { get; init; } = [];

    /// <summary>Whether a use that hangs on dead nodes hinders nothing: the data comes from an older snapshot anyway.</summary>
    public bool ToleratesDeadNodes { get; init; }

    /// <summary>The PersistentVolume's claim as <c>namespace/name</c>; null for none.</summary>
    public string? ClaimKey => Claim?.ToString();

    /// <summary>The same swap under the identity that another run of the line gave it.</summary>
    public SwapPlan As(SwapIntent intent)
    {
        ArgumentNullException.ThrowIfNull(intent);
        return this with { Intent = intent, IsNew = IsNew && intent.Operation == Intent.Operation, Tags = Marked(Tags, intent), SnapshotTags = Marked(SnapshotTags, intent) };
    }

    private static IReadOnlyList<KeyValuePair<string, string>> Marked(IReadOnlyList<KeyValuePair<string, string>> tags, SwapIntent intent) =>
        [.. tags.Where(tag => tag.Key != Snapshots.SnapshotTags.Operation), new(Snapshots.SnapshotTags.Operation, intent.Operation)];
}
