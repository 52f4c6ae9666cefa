using System.Text.RegularExpressions;
using EbsPv.Errors;

namespace EbsPv.Volumes;

/// <summary>What a new volume may ask for, checked before the first call. Ceilings are data; what a type has at all is structure.</summary>
/// <remarks>Source: CreateVolume of the EC2 API reference; the EBS guide on ratios.</remarks>
public static partial class VolumeSpecRules
{
    /// <summary>Rates in MiB/s at which a snapshot's blocks may be loaded.</summary>
    private static readonly LimitRange InitializationRates = new(100, 300);

    /// <summary>Refuses every combination that EC2 refuses.</summary>
    /// <returns>The request, with the type in EC2's spelling.</returns>
    /// <exception cref="EbsPvException">VolumeTypeUnknown, SizeOutOfRangeForType, IopsRequired, IopsNotAllowed, IopsOutOfRangeForType,
    /// IopsRatioExceeded, ThroughputNotAllowed, ThroughputOutOfRangeForType, ThroughputRatioExceeded, MultiAttachNotAllowed, KmsConflict,
    /// KmsInvalid, SnapshotIdInvalid, InitRateInvalid, SettingInvalid.</exception>
    public static VolumeSpec Checked(VolumeSpec spec, string? limitOverrides)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var limits = VolumeTypes.Find(spec.VolumeType, limitOverrides);
        VolumeTypes.CheckSize(limits, spec.Size);
        CheckIops(spec, limits);
        CheckThroughput(spec, limits);
        CheckEncryption(spec);
        CheckSnapshot(spec);
        if (spec.MultiAttachEnabled && !limits.MultiAttach)
            throw Refused(ErrorIds.MultiAttachNotAllowed, $"{limits.VolumeType} volumes can be attached to one instance only.", limits.VolumeType, "Use io2, or io1, for -MultiAttachEnabled.");
        return spec with { VolumeType = limits.VolumeType };
    }

    /// <summary>Refuses a rate at which EC2 loads no snapshot.</summary>
    /// <exception cref="EbsPvException">InitRateInvalid.</exception>
    public static void CheckInitializationRate(int rate)
    {
        if (!InitializationRates.Holds(rate))
            throw Refused(ErrorIds.InitRateInvalid, $"-VolumeInitializationRate is {rate}, and {InitializationRates} MiB/s are possible.", rate, "Choose a rate within, or leave it out.");
    }

    private static void CheckIops(VolumeSpec spec, VolumeTypeLimits limits)
    {
        if (spec.Iops is not { } iops)
        {
            if (!limits.IopsRequired) return;
            throw Refused(ErrorIds.IopsRequired, $"{limits.VolumeType} volumes need -Iops, {limits.Iops}.", limits.VolumeType, "Add -Iops, or use gp3, which has 3,000 IOPS at any size.");
        }

        if (limits.Iops is not { } range)
            throw Refused(ErrorIds.IopsNotAllowed, $"{limits.VolumeType} volumes have the IOPS of their type and size; -Iops cannot change them.", iops, "Leave -Iops out, or use gp3, io1 or io2.");
        if (!range.Holds(iops))
            throw Refused(ErrorIds.IopsOutOfRangeForType, $"{iops} IOPS are not possible for {limits.VolumeType}: it has {range}.", iops, Ceiling(limits, "iops", $"{range.Min}-{iops}", iops > range.Max));
        var most = Math.Max(limits.BaselineIops, (long)spec.Size * limits.MaxIopsPerGiB!.Value);
        if (iops > most)
            throw Refused(
                ErrorIds.IopsRatioExceeded,
                $"{iops} IOPS are too many for {spec.Size} GiB of {limits.VolumeType}: it has {limits.MaxIopsPerGiB} for each GiB, {most} here.",
                iops,
                $"Ask for at most {most} IOPS, or for {(iops + limits.MaxIopsPerGiB - 1) / limits.MaxIopsPerGiB} GiB.");
    }

    private static void CheckThroughput(VolumeSpec spec, VolumeTypeLimits limits)
    {
        if (spec.Throughput is not { } throughput) return;
        if (limits.Throughput is not { } range)
            throw Refused(ErrorIds.ThroughputNotAllowed, $"{limits.VolumeType} volumes have the throughput of their type; -Throughput cannot change it.", throughput, "Leave -Throughput out, or use gp3.");
        if (!range.Holds(throughput))
            throw Refused(ErrorIds.ThroughputOutOfRangeForType, $"{throughput} MiB/s are not possible for {limits.VolumeType}: it has {range}.", throughput, Ceiling(limits, "throughput", $"{range.Min}-{throughput}", throughput > range.Max));
        var iops = spec.Iops ?? limits.BaselineIops;
        if ((long)throughput * limits.IopsPerMiBps > iops)
            throw Refused(
                ErrorIds.ThroughputRatioExceeded,
                $"{throughput} MiB/s need {throughput * limits.IopsPerMiBps} IOPS, and the volume would have {iops}.",
                throughput,
                $"Add -Iops {throughput * limits.IopsPerMiBps}, or ask for at most {iops / limits.IopsPerMiBps} MiB/s.");
    }

    private static void CheckEncryption(VolumeSpec spec)
    {
        if (spec.KmsKeyId is not { } key) return;
        if (spec.Encrypted == false)
            throw Refused(ErrorIds.KmsConflict, "-KmsKeyId names a key to encrypt with, and -Encrypted $false asks for no encryption.", key, "Leave one of them out.");
        KmsKeyRule.Check(key, region: null);
    }

    private static void CheckSnapshot(VolumeSpec spec)
    {
        if (spec.SnapshotId is { } snapshot && !SnapshotId().IsMatch(snapshot))
            throw Refused(ErrorIds.SnapshotIdInvalid, $"'{Defaults.Escaped.Text(snapshot)}' is not a snapshot id.", snapshot, "A snapshot id is snap- and 8 or 17 hexadecimal digits.");
        if (spec.VolumeInitializationRate is not { } rate) return;
        if (spec.SnapshotId is null)
            throw Refused(ErrorIds.InitRateInvalid, "-VolumeInitializationRate is the rate at which a snapshot is loaded, and there is no -SnapshotId.", rate, "Add -SnapshotId, or leave the rate out.");
        CheckInitializationRate(rate);
    }

    private static string Ceiling(VolumeTypeLimits limits, string part, string range, bool above) => above
        ? $"The ceiling is of {VolumeTypes.TableDate}. If AWS has raised it: $env:{VolumeTypes.Variable} = '{limits.VolumeType}.{part}={range}'."
        : "Choose a value within.";

    private static EbsPvException Refused(string errorId, string message, object target, string action) => EbsPvException.Input(errorId, message, target, action);

    [GeneratedRegex(@"^snap-(?:[0-9a-f]{8}|[0-9a-f]{17})\z")]
    private static partial Regex SnapshotId();
}
