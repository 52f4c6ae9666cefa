using EbsPv.Sandbox.Ec2.Model;
using EbsPv.Sandbox.Ec2.Protocol;

namespace EbsPv.Sandbox.Ec2;

/// <summary>Whether EC2 would begin a modification, and what comes of the values that the request does not name.</summary>
/// <remarks>Source: ModifyVolume of the EC2 API reference; "Modify a volume" of the EBS guide on gp2 to gp3.</remarks>
public static class VolumeModificationRules
{
    private const int BaselineIops = 3_000;
    private const int BaselineThroughput = 125;

    public static VolumeModification Begin(EbsVolume volume, VolumeModificationSpec spec, Ec2Settings settings, DateTimeOffset now)
    {
        CheckState(volume, settings, now);
        var target = Target(volume, spec);
        var optimizing = now + settings.ModifyTime;
        return new VolumeModification
        {
            Original = VolumeShape.Of(volume),
            Target = target,
            StartTime = now,
            OptimizingFrom = optimizing,
            CompletedFrom = optimizing + settings.OptimizeTime,
            VisibleFrom = now + settings.ModificationVisibilityDelay,
            Fails = settings.FailingModifications.Contains(volume.VolumeId) || settings.FailingModifications.Contains("*"),
        };
    }

    private static void CheckState(EbsVolume volume, Ec2Settings settings, DateTimeOffset now)
    {
        var state = volume.StateAt(now);
        if (state is not (VolumeState.Available or VolumeState.InUse)) throw Ec2Errors.NotModifiable(volume.VolumeId, state);
        if (volume.Modifications is [.., var latest] && latest.IsUnderWay(now))
            throw Ec2Errors.ModificationUnderWay(volume.VolumeId, latest.StateAt(now));
        if (volume.Modifications.Count(modification => modification.StartTime > now.AddHours(-24)) >= settings.ModificationsPerDay)
            throw Ec2Errors.ModificationRateExceeded();
    }

    private static VolumeShape Target(EbsVolume volume, VolumeModificationSpec spec)
    {
        var type = spec.Type ?? VolumeTypeLimits.ByName[volume.VolumeType];
        var size = spec.Size ?? volume.Size;
        if (size < volume.Size) throw Ec2Errors.InvalidValue("New size cannot be smaller than existing size");
        var target = new VolumeSpec
        {
            AvailabilityZone = volume.AvailabilityZone,
            Type = type,
            Size = size,
            Iops = spec.Iops ?? (type.AllowsIops ? KeptIops(volume, type) : null),
            Throughput = spec.Throughput ?? (type.AllowsThroughput ? KeptThroughput(volume, type) : null),
            MultiAttachEnabled = spec.MultiAttachEnabled ?? volume.MultiAttachEnabled,
        };
        target.CheckOptions();
        target.CheckSize(size);
        return new VolumeShape(type.Name, size, type.ShownIops(size, target.Iops), target.Throughput, target.MultiAttachEnabled);
    }

    private static int? KeptIops(EbsVolume volume, VolumeTypeLimits type)
    {
        if (volume.VolumeType == type.Name) return volume.Iops;
        return volume.VolumeType == "gp2" && type.Name == "gp3" ? Math.Max(BaselineIops, volume.Iops ?? 0) : BaselineIops;
    }

    // gp2 gives 250 MiB/s above 170 GiB.
    private static int? KeptThroughput(EbsVolume volume, VolumeTypeLimits type)
    {
        if (volume.VolumeType == type.Name) return volume.Throughput;
        return volume.VolumeType == "gp2" && volume.Size > 170 ? 250 : BaselineThroughput;
    }
}
