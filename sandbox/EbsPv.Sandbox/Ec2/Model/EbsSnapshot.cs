using System.Text.Json.Serialization;

namespace EbsPv.Sandbox.Ec2.Model;

/// <summary>A snapshot as EC2 keeps it. Like a volume's, its state is a function of the time.</summary>
public sealed record EbsSnapshot
{
    public required string SnapshotId { get; init; }

    /// <summary>The order of creation; pages are cut along it.</summary>
    public long Sequence { get; init; }

    public string Region { get; init; } = "eu-west-1";

    /// <summary>The volume it was made of, which may be long gone; EC2 has an id of its own for copies.</summary>
    public string VolumeId { get; init; } = "vol-ffffffff";

    public required int VolumeSize { get; init; }

    public bool Encrypted { get; init; }

    public string? KmsKeyId { get; init; }

    public string Description { get; init; } = "";

    /// <summary>The account that made it; those of others are public ones here.</summary>
    public string OwnerId { get; init; } = KopsCluster.AccountId;

    public DateTimeOffset StartTime { get; init; }

    /// <summary>pending, completed or error: what it is until <see cref="EndsAt"/>, or for good.</summary>
    public string Status { get; init; } = SnapshotState.Completed;

    /// <summary>When a pending one becomes <see cref="EndStatus"/>; null for never.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    public string EndStatus { get; init; } = SnapshotState.Completed;

    /// <summary>From when DescribeSnapshots shows it.</summary>
    public DateTimeOffset VisibleFrom { get; init; }

    public Dictionary<string, string> Tags { get; init; } = [];

    /// <summary>What the volume held when the snapshot was begun.</summary>
    [JsonIgnore]
    public ReadOnlyMemory<byte> Content { get; init; }

    public IReadOnlyList<Ec2Tag> TagList() => Ec2Tag.From(Tags);

    public string StatusAt(DateTimeOffset now) => EndsAt <= now ? EndStatus : Status;

    /// <summary>How much is copied, as in 50%; empty until EC2 knows.</summary>
    public string ProgressAt(DateTimeOffset now)
    {
        if (StatusAt(now) == SnapshotState.Completed) return "100%";
        if (EndsAt is not { } end || end <= StartTime || now <= StartTime) return "";
        return $"{(int)(100 * ((now - StartTime) / (end - StartTime)))}%";
    }
}
