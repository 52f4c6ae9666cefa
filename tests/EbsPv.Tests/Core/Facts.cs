using EbsPv.PersistentVolumes;

namespace EbsPv.Tests.Core;

/// <summary>Clusters as registration sees them.</summary>
internal static class Facts
{
    public const string Csi = "ebs.csi.aws.com", AutoMode = "ebs.csi.eks.amazonaws.com", Other = "efs.csi.aws.com";

    public static readonly ClusterFacts Empty = new()
    {
        InstanceIds = new HashSet<string>(),
        Drivers = new HashSet<string>(),
        DriversByZone = new Dictionary<string, IReadOnlySet<string>>(),
        MinorVersion = 33,
        ByVolumeId = Volumes(),
        ResourceVersion = "1",
    };

    public static ClusterFacts With(string[] drivers, params (string Zone, string[] Drivers)[] zones) => Empty with
    {
        Drivers = drivers.ToHashSet(),
        DriversByZone = zones.ToDictionary(zone => zone.Zone, IReadOnlySet<string> (zone) => zone.Drivers.ToHashSet()),
    };

    public static readonly ClusterFacts Kops = With([Csi], (Sets.ZoneB, [Csi]));

    public static ILookup<string, EbsPersistentVolume> Volumes(params EbsPersistentVolume[] volumes) => volumes.ToLookup(volume => volume.VolumeId!);

    public static EbsPersistentVolume Registered(string volumeId, string status) =>
        new() { Name = "there", VolumeId = volumeId, Status = status, Claim = "default/data" };
}
