namespace EbsPv.Volumes;

/// <summary>What EC2 allows for a volume type.</summary>
/// <param name="VolumeType">gp3, gp2, io1, io2, st1, sc1 or standard.</param>
/// <param name="MinSize">Smallest size in GiB.</param>
/// <param name="MaxSize">Largest size in GiB.</param>
/// <param name="IopsRequired">Whether a create must name the IOPS.</param>
public sealed record VolumeTypeLimits(string VolumeType, int MinSize, int MaxSize, bool IopsRequired = false);
