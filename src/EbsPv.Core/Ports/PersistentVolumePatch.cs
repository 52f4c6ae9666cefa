using EbsPv.PersistentVolumes;

namespace EbsPv.Ports;

/// <summary>What is changed of a PersistentVolume; null is left as it is.</summary>
public sealed record PersistentVolumePatch
{
    /// <summary>Retain or Delete.</summary>
    public string? ReclaimPolicy { get; init; }

    /// <summary>The claim it is kept for or bound to. Without a uid: any claim of that name may have it.</summary>
    public ClaimReference? Claim { get; init; }

    /// <summary>Whether it is kept for no claim any more.</summary>
    public bool DropsClaim { get; init; }

    /// <summary>Capacity as Kubernetes writes it.</summary>
    public string? Capacity { get; init; }

    /// <summary>Where its pods may run. Kubernetes takes it only where there was none.</summary>
    public IReadOnlyList<NodeRequirement>? NodeAffinity { get; init; }

    /// <summary>Labels to set; null as a value takes one away.</summary>
    public IReadOnlyDictionary<string, string?> Labels { get; init; } = new Dictionary<string, string?>();

    /// <summary>Annotations to set; null as a value takes one away.</summary>
    public IReadOnlyDictionary<string, string?> Annotations { get; init; } = new Dictionary<string, string?>();
}
