using EbsPv.Ports;

namespace EbsPv.PersistentVolumes;

/// <summary>What a run read of the cluster before its first write: everything is read once, however many volumes come.</summary>
public sealed record ClusterFacts
{
    /// <summary>A cluster that was not asked.</summary>
    public static ClusterFacts Unknown { get; } = new()
    {
        InstanceIds = new HashSet<string>(),
        Drivers = new HashSet<string>(),
        DriversKnown = false,
        DriversByZone = new Dictionary<string, IReadOnlySet<string>>(),
        MinorVersion = int.MaxValue,
        ByVolumeId = Array.Empty<EbsPersistentVolume>().ToLookup(volume => volume.Name),
        ResourceVersion = "",
    };

    /// <summary>EC2 instances behind the nodes.</summary>
    public required IReadOnlySet<string> InstanceIds { get; init; }

    /// <summary>Drivers that the cluster has an object for.</summary>
    public required IReadOnlySet<string> Drivers { get; init; }

    /// <summary>Drivers that are registered on the nodes of a zone.</summary>
    public required IReadOnlyDictionary<string, IReadOnlySet<string>> DriversByZone { get; init; }

    /// <summary>Whether the drivers were asked for and told.</summary>
    public bool DriversKnown { get; init; } = true;

    /// <summary>Minor version of the server.</summary>
    public required int MinorVersion { get; init; }

    /// <summary>PersistentVolumes by the EBS volume behind them; more than one where somebody registered a volume twice.</summary>
    public required ILookup<string, EbsPersistentVolume> ByVolumeId { get; init; }

    /// <summary>Zones with a worker that is Ready and takes pods; null when the nodes are not known.</summary>
    public IReadOnlySet<string>? WorkerZones { get; init; }

    /// <summary>The storage classes that were looked at, by name; null for one that there is not.</summary>
    public IReadOnlyDictionary<string, StorageClassInfo?> StorageClasses { get; init; } = new Dictionary<string, StorageClassInfo?>();

    /// <summary>The state of the cluster from which a watch can go on.</summary>
    public required string ResourceVersion { get; init; }
}
