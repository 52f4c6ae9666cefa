namespace EbsPv.Sandbox.Ec2.Model;

public sealed record Ec2Instance
{
    public required string InstanceId { get; init; }

    /// <summary>The order of appearance; pages are cut along it.</summary>
    public long Sequence { get; init; }

    public required string Region { get; init; }

    public required string AvailabilityZone { get; init; }

    public string InstanceType { get; init; } = "t3.medium";

    public string State { get; init; } = "running";

    public DateTimeOffset LaunchTime { get; init; }

    public IReadOnlyList<SecurityGroup> Groups { get; init; } = [];

    public IReadOnlyList<Ec2Tag> Tags { get; init; } = [];

    public string PrivateIpAddress { get; init; } = "172.20.32.10";

    public string VpcId { get; init; } = "vpc-0a1b2c3d4e5f60718";

    public string ImageId { get; init; } = "ami-0a1b2c3d4e5f60718";
}
