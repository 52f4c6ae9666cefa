namespace EbsPv.Volumes;

/// <summary>What every new volume of a request shall be.</summary>
public sealed record VolumeSpec
{
    /// <summary>Size in GiB.</summary>
    public required int Size { get; init; }

    /// <summary>gp3, gp2, io1, io2, st1, sc1 or standard.</summary>
    public string VolumeType { get; init; } = VolumeTypes.Default;

    /// <summary>IOPS asked for; null for the type's own.</summary>
    public int? Iops { get; init; }

    /// <summary>Throughput asked for, in MiB/s; null for the type's own.</summary>
    public int? Throughput { get; init; }

    /// <summary>Whether to encrypt; null for the account's default.</summary>
    public bool? Encrypted { get; init; }

    /// <summary>Key to encrypt with: an id, an alias or an ARN.</summary>
    public string? KmsKeyId { get; init; }

    /// <summary>Snapshot to begin from.</summary>
    public string? SnapshotId { get; init; }

    /// <summary>Rate in MiB/s at which the snapshot's blocks are loaded, 100 to 300.</summary>
    public int? VolumeInitializationRate { get; init; }

    /// <summary>Whether several instances may attach it.</summary>
    public bool MultiAttachEnabled { get; init; }
}
