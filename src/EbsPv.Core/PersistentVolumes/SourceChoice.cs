namespace EbsPv.PersistentVolumes;

/// <summary>Which driver a PersistentVolume is written for, and where its pods may run.</summary>
/// <param name="Source">Csi, EksAutoMode or InTree.</param>
/// <param name="NodeAffinity">The volume's zone, in the words of that driver's nodes.</param>
/// <param name="Warning">What the user should know; null when all is well.</param>
public sealed record SourceChoice(VolumeSource Source, IReadOnlyList<NodeRequirement> NodeAffinity, string? Warning)
{
    /// <summary>Writes what this cluster can mount in the volume's zone, or what the user decided.</summary>
    public static SourceChoice For(VolumeSource wanted, string? zone, ClusterFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        if (wanted != VolumeSource.Auto) return new SourceChoice(wanted, Affinity(wanted, zone, facts), null);
        var here = facts.DriversByZone.GetValueOrDefault(zone ?? "") ?? new HashSet<string>();
        if (here.Contains(EbsDrivers.Csi)) return Chosen(VolumeSource.Csi, null);
        if (here.Contains(EbsDrivers.AutoMode)) return Chosen(VolumeSource.EksAutoMode, null);
        if (facts.Drivers.Contains(EbsDrivers.Csi)) return Chosen(VolumeSource.Csi, NotInZone(EbsDrivers.Csi));
        if (facts.Drivers.Contains(EbsDrivers.AutoMode)) return Chosen(VolumeSource.EksAutoMode, NotInZone(EbsDrivers.AutoMode));
        if (facts.MinorVersion < EbsDrivers.InTreeUntilMinor) return Chosen(VolumeSource.InTree, null);
        return Chosen(VolumeSource.Csi, $"DriverMissing: this cluster has no EBS CSI driver ({EbsDrivers.Csi}); pods cannot mount the volume until it is installed.");

        SourceChoice Chosen(VolumeSource source, string? warning) => new(source, Affinity(source, zone, facts), warning);

        string NotInZone(string driver) =>
            $"DriverNotInZone: no node in {zone} has the driver {driver} registered; pods cannot mount the volume there yet.";
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
