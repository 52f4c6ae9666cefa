namespace EbsPv;

/// <summary>A snapshot of an EBS volume of a cluster.</summary>
public sealed record ClusterEbsSnapshot
{
    /// <summary>The snapshot's id.</summary>
    public required string SnapshotId { get; init; }

    /// <summary>The tag <c>Name</c>.</summary>
    public string? Name { get; init; }

    /// <summary>The volume it was made of, which may be gone.</summary>
    public required string VolumeId { get; init; }

    /// <summary>Region of the snapshot.</summary>
    public required string Region { get; init; }

    /// <summary>The cluster it belongs to.</summary>
    public string? ClusterName { get; init; }

    /// <summary>The set that its volume was a member of.</summary>
    public string? SetName { get; init; }

    /// <summary>Size of the volume in GiB.</summary>
    public int Size { get; init; }

    /// <summary>pending, completed, error, recoverable or recovering, as EC2 says.</summary>
    public required string State { get; init; }

    /// <summary>How much is copied, as in <c>50%</c>; null until EC2 says.</summary>
    public string? Progress { get; init; }

    /// <summary>Whether the snapshot is encrypted.</summary>
    public bool Encrypted { get; init; }

    /// <summary>The key it is encrypted with.</summary>
    public string? KmsKeyId { get; init; }

    /// <summary>The point in time whose data it holds.</summary>
    public DateTime? StartTime { get; init; }

    /// <summary>What it was described as.</summary>
    public string? Description { get; init; }

    /// <summary>All tags, raw.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>The kube context of its cluster.</summary>
    public string? Context { get; init; }

    /// <summary>The snapshot's id.</summary>
    public override string ToString() => SnapshotId;
}
