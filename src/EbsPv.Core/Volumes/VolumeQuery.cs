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
    string? Context);
