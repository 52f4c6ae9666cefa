using EbsPv.PersistentVolumes;
using EbsPv.Ports;

namespace EbsPv.Templates;

/// <summary>A document that says how a PersistentVolume is to look.</summary>
public sealed record PersistentVolumeTemplate
{
    /// <summary>Where it stands.</summary>
    public required ManifestDocument Document { get; init; }

    /// <summary>The PersistentVolume's name; null when it gives none.</summary>
    public string? Name { get; init; }

    /// <summary>The capacity, as Kubernetes writes it; null when it gives none.</summary>
    public string? Capacity { get; init; }

    /// <summary>What stands where the volume's id belongs: a placeholder or an id; null when nothing does.</summary>
    public string? VolumeId { get; init; }

    /// <summary>The source that the document is written for; Auto when it has none.</summary>
    public VolumeSource Source { get; init; }

    /// <summary>Zones that its labels and its in-tree id name, each place by itself.</summary>
    public IReadOnlyList<ZoneStatement> ZonesSaid { get; init; } = [];

    /// <summary>The region that its label names.</summary>
    public string? Region { get; init; }

    /// <summary>Whether it says where pods may run.</summary>
    public bool HasAffinity { get; init; }

    /// <summary>In which zones.</summary>
    public ZoneAffinity Affinity { get; init; } = ZoneAffinity.None;

    /// <summary>Whether that names the zones in the words of EKS Auto Mode's nodes, which no others have.</summary>
    public bool HasAutoModeAffinity { get; init; }

    /// <summary>Objects that it says it belongs to, as <c>Kind name</c>.</summary>
    public IReadOnlyList<string> Owner { get; init; } = [];

    /// <summary>What it says that parameters can say too.</summary>
    public required PersistentVolumeSettings Settings { get; init; }

    /// <summary>What it says beside all this, as the JSON of a PersistentVolume.</summary>
    public required string Rest { get; init; }
}
