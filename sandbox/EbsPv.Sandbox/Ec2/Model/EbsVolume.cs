using System.Text.Json.Serialization;

namespace EbsPv.Sandbox.Ec2.Model;

/// <summary>
/// A volume as EC2 keeps it. Its state is a function of the time, so that putting the clock forward is enough to make
/// a volume available, failed or gone: nothing has to run in between.
/// </summary>
public sealed record EbsVolume
{
    public required string VolumeId { get; init; }

    /// <summary>The order of creation; pages are cut along it.</summary>
    public long Sequence { get; init; }

    public required string Region { get; init; }

    public required string AvailabilityZone { get; init; }

    public required int Size { get; init; }

    public string VolumeType { get; init; } = "gp2";

    public int? Iops { get; init; }

    public int? Throughput { get; init; }

    public bool Encrypted { get; init; }

    public string? KmsKeyId { get; init; }

    public string? SnapshotId { get; init; }

    public bool MultiAttachEnabled { get; init; }

    public int? VolumeInitializationRate { get; init; }

    public DateTimeOffset CreateTime { get; init; }

    public IReadOnlyList<Ec2Tag> Tags { get; init; } = [];

    public IReadOnlyList<VolumeAttachment> Attachments { get; init; } = [];

    /// <summary>From when DescribeVolumes shows it; before, EC2 knows it and does not tell.</summary>
    public DateTimeOffset VisibleFrom { get; init; }

    public DateTimeOffset AvailableFrom { get; init; }

    /// <summary>When the creation turns out to have failed; null for one that succeeds.</summary>
    public DateTimeOffset? FailsAt { get; init; }

    public DateTimeOffset? DeletedAt { get; init; }

    public DateTimeOffset? GoneAt { get; init; }

    /// <summary>Every modification that was accepted, the latest one last.</summary>
    public IReadOnlyList<VolumeModification> Modifications { get; init; } = [];

    /// <summary>What is written on it. No answer of EC2's shows it; snapshots and the volumes made of them take it along.</summary>
    [JsonIgnore]
    public ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>A state that a test forced on it, whatever the time says.</summary>
    public string? ForcedState { get; init; }

    public bool IsGone(DateTimeOffset now) => GoneAt <= now;

    public bool IsShown(DateTimeOffset now) => VisibleFrom <= now && !IsGone(now);

    /// <summary>This volume with the size, type and performance that it has at a time: a modification shows once it optimizes.</summary>
    public EbsVolume At(DateTimeOffset now) =>
        Modifications is [.., var latest] && latest.HasTakenEffect(now) ? latest.Target.Apply(this) : this;

    public string StateAt(DateTimeOffset now)
    {
        if (IsGone(now)) return VolumeState.Deleted;
        if (ForcedState is not null) return ForcedState;
        if (DeletedAt <= now) return VolumeState.Deleting;
        if (FailsAt <= now) return VolumeState.Error;
        if (AvailableFrom > now) return VolumeState.Creating;
        return Attachments.Count > 0 ? VolumeState.InUse : VolumeState.Available;
    }

    /// <summary>This volume in another state from now on. What follows from its attachments needs no forcing.</summary>
    public EbsVolume Forced(string state, DateTimeOffset now)
    {
        if (state == VolumeState.Deleted) return this with { GoneAt = now };
        var settled = this with { ForcedState = null, AvailableFrom = now, FailsAt = null, DeletedAt = null, GoneAt = null };
        return settled.StateAt(now) == state ? settled : settled with { ForcedState = state };
    }
}
