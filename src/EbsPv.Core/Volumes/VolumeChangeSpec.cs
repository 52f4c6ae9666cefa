namespace EbsPv.Volumes;

/// <summary>What volumes shall become; null is what they keep, or what EC2 chooses for another type.</summary>
public sealed record VolumeChangeSpec
{
    /// <summary>Another type: gp3, gp2, io1, io2, st1, sc1 or standard.</summary>
    public string? VolumeType { get; init; }

    /// <summary>Size in GiB, no smaller than the volume's.</summary>
    public int? Size { get; init; }

    /// <summary>IOPS, for gp3, io1 and io2.</summary>
    public int? Iops { get; init; }

    /// <summary>Throughput in MiB/s, for gp3.</summary>
    public int? Throughput { get; init; }

    /// <summary>Whether gp3's baseline is asked for, 3,000 IOPS and 125 MiB/s.</summary>
    public bool Baseline { get; init; }

    /// <summary>Value of <see cref="VolumeTypes.Variable"/>.</summary>
    public string? LimitOverrides { get; init; }
}
