using System.Globalization;
using EbsPv.Errors;

namespace EbsPv.Volumes;

/// <summary>The volume types of EBS and their limits, as data: AWS raises ceilings, so a row can be replaced.</summary>
/// <remarks>Source: CreateVolume of the EC2 API reference. <c>EBSPV_VOLUME_LIMITS</c> replaces rows: <c>gp3=1-131072;io2=4-131072</c>.</remarks>
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
        new("gp3", 1, 65_536),
        new("gp2", 1, 16_384),
        new("io1", 4, 16_384, IopsRequired: true),
        new("io2", 4, 65_536, IopsRequired: true),
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
            var parts = entry.Split('=', '-');
            if (parts.Length != 3 || !Number(parts[1], out var min) || !Number(parts[2], out var max) || min > max)
                throw EbsPvException.Input(
                    ErrorIds.SettingInvalid, $"{Variable} cannot be read at '{entry}'.", entry, "Write rows as in gp3=1-131072;io2=4-131072.");
            if (parts[0].Trim().Equals(row.VolumeType, StringComparison.OrdinalIgnoreCase)) row = row with { MinSize = min, MaxSize = max };
        }

        return row;

        static bool Number(string text, out int value) => int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }

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
