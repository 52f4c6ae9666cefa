namespace EbsPv;

/// <summary>Who is asked for the workers of a cluster.</summary>
public enum WorkerZoneSource
{
    /// <summary>EC2: instances by security group and tags.</summary>
    Ec2,

    /// <summary>Kubernetes: nodes that are Ready and schedulable.</summary>
    Kubernetes,
}
