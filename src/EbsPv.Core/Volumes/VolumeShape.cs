using System.Globalization;

namespace EbsPv.Volumes;

/// <summary>What a change can change of a volume.</summary>
/// <param name="VolumeType">gp3, gp2, io1, io2, st1, sc1 or standard.</param>
/// <param name="Size">Size in GiB.</param>
/// <param name="Iops">IOPS; null where the type has no such figure.</param>
/// <param name="Throughput">Throughput in MiB/s; null where the type has no such figure.</param>
public sealed record VolumeShape(string VolumeType, int Size, int? Iops, int? Throughput)
{
    /// <summary>The shape that a volume has.</summary>
    public static VolumeShape Of(ClusterEbsVolume volume)
    {
        ArgumentNullException.ThrowIfNull(volume);
        return new VolumeShape(volume.VolumeType ?? string.Empty, volume.Size, volume.Iops, volume.Throughput);
    }

    /// <summary>As sentences write it: <c>gp3, 20 GiB, 3000 IOPS, 125 MiB/s</c>.</summary>
    public override string ToString()
    {
        var iops = Iops is null ? "" : string.Create(CultureInfo.InvariantCulture, $", {Iops} IOPS");
        var throughput = Throughput is null ? "" : string.Create(CultureInfo.InvariantCulture, $", {Throughput} MiB/s");
        return string.Create(CultureInfo.InvariantCulture, $"{VolumeType}, {Size} GiB{iops}{throughput}");
    }
}
