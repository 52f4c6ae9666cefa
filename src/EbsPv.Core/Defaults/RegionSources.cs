namespace EbsPv.Defaults;

/// <summary>What in the surroundings may name a region, in the order in which it is asked.</summary>
/// <param name="Context">Region of the kube context's EKS cluster.</param>
/// <param name="StoredAwsRegion">AWS.Tools' <c>$StoredAWSRegion</c>.</param>
/// <param name="AwsRegion">AWS_REGION.</param>
/// <param name="AwsDefaultRegion">AWS_DEFAULT_REGION.</param>
public sealed record RegionSources(string? Context, string? StoredAwsRegion, string? AwsRegion, string? AwsDefaultRegion)
{
    /// <summary>The region that was typed or piped, else the first that the surroundings name.</summary>
    /// <returns>The region and its source; null when only the profile can tell.</returns>
    public (string Region, string Source)? Resolve(string? given)
    {
        if (given is { Length: > 0 }) return (given, "-Region or the piped object");
        if (Context is { Length: > 0 }) return (Context, "the kube context");
        if (StoredAwsRegion is { Length: > 0 }) return (StoredAwsRegion, "$StoredAWSRegion");
        if (AwsRegion is { Length: > 0 }) return (AwsRegion, "AWS_REGION");
        return AwsDefaultRegion is { Length: > 0 } ? (AwsDefaultRegion, "AWS_DEFAULT_REGION") : null;
    }
}
