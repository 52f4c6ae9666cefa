namespace EbsPv.Storage;

/// <summary>A volume and every PersistentVolume that stands for it; or a claim that waits for one.</summary>
public sealed record StorageItem
{
    /// <summary>The volume's id; null for a claim.</summary>
    public string? VolumeId { get; init; }

    /// <summary>The volume; null when it is not seen.</summary>
    public ClusterEbsVolume? Volume { get; init; }

    /// <summary>What EC2 says of it.</summary>
    public VolumeSight Sight { get; init; }

    /// <summary>The PersistentVolumes that stand for it; more than one where somebody registered it twice.</summary>
    public IReadOnlyList<RegisteredVolume> Registrations { get; init; } = [];

    /// <summary>The newest completed snapshot of the volume; null when there is none or nobody asked.</summary>
    public ClusterEbsSnapshot? LastSnapshot { get; init; }

    /// <summary>A claim without a PersistentVolume; null for volumes.</summary>
    public WaitingClaim? Claim { get; init; }
}
