namespace EbsPv;

/// <summary>Which driver a PersistentVolume names as the one that mounts its volume.</summary>
public enum VolumeSource
{
    /// <summary>What this cluster can mount in the volume's zone.</summary>
    Auto,

    /// <summary>The EBS CSI driver, <c>ebs.csi.aws.com</c>.</summary>
    Csi,

    /// <summary>The driver of EKS Auto Mode, <c>ebs.csi.eks.amazonaws.com</c>.</summary>
    EksAutoMode,

    /// <summary>The driver that was part of Kubernetes before 1.23, <c>awsElasticBlockStore</c>.</summary>
    InTree,
}
