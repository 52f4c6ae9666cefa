namespace EbsPv.Removal;

/// <summary>What has to be of the cluster that is asked, before the answer counts.</summary>
/// <param name="ClusterName">The cluster.</param>
/// <param name="What">What is meant, in the plural, as in <c>the volumes vol-1, vol-2</c>.</param>
/// <param name="Target">What errors are about.</param>
public sealed record ClusterSubject(string ClusterName, string What, object? Target)
{
    /// <summary>What does not happen otherwise, as a sentence.</summary>
    public string Otherwise { get; init; } = "Nothing is removed.";
}
