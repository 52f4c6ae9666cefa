namespace EbsPv.Sandbox.Ec2.Model;

/// <summary>What a modification changes of a volume.</summary>
public sealed record VolumeShape(string VolumeType, int Size, int? Iops, int? Throughput, bool MultiAttachEnabled)
{
    public static VolumeShape Of(EbsVolume volume) =>
        new(volume.VolumeType, volume.Size, volume.Iops, volume.Throughput, volume.MultiAttachEnabled);

    public EbsVolume Apply(EbsVolume volume) => volume with
    {
        VolumeType = VolumeType, Size = Size, Iops = Iops, Throughput = Throughput, MultiAttachEnabled = MultiAttachEnabled,
    };
}
