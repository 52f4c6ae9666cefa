namespace EbsPv;

/// <summary>Which cluster tags a new volume gets beside <c>Name</c>, <c>KubernetesCluster</c> and those of its set.</summary>
/// <remarks>Source: the IAM policies of the EBS CSI driver, of kops and of EKS Auto Mode: without its tag the driver may not attach.</remarks>
public enum TagProfile
{
    /// <summary>By the kind of the cluster; <see cref="All"/> where that is unknown.</summary>
    Auto,

    /// <summary><c>kubernetes.io/cluster/NAME=shared</c>, which also keeps <c>kops delete cluster</c> from deleting the volume.</summary>
    Kops,

    /// <summary><c>ebs.csi.aws.com/cluster=true</c> and <c>ebs.csi.aws.com/cluster-name=NAME</c>.</summary>
    Eks,

    /// <summary><c>eks:eks-cluster-name=NAME</c>.</summary>
    EksAutoMode,

    /// <summary>The tags of all three kinds.</summary>
    All,

    /// <summary>No tag beyond the volume's own.</summary>
    None,
}
