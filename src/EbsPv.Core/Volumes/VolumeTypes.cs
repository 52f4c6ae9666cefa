using System.Globalization;
using EbsPv.Errors;

namespace EbsPv.Volumes;

/// <summary>The volume types of EBS and their limits, as data: AWS raises ceilings, so a row can be replaced.</summary>
/// <remarks>Source: CreateVolume of the EC2 API reference; ratios of the EBS guide. <c>EBSPV_VOLUME_LIMITS</c> replaces parts of rows:
/// <c>gp3=1-131072;gp3.iops=3000-160000;gp3.throughput=125-4000;io2.iopsPerGiB=2000</c>.</remarks>
public static class VolumeTypes
{
    /// <summary>Name of the variable that replaces rows.</summary>
    public const string Variable = "EBSPV_VOLUME_LIMITS";

    /// <summary>The day on which the table was read from its source.</summary>
    public const string TableDate = "2026-11-01";

    /// <summary>The type that a create makes unless told otherwise.</summary>
    public const string Default = "gp3";

    private static readonly VolumeTypeLimits[] BuiltIn =
    [
        new("gp3", 1, 65_536)
        {
            Iops = new(3_000, 80_000), MaxIopsPerGiB = 500, BaselineIops = 3_000, Throughput = new(125, 2_000), IopsPerMiBps = 4,
        },
        new("gp2", 1, 16_384),
        new("io1", 4, 16_384, IopsRequired: true) { Iops = new(100, 64_000), MaxIopsPerGiB = 50, BaselineIops = 100, MultiAttach = true },
        new("io2", 4, 65_536, IopsRequired: true) { Iops = new(100, 256_000), MaxIopsPerGiB = 1_000, BaselineIops = 100, MultiAttach = true },
        new("st1", 125, 16_384),
        new("sc1", 125, 16_384),
        new("standard", 1, 1_024),
    ];

    /// <summary>Names of all types.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. BuiltIn.Select(row => row.VolumeType)];

    /// <summary>The limits of a type, in any case.</summary>
    /// <param name="volumeType">Name of the type.</param>
    /// <param name="overrides">Value of <see cref="Variable"/>.</param>
    /// <exception cref="EbsPvException">VolumeTypeUnknown, SettingInvalid.</exception>
    public static VolumeTypeLimits Find(string volumeType, string? overrides = null)
    {
        var row = Array.Find(BuiltIn, row => row.VolumeType.Equals(volumeType, StringComparison.OrdinalIgnoreCase)) ?? throw Unknown(volumeType);
        return Overridden(row, overrides);
    }

    /// <summary>Whether a create may name the IOPS of this type; of a type that is not known here, EC2 decides.</summary>
    public static bool TakesIops(string volumeType) => BuiltIn.FirstOrDefault(row => Same(row.VolumeType, volumeType)) is null or { Iops: not null };

    /// <summary>Whether a create may name the throughput of this type; of a type that is not known here, EC2 decides.</summary>
    public static bool TakesThroughput(string volumeType) => BuiltIn.FirstOrDefault(row => Same(row.VolumeType, volumeType)) is null or { Throughput: not null };

    /// <summary>Refuses a size that the type does not allow.</summary>
    /// <exception cref="EbsPvException">SizeOutOfRangeForType.</exception>
    public static void CheckSize(VolumeTypeLimits limits, int size)
    {
        ArgumentNullException.ThrowIfNull(limits);
        if (size >= limits.MinSize && size <= limits.MaxSize) return;
        throw EbsPvException.Input(
            ErrorIds.SizeOutOfRangeForType,
            $"{size} GiB is not possible for {limits.VolumeType}: it has {limits.MinSize} to {limits.MaxSize} GiB.",
            size,
            size < limits.MinSize
                ? $"Use {limits.MinSize} GiB or more, or another -VolumeType."
                : $"The ceiling is of {TableDate}. If AWS has raised it: $env:{Variable} = '{limits.VolumeType}={limits.MinSize}-{size}'.");
    }

    private static VolumeTypeLimits Overridden(VolumeTypeLimits row, string? overrides)
    {
        foreach (var entry in (overrides ?? string.Empty).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var parts = entry.Split('=', StringSplitOptions.TrimEntries);
            var name = parts[0].Split('.');
            var part = name.Length == 2 ? name[1].ToLowerInvariant() : "size";
            var range = parts.Length == 2 ? Range(parts[1], part) : null;
            if (range is null || name.Length > 2 || Array.TrueForAll(BuiltIn, known => !Same(known.VolumeType, name[0]))) throw Unreadable(entry);
            if (Same(name[0], row.VolumeType)) row = Replaced(row, part, range) ?? throw Unreadable(entry);
        }

        return row;
    }

    private static VolumeTypeLimits? Replaced(VolumeTypeLimits row, string part, LimitRange range) => part switch
    {
        "size" => row with { MinSize = range.Min, MaxSize = range.Max },
        "iops" => row with { Iops = range },
        "throughput" => row with { Throughput = range },
        "iopspergib" => row with { MaxIopsPerGiB = range.Max },
        _ => null,
    };

    // A ratio is one number, everything else from-to.
    private static LimitRange? Range(string text, string part)
    {
        var numbers = text.Split('-', StringSplitOptions.TrimEntries);
        if (numbers.Length != (part == "iopspergib" ? 1 : 2)) return null;
        if (!Number(numbers[0], out var min) || !Number(numbers[^1], out var max) || min > max) return null;
        return new LimitRange(min, max);

        static bool Number(string text, out int value) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }

    private static bool Same(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);

    private static EbsPvException Unreadable(string entry) => EbsPvException.Input(
        ErrorIds.SettingInvalid,
        $"{Variable} cannot be read at '{Defaults.Escaped.Text(entry)}'.",
        entry,
        "Write it as in gp3=1-131072;gp3.iops=3000-160000;gp3.throughput=125-4000;io2.iopsPerGiB=2000.");

    private static EbsPvException Unknown(string volumeType)
    {
        var near = Names.MinBy(name => Distance(name, volumeType.ToLowerInvariant()));
        return EbsPvException.Input(
            ErrorIds.VolumeTypeUnknown,
            $"EBS has no volume type '{Defaults.Escaped.Text(volumeType)}'. The types are {string.Join(", ", Names)}.",
            volumeType,
            $"Did you mean {near}?");
    }

    private static int Distance(string known, string given) =>
        Math.Abs(known.Length - given.Length) + known.Zip(given).Count(pair => pair.First != pair.Second);
}
