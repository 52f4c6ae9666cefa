namespace EbsPv.Zones;

/// <summary>A worker, whoever told of it.</summary>
internal sealed record Worker(string InstanceId, string InstanceType, string AvailabilityZone, ClusterKind Kind);
