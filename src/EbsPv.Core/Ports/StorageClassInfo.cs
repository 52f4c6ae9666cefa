namespace EbsPv.Ports;

/// <summary>A storage class, as far as registering needs to know it.</summary>
public sealed record StorageClassInfo
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Who provisions volumes for it; <c>kubernetes.io/no-provisioner</c> for nobody.</summary>
    public required string Provisioner { get; init; }

    /// <summary>Immediate or WaitForFirstConsumer.</summary>
    public string? VolumeBindingMode { get; init; }

    /// <summary>Whether claims of the class may grow.</summary>
    public bool AllowVolumeExpansion { get; init; }

    /// <summary>Whether claims without a class get it.</summary>
    public bool IsDefault { get; init; }

    /// <summary>Zones that its topologies allow; empty for all.</summary>
    public IReadOnlyList<string> Zones { get; init; } = [];

    /// <summary>Whether its topologies say nothing but zones, so that another zone can be added to them.</summary>
    public bool HasOnlyZones { get; init; } = true;

    /// <summary>What its provisioner is told, such as the volume type.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>Its labels.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Its version, which a change is conditioned on.</summary>
    public string? ResourceVersion { get; init; }
}
