using System.Globalization;
using EbsPv.Templates;

namespace EbsPv.PersistentVolumes;

/// <summary>An EBS volume on its way to become a PersistentVolume, as it came down the pipeline.</summary>
public sealed record VolumeToRegister
{
    /// <summary>The volume; null while it is only planned.</summary>
    public string? VolumeId { get; init; }

    /// <summary>Name of the PersistentVolume.</summary>
    public required string Name { get; init; }

    /// <summary>Zone of the volume; null only for a manifest that does not tell it.</summary>
    public required string? AvailabilityZone { get; init; }

    /// <summary>Size in GiB.</summary>
    public required int Size { get; init; }

    /// <summary>Its state, in EC2's spelling; null when it is not known.</summary>
    public string? State { get; init; }

    /// <summary>Its EBS type; null when it is not known.</summary>
    public string? VolumeType { get; init; }

    /// <summary>Whether several instances may attach it; null when it is not known.</summary>
    public bool? MultiAttachEnabled { get; init; }

    /// <summary>Tags; null when they are not known.</summary>
    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    /// <summary>Whether the object that came, a row of a report, says that a move or restore has replaced it.</summary>
    public bool IsRetired { get; init; }

    /// <summary>Whether the object that came, a row of a report, says that a move, restore or conversion is not finished with it.</summary>
    public bool IsSwapping { get; init; }

    /// <summary>The cluster that it was made for.</summary>
    public string? ClusterName { get; init; }

    /// <summary>The workers that it was made for.</summary>
    public IReadOnlyList<string> InstanceId { get; init; } = [];

    /// <summary>What is said of this volume alone, by its place in a StatefulSet; null when nothing is.</summary>
    public PersistentVolumeSettings? Settings { get; init; }

    /// <summary>Its document; null when there is none.</summary>
    public PersistentVolumeTemplate? Template { get; init; }

    /// <summary>The capacity of its PersistentVolume, as Kubernetes writes it: what the document promises, else all that the volume has.</summary>
    public string Capacity => Template?.Capacity ?? string.Create(CultureInfo.InvariantCulture, $"{Size}Gi");
}
