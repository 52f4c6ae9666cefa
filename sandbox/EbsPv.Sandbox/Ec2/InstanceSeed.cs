using EbsPv.Sandbox.Ec2.Model;

namespace EbsPv.Sandbox.Ec2;

/// <summary>Instances to be there, also in the place of those with the same id.</summary>
public sealed record InstanceSeed
{
    public int Count { get; init; } = 1;

    /// <summary>Only with a count of one.</summary>
    public string? InstanceId { get; init; }

    public string Region { get; init; } = KopsCluster.Region;

    /// <summary>The zones, in turn.</summary>
    public IReadOnlyList<string> AvailabilityZones { get; init; } = [KopsCluster.ZoneA];

    public string InstanceType { get; init; } = "t3.medium";

    public string State { get; init; } = "running";

    /// <summary>Names of security groups.</summary>
    public IReadOnlyList<string> SecurityGroups { get; init; } = [];

    /// <summary>{n} in a value stands for the number of the instance, from 1.</summary>
    public Dictionary<string, string> Tags { get; init; } = [];

    public DateTimeOffset? LaunchTime { get; init; }

    public IEnumerable<Ec2Instance> Instances(DateTimeOffset now)
    {
        if (!InstanceState.IsKnown(State)) throw new ArgumentException($"'{State}' is no state of an instance.");
        if (InstanceId is not null && Count != 1) throw new ArgumentException("An instance id is good for one instance.");
        return Enumerable.Range(1, Count).Select(number => Instance(number, now));
    }

    private Ec2Instance Instance(int number, DateTimeOffset now) => new()
    {
        InstanceId = InstanceId ?? Ec2State.NewId("i"),
        Region = Region,
        AvailabilityZone = AvailabilityZones[(number - 1) % AvailabilityZones.Count],
        InstanceType = InstanceType,
        State = State,
        LaunchTime = LaunchTime ?? now,
        Groups = [.. SecurityGroups.Select(KopsCluster.Group)],
        Tags = [.. Tags.Select(tag => new Ec2Tag(tag.Key, tag.Value.Replace("{n}", $"{number}")))],
        PrivateIpAddress = $"172.21.{number / 250 % 250}.{(number % 250) + 1}",
    };
}
