using EbsPv.PersistentVolumes;

namespace EbsPv.Reservations;

/// <summary>Which volume is kept for which pod of a StatefulSet.</summary>
/// <param name="Volumes">The volumes, each with its claim.</param>
/// <param name="Warning">What the user should know; null for nothing.</param>
public sealed record OrdinalPlan(IReadOnlyList<VolumeToRegister> Volumes, string? Warning)
{
    /// <summary>The warning about pods whose volumes are of several zones; null when there are none.</summary>
    public string? ZonesWarning { get; init; }
}
