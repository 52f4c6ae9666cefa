namespace EbsPv.PersistentVolumes;

/// <summary>The PersistentVolume that is meant: by its name, by its volume, or by both.</summary>
public sealed record WantedPersistentVolume
{
    /// <summary>Name of the PersistentVolume; null when only the volume is known.</summary>
    public string? Name { get; init; }

    /// <summary>The EBS volume behind it; null when only the name is known.</summary>
    public string? VolumeId { get; init; }

    /// <summary>Identity of the PersistentVolume; null when it is not known.</summary>
    public string? Uid { get; init; }

    /// <summary>The workers that the volume was made for.</summary>
    public IReadOnlyList<string> InstanceId { get; init; } = [];

    /// <summary>The cluster that the volume was made for.</summary>
    public string? ClusterName { get; init; }

    /// <summary>The region of the volume.</summary>
    public string? Region { get; init; }

    /// <summary>The name, or the volume.</summary>
    public override string ToString() => Name ?? VolumeId ?? "";
}
