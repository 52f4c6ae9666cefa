using EbsPv.Sandbox.Ec2.Model;

namespace EbsPv.Sandbox.Ec2;

/// <summary>Volumes to be there from the beginning.</summary>
public sealed record VolumeSeed
{
    public int Count { get; init; } = 1;

    /// <summary>Only with a count of one.</summary>
    public string? VolumeId { get; init; }

    public string Region { get; init; } = KopsCluster.Region;

    /// <summary>The zones, in turn.</summary>
    public IReadOnlyList<string> AvailabilityZones { get; init; } = [KopsCluster.ZoneA];

    public int Size { get; init; } = 10;

    public string VolumeType { get; init; } = "gp3";

    public int? Iops { get; init; }

    public int? Throughput { get; init; }

    public bool Encrypted { get; init; }

    public string? KmsKeyId { get; init; }

    public string? SnapshotId { get; init; }

    public bool MultiAttachEnabled { get; init; }

    /// <summary>{n} in a value stands for the number of the volume, from 1.</summary>
    public Dictionary<string, string> Tags { get; init; } = [];

    public DateTimeOffset? CreateTime { get; init; }

    /// <summary>What is written on each of them, in Base64.</summary>
    public byte[] Content { get; init; } = [];

    public VolumeChange? Then { get; init; }

    public IEnumerable<EbsVolume> Volumes(DateTimeOffset now)
    {
        if (!VolumeTypeLimits.ByName.TryGetValue(VolumeType, out var type))
            throw new ArgumentException($"'{VolumeType}' is no volume type.");
        if (VolumeId is not null && Count != 1) throw new ArgumentException("A volume id is good for one volume.");
        return Enumerable.Range(1, Count).Select(number =>
        {
            var volume = Volume(type, number, now);
            return Then?.Apply(volume, now) ?? volume;
        });
    }

    private EbsVolume Volume(VolumeTypeLimits type, int number, DateTimeOffset now) => new()
    {
        VolumeId = VolumeId ?? Ec2State.NewId("vol"),
        Region = Region,
        AvailabilityZone = AvailabilityZones[(number - 1) % AvailabilityZones.Count],
        Size = Size,
        VolumeType = VolumeType,
        Iops = type.ShownIops(Size, Iops),
        Throughput = type.AllowsThroughput ? Throughput ?? 125 : null,
        Encrypted = Encrypted,
        KmsKeyId = KmsKeyId,
        SnapshotId = SnapshotId,
        MultiAttachEnabled = MultiAttachEnabled,
        CreateTime = CreateTime ?? now,
        Content = Content,
        Tags = [.. Tags.Select(tag => new Ec2Tag(tag.Key, tag.Value.Replace("{n}", $"{number}")))],
    };
}
