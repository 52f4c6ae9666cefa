namespace EbsPv.Volumes;

/// <summary>What EC2 allows for a volume type.</summary>
/// <param name="VolumeType">gp3, gp2, io1, io2, st1, sc1 or standard.</param>
/// <param name="MinSize">Smallest size in GiB.</param>
/// <param name="MaxSize">Largest size in GiB.</param>
/// <param name="IopsRequired">Whether a create must name the IOPS.</param>
public sealed record VolumeTypeLimits(string VolumeType, int MinSize, int MaxSize, bool IopsRequired = false)
{
    /// <summary>IOPS that may be asked for; null where the type sets them itself.</summary>
    public LimitRange? Iops { get; init; }

    /// <summary>Most IOPS for each GiB; null where there are none to ask for.</summary>
    public int? MaxIopsPerGiB { get; init; }

    /// <summary>IOPS that any size may have, whatever the ratio says.</summary>
    public int BaselineIops { get; init; }

    /// <summary>Throughput in MiB/s that may be asked for; null where the type sets it itself.</summary>
    public LimitRange? Throughput { get; init; }

    /// <summary>IOPS that each MiB/s of throughput needs.</summary>
    public int IopsPerMiBps { get; init; }

    /// <summary>Whether it can be attached to several instances.</summary>
    public bool MultiAttach { get; init; }
}
