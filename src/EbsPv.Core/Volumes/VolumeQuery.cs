namespace EbsPv.Volumes;

/// <summary>Which of a cluster's volumes are wanted.</summary>
/// <param name="ClusterName">The cluster.</param>
/// <param name="SetName">Members of this set only.</param>
/// <param name="VolumeIds">These volumes only.</param>
/// <param name="AvailabilityZones">Volumes of these zones only.</param>
/// <param name="Context">The kube context that the volumes carry on.</param>
public sealed record VolumeQuery(
    string ClusterName,
    string? SetName,
    IReadOnlyList<string> VolumeIds,
    IReadOnlyList<string> AvailabilityZones,
    string? Context)
{
    /// <summary>Volumes in one of these states only, in EC2's spelling; empty for all.</summary>
    public IReadOnlyList<string> States { get; init; } = [];

    /// <summary>Volumes that no instance has only.</summary>
    public bool Unattached { get; init; }

    /// <summary>Volumes that a move or restore has replaced only.</summary>
    public bool Retired { get; init; }

    /// <summary>Volumes with all of these tags only; an empty value stands for any.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();
}
