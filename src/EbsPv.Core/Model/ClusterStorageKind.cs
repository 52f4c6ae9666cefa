namespace EbsPv;

/// <summary>What a row of the storage report is, and what it lacks.</summary>
public enum ClusterStorageKind
{
    /// <summary>A volume and the PersistentVolume that stands for it.</summary>
    Registered,

    /// <summary>A volume of the cluster that no PersistentVolume stands for.</summary>
    Unregistered,

    /// <summary>A volume that a move or restore replaced, and that waits to be removed.</summary>
    Retired,

    /// <summary>A volume that no PersistentVolume stands for, because a move, restore or conversion is not finished with it.</summary>
    SwapUnderWay,

    /// <summary>A PersistentVolume whose volume is gone.</summary>
    VolumeGone,

    /// <summary>A PersistentVolume whose volume is not looked at: it is of another region, or the control plane's or a node's own.</summary>
    VolumeUnknown,

    /// <summary>A claim that has no PersistentVolume.</summary>
    ClaimWaiting,
}
