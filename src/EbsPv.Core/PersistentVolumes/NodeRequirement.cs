namespace EbsPv.PersistentVolumes;

/// <summary>A requirement of a PersistentVolume's node affinity.</summary>
/// <param name="Key">Node label.</param>
/// <param name="Operator">In or NotIn.</param>
/// <param name="Values">Values of the label.</param>
public sealed record NodeRequirement(string Key, string Operator, IReadOnlyList<string> Values)
{
    /// <summary>As sentences write it: <c>topology.kubernetes.io/zone In [eu-west-1b]</c>.</summary>
    public override string ToString() => $"{Key} {Operator} [{string.Join(", ", Values)}]";
}
