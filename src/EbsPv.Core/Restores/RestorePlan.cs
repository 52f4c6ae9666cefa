using EbsPv.Swaps;

namespace EbsPv.Restores;

/// <summary>What a restore comes to.</summary>
public sealed record RestorePlan
{
    /// <summary>What is done; null where an earlier run has done it.</summary>
    public SwapPlan? Swap { get; init; }

    /// <summary>The PersistentVolume as it is; null where an earlier run has deleted the old one.</summary>
    public EbsPersistentVolume? Volume { get; init; }

    /// <summary>The snapshot.</summary>
    public required ClusterEbsSnapshot Snapshot { get; init; }

    /// <summary>What was read of the cluster.</summary>
    public required SwapFacts Facts { get; init; }

    /// <summary>Whether an earlier run began it.</summary>
    public bool IsResumed { get; init; }
}
