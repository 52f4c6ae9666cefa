using EbsPv.Ports;

namespace EbsPv.PersistentVolumes;

/// <summary>What has to be done so that a class serves the zones of its volumes.</summary>
/// <param name="Name">The class.</param>
/// <param name="Existing">The class as it is; null when it has to be made.</param>
/// <param name="Zones">All zones that it is to allow.</param>
/// <param name="VolumeType">The volumes' type, when they have one in common.</param>
public sealed record StorageClassPlan(string Name, StorageClassInfo? Existing, IReadOnlyList<string> Zones, string? VolumeType)
{
    /// <summary>What is done, for -WhatIf and -Confirm.</summary>
    public string Description => Existing is null
        ? $"Create the StorageClass {Name} for {string.Join(", ", Zones)} (no provisioner, WaitForFirstConsumer, Retain, volumes may grow)"
        : $"Add {string.Join(", ", Zones.Except(Existing.Zones))} to the zones of the StorageClass {Name}";

    /// <summary>The plan; null when nothing has to be done, or nothing may be: a class that EbsPv did not make stays as it is.</summary>
    public static StorageClassPlan? For(string name, StorageClassInfo? existing, IReadOnlyCollection<string> zones, IReadOnlyCollection<string?> volumeTypes)
    {
        ArgumentNullException.ThrowIfNull(zones);
        ArgumentNullException.ThrowIfNull(volumeTypes);
        var type = volumeTypes.Distinct().Count() == 1 ? volumeTypes.First() : null;
        if (existing is null) return new StorageClassPlan(name, null, Sorted(zones), type);
        if (!StorageClassRules.IsOurs(existing) || existing.Zones.Count == 0 || zones.All(existing.Zones.Contains)) return null;
        return new StorageClassPlan(name, existing, Sorted(existing.Zones.Concat(zones)), type);
    }

    private static List<string> Sorted(IEnumerable<string> zones) => [.. zones.Distinct().Order(StringComparer.Ordinal)];
}
