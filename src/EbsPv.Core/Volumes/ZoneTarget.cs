namespace EbsPv.Volumes;

/// <summary>A zone in which members of a set are wanted.</summary>
/// <param name="AvailabilityZone">Its name.</param>
/// <param name="ClusterKind">How the cluster is run.</param>
/// <param name="InstanceId">The workers there.</param>
public sealed record ZoneTarget(string AvailabilityZone, ClusterKind ClusterKind, IReadOnlyList<string> InstanceId);
