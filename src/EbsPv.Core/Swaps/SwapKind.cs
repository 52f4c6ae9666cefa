namespace EbsPv.Swaps;

/// <summary>Why a PersistentVolume gets another disk or source.</summary>
public enum SwapKind
{
    /// <summary>A copy of its disk in another zone.</summary>
    Move,

    /// <summary>A disk made of a snapshot.</summary>
    Restore,

    /// <summary>The same disk by the CSI driver instead of the in-tree one.</summary>
    Convert,
}
