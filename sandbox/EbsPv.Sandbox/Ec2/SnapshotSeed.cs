using EbsPv.Sandbox.Ec2.Model;

namespace EbsPv.Sandbox.Ec2;

/// <summary>A snapshot to be there, of a volume that is there, was there or never was. What is not said is as in the volume.</summary>
public sealed record SnapshotSeed
{
    public string? SnapshotId { get; init; }

    public string Region { get; init; } = KopsCluster.Region;

    public string VolumeId { get; init; } = "vol-ffffffff";

    /// <summary>In GiB; needed when there is no such volume.</summary>
    public int? VolumeSize { get; init; }

    public bool? Encrypted { get; init; }

    public string? KmsKeyId { get; init; }

    public string? Description { get; init; }

    public string OwnerId { get; init; } = KopsCluster.AccountId;

    public DateTimeOffset? StartTime { get; init; }

    /// <summary>How long ago it was begun, instead of <see cref="StartTime"/>.</summary>
    public TimeSpan Age { get; init; }

    /// <summary>pending, completed or error; for good, unless <see cref="EndsAt"/> is given.</summary>
    public string Status { get; init; } = SnapshotState.Completed;

    public DateTimeOffset? EndsAt { get; init; }

    public string EndStatus { get; init; } = SnapshotState.Completed;

    public DateTimeOffset VisibleFrom { get; init; }

    /// <summary>Who made it: adds that maker's tags and description.</summary>
    public SnapshotMaker MadeBy { get; init; }

    /// <summary>In place of the maker's where the keys are the same; those of aws: are taken, too.</summary>
    public Dictionary<string, string> Tags { get; init; } = [];

    /// <summary>What it holds, in Base64.</summary>
    public byte[]? Content { get; init; }

    public EbsSnapshot Snapshot(EbsVolume? volume, DateTimeOffset now)
    {
        if (Status is not (SnapshotState.Pending or SnapshotState.Completed or SnapshotState.Error))
            throw new ArgumentException($"'{Status}' is no state of a snapshot.");
        return new EbsSnapshot
        {
            SnapshotId = SnapshotId ?? Ec2State.NewId("snap"),
            Region = Region,
            VolumeId = VolumeId,
            VolumeSize = VolumeSize ?? volume?.At(now).Size ?? throw new ArgumentException($"The volume '{VolumeId}' is unknown: the snapshot needs a volumeSize."),
            Encrypted = Encrypted ?? volume?.Encrypted ?? false,
            KmsKeyId = KmsKeyId ?? volume?.KmsKeyId,
            Description = Description ?? MakerDescription(),
            OwnerId = OwnerId,
            StartTime = StartTime ?? now - Age,
            Status = Status,
            EndsAt = EndsAt,
            EndStatus = EndStatus,
            VisibleFrom = VisibleFrom,
            Tags = AllTags(),
            Content = Content ?? volume?.Content ?? default(ReadOnlyMemory<byte>),
        };
    }

    private Dictionary<string, string> AllTags()
    {
        var tags = MakerTags();
        foreach (var (key, value) in Tags) tags[key] = value;
        return tags;
    }

    private Dictionary<string, string> MakerTags() => MadeBy switch
    {
        SnapshotMaker.Dlm => new()
        {
            ["aws:dlm:lifecycle-policy-id"] = "policy-0a1b2c3d4e5f60718",
            ["aws:dlm:lifecycle-schedule-name"] = "Nightly",
            ["dlm:managed"] = "true",
        },
        SnapshotMaker.Backup => new()
        {
            ["aws:backup:source-resource"] = $"arn:aws:ec2:{Region}:{OwnerId}:volume/{VolumeId}",
        },
        SnapshotMaker.Csi => new()
        {
            ["CSIVolumeSnapshotName"] = "snapshot-4f1c0b62-6f0e-4c3c-9d0b-1f2e3d4c5b6a",
            ["ebs.csi.aws.com/cluster"] = "true",
        },
        SnapshotMaker.Velero => new()
        {
            ["velero.io/backup"] = "nightly",
            ["velero.io/storage-location"] = "default",
        },
        _ => [],
    };

    private string MakerDescription() => MadeBy switch
    {
        SnapshotMaker.Dlm => "Created for policy: policy-0a1b2c3d4e5f60718 schedule: Nightly",
        SnapshotMaker.Backup => "This snapshot is created by the AWS Backup service.",
        SnapshotMaker.Csi => "Created by AWS EBS CSI driver for volume " + VolumeId,
        _ => "",
    };
}
