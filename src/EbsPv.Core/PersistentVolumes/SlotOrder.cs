using System.Globalization;
using EbsPv.Volumes;

namespace EbsPv.PersistentVolumes;

/// <summary>
/// The order in which volumes of a set meet documents, claims and numbers. EC2 lists them as it likes: the same line would give a document
/// another disk than it gave when the set was made.
/// </summary>
public static class SlotOrder
{
    /// <summary>The volumes, those of one set in the order of their slots. What New-ClusterEbsVolume emits has that order, for the zones as they
    /// came to it, and keeps it; what is no member of a set stays at its place.</summary>
    /// <param name="items">What came, in the order in which it came.</param>
    /// <param name="volumeOf">The volume of each.</param>
    public static IReadOnlyList<T> Of<T>(IReadOnlyList<T> items, Func<T, VolumeToRegister> volumeOf)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(volumeOf);
        var ordered = items.ToArray();
        foreach (var set in Enumerable.Range(0, items.Count).Where(place => Set(volumeOf(items[place])) is not null).GroupBy(place => Set(volumeOf(items[place]))))
        {
            var members = set.Select(place => items[place]).ToList();
            // The workers that a volume was made for travel from New-ClusterEbsVolume alone.
            if (members.Exists(member => volumeOf(member).InstanceId.Count > 0)) continue;
            foreach (var (place, member) in set.Zip(Sorted(members, volumeOf))) ordered[place] = member;
        }

        return ordered;
    }

    // The first run numbered the names zone by zone, in the order that the zones had then.
    private static IEnumerable<T> Sorted<T>(List<T> members, Func<T, VolumeToRegister> volumeOf)
    {
        var zones = members.GroupBy(member => Slot(volumeOf(member))!.Value.Zone).ToDictionary(zone => zone.Key, zone => zone.Min(member => NumberOfName(volumeOf(member))));
        return members
            .OrderBy(member => zones[Slot(volumeOf(member))!.Value.Zone])
            .ThenBy(member => Slot(volumeOf(member))!.Value.Zone, StringComparer.Ordinal)
            .ThenBy(member => Slot(volumeOf(member))!.Value.Number);
    }

    private static (string? Cluster, string Set)? Set(VolumeToRegister volume) =>
        volume.Tags?.GetValueOrDefault(VolumeTags.Set) is { } set && Slot(volume) is not null ? (volume.ClusterName, set) : null;

    private static (string Zone, int Number)? Slot(VolumeToRegister volume)
    {
        if (volume.Tags?.GetValueOrDefault(VolumeTags.Slot)?.Split('/') is not [var zone, var digits]) return null;
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? (zone, number) : null;
    }

    private static int NumberOfName(VolumeToRegister volume)
    {
        var name = volume.Tags!.GetValueOrDefault(VolumeTags.Name) ?? "";
        var prefix = volume.Tags![VolumeTags.Set] + "-";
        return name.StartsWith(prefix, StringComparison.Ordinal) && int.TryParse(name.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue;
    }
}
