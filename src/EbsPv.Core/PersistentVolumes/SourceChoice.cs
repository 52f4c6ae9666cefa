namespace EbsPv.PersistentVolumes;

/// <summary>Which driver a PersistentVolume is written for, and where its pods may run.</summary>
/// <param name="Source">Csi, EksAutoMode or InTree.</param>
/// <param name="NodeAffinity">The volume's zone, in the words of that driver's nodes.</param>
public sealed record SourceChoice(VolumeSource Source, IReadOnlyList<NodeRequirement> NodeAffinity)
{
    /// <summary>Writes what this cluster can mount in the volume's zone, or what the user decided.</summary>
    public static SourceChoice For(VolumeSource wanted, string? zone, ClusterFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var source = wanted == VolumeSource.Auto ? Mountable(zone, facts) : wanted;
        return new SourceChoice(source, Affinity(source, zone, facts));
    }

    private static VolumeSource Mountable(string? zone, ClusterFacts facts)
    {
        var here = facts.DriversByZone.GetValueOrDefault(zone ?? "") ?? new HashSet<string>();
        if (here.Contains(EbsDrivers.Csi)) return VolumeSource.Csi;
        if (here.Contains(EbsDrivers.AutoMode)) return VolumeSource.EksAutoMode;
        if (facts.Drivers.Contains(EbsDrivers.Csi)) return VolumeSource.Csi;
        if (facts.Drivers.Contains(EbsDrivers.AutoMode)) return VolumeSource.EksAutoMode;
        return facts.MinorVersion < EbsDrivers.InTreeUntilMinor ? VolumeSource.InTree : VolumeSource.Csi;
    }

    private static List<NodeRequirement> Affinity(VolumeSource source, string? zone, ClusterFacts facts)
    {
        if (zone is null) return [];
        var requirements = new List<NodeRequirement>
        {
            new(source == VolumeSource.EksAutoMode ? EbsDrivers.AutoModeZoneLabel : EbsDrivers.ZoneLabel, "In", [zone]),
        };
        // Where both drivers are at work, each must be kept off the other's nodes.
        var mixed = facts.Drivers.Contains(EbsDrivers.Csi) && facts.Drivers.Contains(EbsDrivers.AutoMode);
        if (mixed) requirements.Add(new NodeRequirement(EbsDrivers.ComputeTypeLabel, source == VolumeSource.EksAutoMode ? "In" : "NotIn", ["auto"]));
        return requirements;
    }
}
