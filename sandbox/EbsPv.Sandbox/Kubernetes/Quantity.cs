using System.Globalization;
using System.Text.RegularExpressions;

namespace EbsPv.Sandbox.Kubernetes;

/// <summary>A resource quantity: parsed as strictly, and written back as canonically, as the real server does.</summary>
public readonly partial record struct Quantity(decimal Value, string Text)
{
    public const string FormatRule = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
    private const string SuffixRule = "unable to parse quantity's suffix";
    private static readonly string[] s_binary = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];
    private static readonly string[] s_decimal = ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"];

    public static Quantity Zero { get; } = new(0, "0");

    public static Quantity ParseOrZero(string? text) => TryParse(text ?? "", out var quantity) is null ? quantity : Zero;

    /// <summary>Null when it is a quantity, otherwise what the real server says about it.</summary>
    public static string? TryParse(string text, out Quantity quantity)
    {
        quantity = Zero;
        var match = Shape().Match(text);
        if (!match.Success) return FormatRule;
        if (!decimal.TryParse(match.Groups[1].Value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture, out var number)) return FormatRule;
        var suffix = match.Groups[2].Value;
        if (Array.IndexOf(s_binary, suffix) is > 0 and var binary) quantity = Binary(number * Power(1024, binary));
        else if (Array.IndexOf(s_decimal, suffix) is >= 0 and var step) quantity = Decimal(number * Thousand(step - 3));
        else if (suffix[0] is 'e' or 'E' && int.TryParse(suffix[1..], out var exponent) && Math.Abs(exponent) <= 18)
            quantity = Exponent(number * Ten(exponent));
        else return SuffixRule;
        return null;
    }

    public override string ToString() => Text;

    private static Quantity Binary(decimal value)
    {
        if (Math.Abs(value) < 1024 || value != Math.Truncate(value)) return Decimal(value);
        var (mantissa, step) = Divide(value, 1024, s_binary.Length - 1);
        return new Quantity(value, mantissa + s_binary[step]);
    }

    private static Quantity Decimal(decimal value)
    {
        if (value == 0) return Zero;
        var nanos = Math.Ceiling(value * 1_000_000_000m);
        var (mantissa, step) = Divide(nanos, 1000, s_decimal.Length - 1);
        return new Quantity(nanos / 1_000_000_000m, mantissa + s_decimal[step]);
    }

    private static Quantity Exponent(decimal value)
    {
        if (value != Math.Truncate(value)) return Decimal(value);
        var (mantissa, step) = Divide(value, 1000, 6);
        return new Quantity(value, step == 0 ? mantissa : $"{mantissa}e{3 * step}");
    }

    private static (string Mantissa, int Steps) Divide(decimal value, int by, int most)
    {
        var steps = 0;
        for (; steps < most && value != 0 && value % by == 0; steps++) value /= by;
        return (Math.Truncate(value).ToString(CultureInfo.InvariantCulture), steps);
    }

    private static decimal Power(int number, int exponent) => Enumerable.Repeat((decimal)number, exponent).Aggregate(1m, (a, b) => a * b);

    private static decimal Thousand(int steps) => steps >= 0 ? Power(1000, steps) : 1m / Power(1000, -steps);

    private static decimal Ten(int exponent) => exponent >= 0 ? Power(10, exponent) : 1m / Power(10, -exponent);

    [GeneratedRegex(@"^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$")]
    private static partial Regex Shape();
}
