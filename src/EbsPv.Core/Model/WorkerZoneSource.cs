namespace EbsPv;

/// <summary>Who is asked for the workers of a cluster.</summary>
public enum WorkerZoneSource
{
    /// <summary>Instances, by security group and tags.</summary>
    Ec2,

    /// <summary>Nodes that are Ready and schedulable.</summary>
    Kubernetes,
}
