namespace EbsPv.PersistentVolumeClaims;

/// <summary>A claim as it is posted: for one PersistentVolume, by name.</summary>
public sealed record PersistentVolumeClaimSpec
{
    /// <summary>Its namespace.</summary>
    public required string Namespace { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The PersistentVolume it is for.</summary>
    public required string VolumeName { get; init; }

    /// <summary>Its class, written even when empty: a claim without one would get the cluster's default.</summary>
    public required string StorageClassName { get; init; }

    /// <summary>The size it asks for, as Kubernetes writes it.</summary>
    public required string Request { get; init; }

    /// <summary>Access modes.</summary>
    public required IReadOnlyList<string> AccessModes { get; init; }

    /// <summary>Filesystem or Block.</summary>
    public required string VolumeMode { get; init; }

    /// <summary>The VolumeAttributesClass, which has to be the PersistentVolume's; null for none.</summary>
    public string? VolumeAttributesClassName { get; init; }

    /// <summary>Labels.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();
}
