namespace EbsPv.Ports;

/// <summary>Something that makes pods which mount claims.</summary>
/// <param name="Kind">StatefulSet or Deployment.</param>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Name">Its name.</param>
public sealed record Workload(string Kind, string Namespace, string Name)
{
    /// <summary>How many pods it keeps.</summary>
    public int Replicas { get; init; } = 1;

    /// <summary>Claims that its pods mount by name, all of them the same.</summary>
    public IReadOnlyList<string> ClaimNames { get; init; } = [];

    /// <summary>Claims that it makes for each of its pods; StatefulSets only.</summary>
    public IReadOnlyList<ClaimTemplate> ClaimTemplates { get; init; } = [];

    /// <summary>Whether it deletes the claim of a pod that is scaled away (<c>persistentVolumeClaimRetentionPolicy.whenScaled</c>).</summary>
    public bool DeletesClaimsWhenScaled { get; init; }

    /// <summary>Whether it deletes its claims when it is deleted (<c>persistentVolumeClaimRetentionPolicy.whenDeleted</c>).</summary>
    public bool DeletesClaimsWhenDeleted { get; init; }

    /// <summary>What controls it: an operator's object, say; null for nothing.</summary>
    public ObjectReference? Owner { get; init; }

    /// <summary>Its labels and annotations, by which GitOps tools are known.</summary>
    public IReadOnlyDictionary<string, string> Marks { get; init; } = new Dictionary<string, string>();

    /// <summary>Kind, namespace and name.</summary>
    public override string ToString() => $"{Kind} {Namespace}/{Name}";
}
