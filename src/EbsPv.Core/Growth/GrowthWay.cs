namespace EbsPv.Growth;

/// <summary>How a PersistentVolume grows.</summary>
public enum GrowthWay
{
    /// <summary>It has the size already.</summary>
    None,

    /// <summary>Its claim asks for more, and the driver grows volume, PersistentVolume and file system.</summary>
    ByClaim,

    /// <summary>EC2 grows the volume, then the capacity is written; the driver grows the file system when it next mounts it.</summary>
    ByVolume,
}
