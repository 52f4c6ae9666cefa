namespace EbsPv.Ports;

/// <summary>A claim that a StatefulSet makes for each of its pods.</summary>
/// <param name="Name">Its name, which the claims' names begin with.</param>
/// <param name="StorageClassName">Its class; null for the cluster's default, empty for none.</param>
/// <param name="AccessModes">What it asks for.</param>
/// <param name="Request">The size it asks for, as Kubernetes writes it; null when it names none.</param>
/// <param name="VolumeMode">Filesystem or Block.</param>
public sealed record ClaimTemplate(string Name, string? StorageClassName, IReadOnlyList<string> AccessModes, string? Request, string VolumeMode)
{
    /// <summary>Its VolumeAttributesClass; null for none.</summary>
    public string? VolumeAttributesClassName { get; init; }
}
