using EbsPv.Swaps;

namespace EbsPv.PersistentVolumes;

/// <summary>What stands between a volume and its first pod, said before somebody waits for one. It makes no call and refuses nothing.</summary>
public static class Preflight
{
    /// <summary>The warnings for a volume.</summary>
    /// <param name="volume">The volume.</param>
    /// <param name="source">The driver that its PersistentVolume is, or will be, written for.</param>
    /// <param name="facts">What is known of the cluster.</param>
    public static IEnumerable<string> Warnings(VolumeToRegister volume, VolumeSource source, ClusterFacts facts)
    {
        ArgumentNullException.ThrowIfNull(volume);
        ArgumentNullException.ThrowIfNull(facts);
        return new[] { NoWorker(volume, facts), NoDriver(volume, source, facts), Twice(volume, facts) }.OfType<string>();
    }

    private static string? NoWorker(VolumeToRegister volume, ClusterFacts facts)
    {
        if (facts.WorkerZones is not { } zones || volume.AvailabilityZone is not { } zone || zones.Contains(zone)) return null;
        var there = zones.Count == 0 ? "no zone has one" : $"workers are in {string.Join(", ", zones.Order(StringComparer.Ordinal))}";
        return $"NoWorkerInZone: {zone} has no worker that is Ready and takes pods ({there}): pods that use a volume there stay Pending.";
    }

    private static string? NoDriver(VolumeToRegister volume, VolumeSource source, ClusterFacts facts)
    {
        if (!facts.DriversKnown) return null;
        // Newer servers hand the in-tree source to the CSI driver, which has to be there then.
        if (source == VolumeSource.InTree && facts.MinorVersion < EbsDrivers.InTreeUntilMinor) return null;
        var driver = source == VolumeSource.EksAutoMode ? EbsDrivers.AutoMode : EbsDrivers.Csi;
        if (!facts.Drivers.Contains(driver))
            return $"DriverMissing: this cluster has no driver {driver}; pods cannot mount the volume until it is installed.";
        if (volume.AvailabilityZone is not { } zone || (facts.DriversByZone.TryGetValue(zone, out var here) && here.Contains(driver))) return null;
        return $"DriverNotInZone: no node in {zone} has the driver {driver} registered; pods cannot mount the volume there yet.";
    }

    private static string? Twice(VolumeToRegister volume, ClusterFacts facts)
    {
        if (volume.VolumeId is not { } volumeId) return null;
        // A holder is there for as long as a swap lasts, and no claim can have it.
        var names = facts.ByVolumeId[volumeId].Where(one => !SwapHolder.Is(one)).Select(one => one.Name).Order(StringComparer.Ordinal).ToList();
        return names.Count < 2
            ? null
            : $"VolumeRegisteredTwice: the PersistentVolumes {string.Join(" and ", names)} stand for the same volume {volumeId}: two pods could be given one disk. Remove all but one with Unregister-EbsPersistentVolume NAME; the volume is kept.";
    }
}
