namespace EbsPv.Sandbox.Ec2.Model;

/// <summary>A zone of a region, and the id that is the same zone in every account.</summary>
public sealed record AvailabilityZone(string Region, string Name, string Id)
{
    /// <summary>The regions of the sandbox. In an account the letters are shuffled, hence ids that do not follow them.</summary>
    public static IReadOnlyList<AvailabilityZone> All { get; } =
    [
        new("eu-west-1", "eu-west-1a", "euw1-az3"),
        new("eu-west-1", "eu-west-1b", "euw1-az1"),
        new("eu-west-1", "eu-west-1c", "euw1-az2"),
        new("eu-central-1", "eu-central-1a", "euc1-az2"),
        new("eu-central-1", "eu-central-1b", "euc1-az3"),
        new("eu-central-1", "eu-central-1c", "euc1-az1"),
        new("us-east-1", "us-east-1a", "use1-az6"),
        new("us-east-1", "us-east-1b", "use1-az1"),
        new("us-east-1", "us-east-1c", "use1-az2"),
    ];

    public static IEnumerable<AvailabilityZone> Of(string region) => All.Where(zone => zone.Region == region);
}
