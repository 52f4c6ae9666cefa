using System.Globalization;
using System.Text.RegularExpressions;

namespace EbsPv.PersistentVolumes;

/// <summary>Amounts as Kubernetes writes them: <c>10Gi</c>, <c>10G</c>, <c>1.5Ti</c>, <c>1e9</c>.</summary>
/// <remarks>Source: the documentation of Kubernetes' resource quantities.</remarks>
public static partial class Quantity
{
    /// <summary>Bytes of a GiB.</summary>
    public const decimal GiB = 1024m * 1024 * 1024;

    private static readonly string[] Binary = ["Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];
    private static readonly string[] Decimal = ["k", "M", "G", "T", "P", "E"];
    private static readonly string[] Small = ["m", "u", "n"];

    /// <summary>The amount of bytes; null when the text is none.</summary>
    public static decimal? Bytes(string? text)
    {
        if (text is null || Form().Match(text) is not { Success: true } match) return null;
        if (!decimal.TryParse(match.Groups["number"].Value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)) return null;
        return Factor(match.Groups["unit"].Value) is { } factor && Math.Abs(number) < decimal.MaxValue / Math.Max(1, factor) ? number * factor : null;
    }

    /// <summary>The GiB that hold the amount, as drivers round it; null when the text is none.</summary>
    public static int? WholeGiB(string? text) => Bytes(text) is { } bytes and > 0 and < int.MaxValue * GiB ? (int)Math.Ceiling(bytes / GiB) : null;

    private static decimal? Factor(string unit)
    {
        if (unit.Length == 0) return 1;
        if (unit is ['e' or 'E', not 'i', ..]) return int.TryParse(unit[1..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent) && exponent is >= -18 and <= 18 ? Power(10, exponent) : null;
        if (Array.IndexOf(Binary, unit) is >= 0 and var binary) return Power(1024, binary + 1);
        if (Array.IndexOf(Decimal, unit) is >= 0 and var steps) return Power(1000, steps + 1);
        return Array.IndexOf(Small, unit) is >= 0 and var parts ? Power(1000, -parts - 1) : null;
    }

    private static decimal Power(int number, int exponent)
    {
        var power = 1m;
        for (var times = Math.Abs(exponent); times > 0; times--) power *= number;
        return exponent < 0 ? 1 / power : power;
    }

    [GeneratedRegex(@"^(?<number>[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+))(?<unit>[eE][+-]?[0-9]{1,3}|[EPTGMK]i|[EPTGMkmun])?\z")]
    private static partial Regex Form();
}
