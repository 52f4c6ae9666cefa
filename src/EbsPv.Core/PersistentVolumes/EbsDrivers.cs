namespace EbsPv.PersistentVolumes;

/// <summary>The drivers that mount EBS volumes, and the node labels they go by.</summary>
/// <remarks>Sources: the EBS CSI driver's and EKS Auto Mode's documentation.</remarks>
public static class EbsDrivers
{
    /// <summary>The EBS CSI driver.</summary>
    public const string Csi = "ebs.csi.aws.com";

    /// <summary>The driver of EKS Auto Mode.</summary>
    public const string AutoMode = "ebs.csi.eks.amazonaws.com";

    /// <summary>What made volumes for claims before the CSI driver did.</summary>
    public const string InTreeProvisioner = "kubernetes.io/aws-ebs";

    /// <summary>Zone of a node, as every cloud labels it.</summary>
    public const string ZoneLabel = "topology.kubernetes.io/zone";

    /// <summary>Region of a node.</summary>
    public const string RegionLabel = "topology.kubernetes.io/region";

    /// <summary>Zone of an Auto Mode node, as its driver reports it.</summary>
    public const string AutoModeZoneLabel = "topology.ebs.csi.eks.amazonaws.com/zone";

    /// <summary>Says <c>auto</c> on Auto Mode nodes.</summary>
    public const string ComputeTypeLabel = "eks.amazonaws.com/compute-type";

    /// <summary>The minor version of Kubernetes from which on it mounts EBS volumes by the CSI driver only.</summary>
    public const int InTreeUntilMinor = 23;
}
