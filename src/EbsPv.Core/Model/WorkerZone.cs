namespace EbsPv;

/// <summary>An availability zone in which a cluster has workers.</summary>
public sealed record WorkerZone
{
    /// <summary>Name of the zone, as in <c>eu-west-1b</c>.</summary>
    public required string AvailabilityZone { get; init; }

    /// <summary>Region of the zone.</summary>
    public required string Region { get; init; }

    /// <summary>The cluster whose workers they are.</summary>
    public string? ClusterName { get; init; }

    /// <summary>How the cluster is run, from the workers' tags.</summary>
    public ClusterKind ClusterKind { get; init; }

    /// <summary>Workers in the zone.</summary>
    public int WorkerCount { get; init; }

    /// <summary>Instance ids of the workers, sorted.</summary>
    public IReadOnlyList<string> InstanceId { get; init; } = [];

    /// <summary>Instance types of the workers, each once, sorted.</summary>
    public IReadOnlyList<string> InstanceType { get; init; } = [];

    /// <summary>EC2's word on the zone: available, impaired, constrained, unavailable; null when it was not asked.</summary>
    public string? ZoneState { get; init; }

    /// <summary>The kube context that objects made from this zone are registered with.</summary>
    public string? Context { get; init; }

    /// <summary>Who was asked.</summary>
    public WorkerZoneSource Source { get; init; }

    /// <summary>The zone's name.</summary>
    public override string ToString() => AvailabilityZone;
}
