namespace EbsPv.Sandbox.Ec2.Protocol;

/// <summary>The bucket sizes of the EC2 developer guide, "Request throttling": per account, region and action.</summary>
public static class DocumentedBuckets
{
    /// <summary>The suffix of the smaller bucket for a describe with neither filter nor MaxResults.</summary>
    public const string Unfiltered = ".Unfiltered";

    private static readonly BucketSize Reading = new(100, 20);
    private static readonly BucketSize Mutating = new(50, 5);

    private static readonly Dictionary<string, BucketSize> ByAction = new(StringComparer.Ordinal)
    {
        ["CreateVolume"] = new(100, 5),
        ["DeleteVolume"] = new(100, 5),
        ["CreateSnapshot"] = new(100, 5),
        ["CreateSnapshots"] = new(100, 5),
        ["DeleteSnapshot"] = new(100, 5),
        ["CreateTags"] = new(100, 10),
        ["DeleteTags"] = new(100, 10),
        ["DescribeVolumes" + Unfiltered] = new(50, 10),
        ["DescribeInstances" + Unfiltered] = new(50, 10),
        ["DescribeSnapshots" + Unfiltered] = new(50, 10),
    };

    public static BucketSize Of(string bucket) =>
        ByAction.GetValueOrDefault(bucket) ?? (bucket.StartsWith("Describe", StringComparison.Ordinal) ? Reading : Mutating);

    /// <summary>The bucket that a request draws from.</summary>
    public static string For(string action, QueryNode parameters)
    {
        var unfiltered = action + Unfiltered;
        var isBare = !parameters.Children.ContainsKey("Filter") && !parameters.Children.ContainsKey("MaxResults");
        return isBare && ByAction.ContainsKey(unfiltered) ? unfiltered : action;
    }
}
