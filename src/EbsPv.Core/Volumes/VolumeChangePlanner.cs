using EbsPv.Errors;
using EbsPv.Ports;

namespace EbsPv.Volumes;

/// <summary>Works out what becomes of a volume. It makes no call.</summary>
/// <remarks>Source: ModifyVolume of the EC2 API reference; "Modify a volume" of the EBS guide on gp2 to gp3.</remarks>
public static class VolumeChangePlanner
{
    // What EC2 gives a volume that becomes io1 or io2 and names no IOPS.
    private const int IopsOfNewType = 3_000;

    // Above this size in GiB gp2 gives 250 MiB/s.
    private const int FastGp2 = 170, FastGp2Throughput = 250;

    /// <summary>The plan for a volume.</summary>
    /// <param name="volume">The volume as it is.</param>
    /// <param name="spec">The request, checked by <see cref="VolumeChangeRules"/>.</param>
    /// <exception cref="EbsPvException">ResizeNotLarger, BaselineConflict, IopsRequired, MultiAttachNotAllowed, and what
    /// <see cref="VolumeChangeRules.Checked"/> refuses, for this volume.</exception>
    public static VolumeChangePlan Plan(ClusterEbsVolume volume, VolumeChangeSpec spec)
    {
        ArgumentNullException.ThrowIfNull(volume);
        ArgumentNullException.ThrowIfNull(spec);
        var from = VolumeShape.Of(volume);
        if (spec.Size < from.Size) throw NotLarger(volume, spec.Size.Value);
        var to = Target(from, spec);
        var change = new VolumeChange(
            volume.VolumeId ?? string.Empty,
            to.VolumeType == from.VolumeType ? null : to.VolumeType,
            to.Size == from.Size ? null : to.Size,
            Asked(spec.Iops, from.Iops, to.VolumeType == from.VolumeType),
            Asked(spec.Throughput, from.Throughput, to.VolumeType == from.VolumeType));
        Check(volume, spec, to, change);
        return new VolumeChangePlan(volume, to, change);
    }

    /// <summary>What the user should know before anything is changed: IOPS that fall although nobody asked for it.</summary>
    public static string? Warning(IReadOnlyList<VolumeChangePlan> plans)
    {
        ArgumentNullException.ThrowIfNull(plans);
        var falling = plans.Where(plan => plan.Change.Iops is null && plan.To.Iops < plan.From.Iops).ToList();
        if (falling.Count == 0) return null;
        var first = falling[0];
        return $"VolumePerformanceFalls: {falling.Count} of {plans.Count} volumes get fewer IOPS than they have, as {first.Volume}: "
            + $"{first.From.Iops} -> {first.To.Iops}. -Iops asks for more where the type allows it.";
    }

    private static VolumeShape Target(VolumeShape from, VolumeChangeSpec spec)
    {
        var size = spec.Size ?? from.Size;
        var type = spec.VolumeType ?? from.VolumeType;
        if (type == "gp2") return new VolumeShape(type, size, Math.Clamp(3 * size, 100, 16_000), null);
        if (type == from.VolumeType) return new VolumeShape(type, size, spec.Iops ?? from.Iops, spec.Throughput ?? from.Throughput);
        return type switch
        {
            "gp3" => new VolumeShape(type, size, spec.Iops ?? IopsAsGp3(from), spec.Throughput ?? ThroughputAsGp3(from)),
            "io1" or "io2" => new VolumeShape(type, size, spec.Iops ?? IopsOfNewType, null),
            _ => new VolumeShape(type, size, null, null),
        };
    }

    // From gp2 the performance of the source or the baseline, whichever is higher; from any other type the baseline.
    private static int IopsAsGp3(VolumeShape from) =>
        from.VolumeType == "gp2" ? Math.Max(VolumeChangeRules.BaselineIops, from.Iops ?? 0) : VolumeChangeRules.BaselineIops;

    private static int ThroughputAsGp3(VolumeShape from) =>
        from is { VolumeType: "gp2", Size: > FastGp2 } ? FastGp2Throughput : VolumeChangeRules.BaselineThroughput;

    // With another type a value is sent even if it is the old one: EC2 would choose its own otherwise.
    private static int? Asked(int? asked, int? has, bool sameType) => sameType && asked == has ? null : asked;

    private static void Check(ClusterEbsVolume volume, VolumeChangeSpec spec, VolumeShape to, VolumeChange change)
    {
        try
        {
            var limits = VolumeTypes.Find(to.VolumeType, spec.LimitOverrides);
            if (spec.Baseline && limits.Throughput is null) throw VolumeChangeRules.BaselineOnly(limits.VolumeType, to.VolumeType);
            if (change.Size is not null || change.VolumeType is not null) VolumeTypes.CheckSize(limits, to.Size);
            if (change.VolumeType is not null || spec.Iops is not null || spec.Throughput is not null) CheckPerformance(volume, spec, to, limits);
        }
        catch (EbsPvException refusal)
        {
            throw new EbsPvException(refusal.Kind, refusal.ErrorId, $"The volume {volume}, which is {VolumeShape.Of(volume)}, cannot become {to}: {refusal.Message}")
            {
                Target = volume.VolumeId ?? volume.Name,
                RecommendedAction = refusal.RecommendedAction,
            };
        }
    }

    private static void CheckPerformance(ClusterEbsVolume volume, VolumeChangeSpec spec, VolumeShape to, VolumeTypeLimits limits)
    {
        var most = limits.MaxIopsPerGiB is { } ratio ? Math.Max(limits.BaselineIops, (long)to.Size * ratio) : long.MaxValue;
        if (spec.Iops is null && to.Iops > most)
            throw EbsPvException.Input(
                ErrorIds.IopsRequired, $"without -Iops it gets {to.Iops}, and {to.Size} GiB of {to.VolumeType} have at most {most}.", to.Iops, $"Add -Iops, at most {most}.");
        var wanted = new VolumeSpec
        {
            VolumeType = to.VolumeType,
            Size = Math.Clamp(to.Size, limits.MinSize, limits.MaxSize),
            Iops = limits.Iops is null ? spec.Iops : to.Iops,
            Throughput = limits.Throughput is null ? spec.Throughput : to.Throughput,
            MultiAttachEnabled = volume.MultiAttachEnabled,
        };
        _ = VolumeSpecRules.Checked(wanted, spec.LimitOverrides);
    }

    private static EbsPvException NotLarger(ClusterEbsVolume volume, int size) => EbsPvException.Input(
        ErrorIds.ResizeNotLarger,
        $"The volume {volume} has {volume.Size} GiB and cannot get {size}: EBS makes no volume smaller.",
        volume.VolumeId ?? volume.Name,
        $"Ask for more than {volume.Size} GiB, or leave -Size out.");
}
