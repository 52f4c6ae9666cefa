namespace EbsPv.Ports;

/// <summary>What is sent to change a volume, checked already. What is null is not sent, and EC2 keeps or chooses it.</summary>
/// <param name="VolumeId">The volume.</param>
/// <param name="VolumeType">Another type.</param>
/// <param name="Size">A larger size in GiB.</param>
/// <param name="Iops">Other IOPS.</param>
/// <param name="Throughput">Another throughput in MiB/s.</param>
public sealed record VolumeChange(string VolumeId, string? VolumeType, int? Size, int? Iops, int? Throughput)
{
    /// <summary>Whether there is nothing to send.</summary>
    public bool IsEmpty => VolumeType is null && Size is null && Iops is null && Throughput is null;
}
