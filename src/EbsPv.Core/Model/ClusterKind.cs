namespace EbsPv;

/// <summary>How a cluster is run, read from the tags or labels of its workers. It decides the tags that volumes need.</summary>
public enum ClusterKind
{
    /// <summary>The workers say nothing, or contradict each other.</summary>
    Unknown,

    /// <summary>Made by kops.</summary>
    Kops,

    /// <summary>Amazon EKS with node groups, self-managed nodes or Karpenter.</summary>
    Eks,

    /// <summary>Amazon EKS Auto Mode.</summary>
    EksAutoMode,
}
