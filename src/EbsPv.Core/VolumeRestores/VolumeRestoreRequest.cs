namespace EbsPv.VolumeRestores;

/// <summary>What the volumes of a run have in common.</summary>
public sealed record VolumeRestoreRequest
{
    /// <summary>The region that is asked.</summary>
    public required string Region { get; init; }

    /// <summary>The cluster that the volumes are for.</summary>
    public required string ClusterName { get; init; }

    /// <summary>The snapshots, each once, in the order in which they came.</summary>
    public required IReadOnlyList<SnapshotToRestore> Snapshots { get; init; }

    /// <summary>The zone of the volumes; null for the one that each original is or was in.</summary>
    public string? DestinationZone { get; init; }

    /// <summary>Name of the volume; null for the original's with the moment that the snapshot holds.</summary>
    public string? Name { get; init; }

    /// <summary>What the volumes shall be otherwise than their originals.</summary>
    public VolumeRestoreOverrides Overrides { get; init; } = new();

    /// <summary>The user's tags, which win over those that are kept.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>The kube context that the volumes carry on.</summary>
    public string? Context { get; init; }
}
