namespace EbsPv.Repairs;

/// <summary>What is changed for a finding.</summary>
public enum RepairKind
{
    /// <summary>Nothing: whoever reads the finding has to decide.</summary>
    None,

    /// <summary>Tags are added to the volume.</summary>
    Tags,

    /// <summary>The PersistentVolume gets a node affinity, which it had not.</summary>
    NodeAffinity,

    /// <summary>The reclaim policy becomes Retain.</summary>
    ReclaimPolicy,

    /// <summary>A Released PersistentVolume is given back to the name of its claim, or to any claim.</summary>
    Claim,

    /// <summary>The PersistentVolume is written anew for the CSI driver.</summary>
    Source,
}
