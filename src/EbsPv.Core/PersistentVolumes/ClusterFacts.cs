namespace EbsPv.PersistentVolumes;

/// <summary>What a run read of the cluster before its first write: everything is read once, however many volumes come.</summary>
public sealed record ClusterFacts
{
    /// <summary>EC2 instances behind the nodes.</summary>
    public required IReadOnlySet<string> InstanceIds { get; init; }

    /// <summary>Drivers that the cluster has an object for.</summary>
    public required IReadOnlySet<string> Drivers { get; init; }

    /// <summary>Drivers that are registered on the nodes of a zone.</summary>
    public required IReadOnlyDictionary<string, IReadOnlySet<string>> DriversByZone { get; init; }

    /// <summary>Minor version of the server.</summary>
    public required int MinorVersion { get; init; }

    /// <summary>PersistentVolumes by the EBS volume behind them.</summary>
    public required IReadOnlyDictionary<string, EbsPersistentVolume> ByVolumeId { get; init; }

    /// <summary>The state of the cluster from which a watch can go on.</summary>
    public required string ResourceVersion { get; init; }
}
