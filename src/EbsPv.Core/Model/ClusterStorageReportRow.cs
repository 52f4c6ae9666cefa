namespace EbsPv;

/// <summary>A volume, its PersistentVolume, its claim and its pods on one line, as far as each is there.</summary>
public sealed record ClusterStorageReportRow
{
    /// <summary>What the row is, and what it lacks: Registered, Unregistered, Retired, SwapUnderWay, VolumeGone, VolumeUnknown, ClaimWaiting.</summary>
    public required ClusterStorageKind Kind { get; init; }

    /// <summary>The EBS volume; null for a claim that has none.</summary>
    public string? VolumeId { get; init; }

    /// <summary>The volume's tag <c>Name</c>.</summary>
    public string? Name { get; init; }

    /// <summary>The PersistentVolume that stands for the volume.</summary>
    public string? PersistentVolume { get; init; }

    /// <summary>The claim, as <c>namespace/name</c>.</summary>
    public string? Claim { get; init; }

    /// <summary>Pods that mount the claim and are not finished, as <c>namespace/name</c>.</summary>
    public IReadOnlyList<string> Pod { get; init; } = [];

    /// <summary>Nodes of those pods, and of what attaches the volume.</summary>
    public IReadOnlyList<string> Node { get; init; } = [];

    /// <summary>Zone of the volume; where it is not known, the one that its PersistentVolume names.</summary>
    public string? AvailabilityZone { get; init; }

    /// <summary>Size in GiB.</summary>
    public int? Size { get; init; }

    /// <summary>gp3, gp2, io1, io2, st1, sc1 or standard.</summary>
    public string? VolumeType { get; init; }

    /// <summary>Input/output operations per second; null where the type has no such figure.</summary>
    public int? Iops { get; init; }

    /// <summary>Throughput in MiB/s; null where the type has no such figure.</summary>
    public int? Throughput { get; init; }

    /// <summary>creating, available, in-use, deleting or error, as EC2 says.</summary>
    public string? State { get; init; }

    /// <summary>Pending, Available, Bound, Released, Failed or Terminating, as Kubernetes says of the PersistentVolume.</summary>
    public string? Status { get; init; }

    /// <summary>Pending, Bound, Lost or Terminating, as Kubernetes says of the claim.</summary>
    public string? ClaimStatus { get; init; }

    /// <summary>Capacity of the PersistentVolume, as Kubernetes writes it.</summary>
    public string? Capacity { get; init; }

    /// <summary>Storage class of the PersistentVolume, or of the claim.</summary>
    public string? StorageClassName { get; init; }

    /// <summary>Instances that have the volume attached.</summary>
    public IReadOnlyList<string> AttachedTo { get; init; } = [];

    /// <summary>The newest completed snapshot of the volume, whoever made it.</summary>
    public string? LastSnapshotId { get; init; }

    /// <summary>The point in time whose data that snapshot holds.</summary>
    public DateTime? LastSnapshotTime { get; init; }

    /// <summary>How old that data was when the report was made.</summary>
    public TimeSpan? LastSnapshotAge { get; init; }

    /// <summary>What the volume costs a month by list price, without taxes and discounts; null where its price is not known.</summary>
    public decimal? MonthlyCost { get; init; }

    /// <summary>Currency of the cost.</summary>
    public string? Currency { get; init; }

    /// <summary>The day of the price list; null for prices that EBSPV_VOLUME_PRICES gave.</summary>
    public string? PriceDate { get; init; }

    /// <summary>Whether a move, restore or conversion of it has begun and is not finished; also of the disk that it replaces, and of the copy.</summary>
    public bool SwapUnderWay { get; init; }

    /// <summary>Whether a move or restore has replaced the volume.</summary>
    public bool Retired { get; init; }

    /// <summary>The volume's tags.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>When the volume was made.</summary>
    public DateTime? CreateTime { get; init; }

    /// <summary>Region of the volume.</summary>
    public string? Region { get; init; }

    /// <summary>The cluster.</summary>
    public string? ClusterName { get; init; }

    /// <summary>The kube context that was asked.</summary>
    public string? Context { get; init; }

    /// <summary>The volume, the PersistentVolume or the claim.</summary>
    public override string ToString() => VolumeId ?? PersistentVolume ?? Claim ?? Kind.ToString();
}
