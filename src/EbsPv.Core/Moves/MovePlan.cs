using EbsPv.Swaps;
using EbsPv.Usage;

namespace EbsPv.Moves;

/// <summary>One move that may begin, or go on.</summary>
public sealed record MovePlan
{
    /// <summary>What is done.</summary>
    public required SwapPlan Swap { get; init; }

    /// <summary>The PersistentVolume as it is; null where an earlier run has deleted the old one.</summary>
    public EbsPersistentVolume? Volume { get; init; }

    /// <summary>The snapshot that the data comes from, where it is an older one.</summary>
    public ClusterEbsSnapshot? Snapshot { get; init; }

    /// <summary>The time between the first and the last snapshot of the volumes that are used together with it.</summary>
    public TimeSpan Skew { get; init; }

    /// <summary>The newest completed snapshot of its disk, whoever made it; null for none. The next one copies what has changed since.</summary>
    public ClusterEbsSnapshot? LastSnapshot { get; init; }

    /// <summary>What still hangs on dead nodes; null where nothing uses it.</summary>
    public VolumeUse? DeadUse { get; init; }

    /// <summary>Whether an earlier run began it.</summary>
    public bool IsResumed { get; init; }

    /// <summary>Its PersistentVolume's name.</summary>
    public string Name => Swap.Intent.PersistentVolume;
}
