using EbsPv.PersistentVolumes;
using EbsPv.Ports;
using EbsPv.Zones;

namespace EbsPv.Audit.Rules;

/// <summary>Which driver a PersistentVolume needs, and where.</summary>
internal static class DriverOf
{
    /// <summary>The driver's name; null where Kubernetes itself mounts it.</summary>
    public static string? Name(EbsPersistentVolume volume, AuditFacts facts) => volume.VolumeSource switch
    {
        VolumeSource.EksAutoMode => EbsDrivers.AutoMode,
        VolumeSource.InTree when facts.MinorVersion < EbsDrivers.InTreeUntilMinor => null,
        _ => EbsDrivers.Csi,
    };

    /// <summary>The workers of a zone that the driver is to run on: where both drivers are at work, each has its own.</summary>
    public static IReadOnlyList<ClusterNode> Workers(string driver, string zone, AuditFacts facts) =>
        [.. facts.Storage.Workers.Where(node => node.AvailabilityZone == zone && WorkerRules.KindOf(node) == ClusterKind.EksAutoMode == (driver == EbsDrivers.AutoMode))];

    /// <summary>Whether the driver is registered on a node.</summary>
    public static bool IsOn(ClusterNode node, string driver, AuditFacts facts) => facts.DriversByNode.GetValueOrDefault(node.Name)?.Contains(driver) == true;
}
