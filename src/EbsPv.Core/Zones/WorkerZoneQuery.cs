namespace EbsPv.Zones;

/// <summary>Whose worker zones are wanted.</summary>
/// <param name="ClusterName">The cluster; may be null where Kubernetes is asked.</param>
/// <param name="Context">The kube context that the zones carry on.</param>
public sealed record WorkerZoneQuery(string? ClusterName, string? Context);
