namespace EbsPv.Ports;

/// <summary>EC2's word on the latest modification of a volume.</summary>
/// <param name="VolumeId">The volume.</param>
/// <param name="State">modifying, optimizing, completed or failed.</param>
/// <param name="VolumeType">The type it leads to.</param>
/// <param name="Size">The size in GiB that it leads to.</param>
public sealed record VolumeModification(string VolumeId, string State, string VolumeType, int Size)
{
    /// <summary>The IOPS that it leads to; null where the type has no such figure.</summary>
    public int? Iops { get; init; }

    /// <summary>The throughput in MiB/s that it leads to; null where the type has no such figure.</summary>
    public int? Throughput { get; init; }

    /// <summary>0 to 100 percent.</summary>
    public long? Progress { get; init; }

    /// <summary>EC2's remark, when it failed.</summary>
    public string? StatusMessage { get; init; }

    /// <summary>When EC2 accepted it.</summary>
    public DateTime? StartTime { get; init; }

    /// <summary>Whether EC2 still works on it, and takes no other.</summary>
    public bool IsUnderWay => State is "modifying" or "optimizing";
}
