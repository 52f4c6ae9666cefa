using EbsPv.Errors;

namespace EbsPv.Volumes;

/// <summary>What a change may ask for, as far as that can be told without a volume.</summary>
public static class VolumeChangeRules
{
    /// <summary>gp3's performance when none is asked for, in IOPS and MiB/s; what it costs is in the price of its size.</summary>
    public const int BaselineIops = 3_000, BaselineThroughput = 125;

    /// <summary>Refuses what can be right for no volume.</summary>
    /// <returns>The request, with the type in EC2's spelling and the baseline as values.</returns>
    /// <exception cref="EbsPvException">NothingToChange, BaselineConflict, VolumeTypeUnknown, SizeOutOfRangeForType, IopsNotAllowed,
    /// IopsOutOfRangeForType, IopsRatioExceeded, ThroughputNotAllowed, ThroughputOutOfRangeForType, ThroughputRatioExceeded,
    /// SettingInvalid.</exception>
    public static VolumeChangeSpec Checked(VolumeChangeSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        if (spec is { VolumeType: null, Size: null, Iops: null, Throughput: null, Baseline: false })
            throw EbsPvException.Input(
                ErrorIds.NothingToChange, "No change is asked for.", null, "Give -VolumeType, -Size, -Iops, -Throughput or -Baseline.");
        spec = WithBaseline(spec);
        if (spec.VolumeType is null)
        {
            // Reads the variable once: an unreadable one is no failure of a volume.
            _ = VolumeTypes.Find(VolumeTypes.Default, spec.LimitOverrides);
            return spec;
        }

        var limits = VolumeTypes.Find(spec.VolumeType, spec.LimitOverrides);
        if (spec.Baseline && limits.Throughput is null) throw BaselineOnly(limits.VolumeType, limits.VolumeType);
        CheckType(spec, limits);
        return spec with { VolumeType = limits.VolumeType };
    }

    /// <summary>The refusal of a baseline for a volume that is, or becomes, no gp3.</summary>
    public static EbsPvException BaselineOnly(string volumeType, string target) => EbsPvException.Input(
        ErrorIds.BaselineConflict,
        $"-Baseline is the performance of gp3, {BaselineIops} IOPS and {BaselineThroughput} MiB/s; {volumeType} volumes have none.",
        target,
        "Leave -Baseline out, or add -VolumeType gp3.");

    private static VolumeChangeSpec WithBaseline(VolumeChangeSpec spec)
    {
        if (!spec.Baseline) return spec;
        if (spec.Iops is not null || spec.Throughput is not null)
            throw EbsPvException.Input(
                ErrorIds.BaselineConflict,
                $"-Baseline is {BaselineIops} IOPS and {BaselineThroughput} MiB/s, and -Iops or -Throughput ask for something else.",
                null,
                "Give -Baseline, or -Iops and -Throughput.");
        return spec with { Iops = BaselineIops, Throughput = BaselineThroughput };
    }

    // What is not named is taken as large as it may be: whether the volume's own values fit, only the volume can tell.
    private static void CheckType(VolumeChangeSpec spec, VolumeTypeLimits limits)
    {
        if (spec.Size is { } size) VolumeTypes.CheckSize(limits, size);
        var most = new VolumeSpec
        {
            VolumeType = limits.VolumeType,
            Size = spec.Iops is null ? limits.MaxSize : spec.Size ?? limits.MaxSize,
            Iops = spec.Iops ?? limits.Iops?.Max,
            Throughput = spec.Throughput,
        };
        _ = VolumeSpecRules.Checked(most, spec.LimitOverrides);
    }
}
