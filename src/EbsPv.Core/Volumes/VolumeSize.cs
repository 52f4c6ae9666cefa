using System.Globalization;
using EbsPv.Errors;

namespace EbsPv.Volumes;

/// <summary>Sizes as users write them.</summary>
public static class VolumeSize
{
    // Nothing that EBS has, or is likely to have, is larger: what is, was written in bytes.
    private const long LargestPlausible = 1_048_576;

    private const long BytesInGiB = 1L << 30;

    /// <summary>Reads 10, 10Gi or 1Ti as GiB.</summary>
    /// <exception cref="EbsPvException">SizeNotGiB.</exception>
    public static int Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (DecimalUnit(text.Trim()) is { } written)
            throw NotGiB(text, $"in PowerShell {text.Trim()} is a number of bytes, and EBS counts in GiB. Write {written}.");
        var (digits, factor) = Split(text.Trim());
        if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number <= 0)
            throw NotGiB(text, "a whole number of GiB greater than 0, such as 10, 10Gi or 1Ti, is needed.");
        if (factor == 1 && number >= LargestPlausible)
            throw NotGiB(text, LooksLikeBytes(number));
        if (number > LargestPlausible / factor)
            throw NotGiB(text, $"EBS has no volume of more than {LargestPlausible} GiB.");
        return (int)(number * factor);
    }

    private static (string Digits, long Factor) Split(string text)
    {
        if (text.EndsWith("Gi", StringComparison.Ordinal)) return (text[..^2], 1);
        if (text.EndsWith("Ti", StringComparison.Ordinal)) return (text[..^2], 1024);
        return (text, 1);
    }

    // 10GB typed as an argument arrives as it was typed; from a variable or an expression it arrives in bytes.
    private static string? DecimalUnit(string text)
    {
        var number = text.TrimEnd('B', 'b', 'G', 'g', 'T', 't', 'M', 'm', 'K', 'k');
        if (number.Length == text.Length || number.Length == 0 || !number.All(char.IsAsciiDigit)) return null;
        return char.ToUpperInvariant(text[number.Length]) switch
        {
            'G' => $"{number} or {number}Gi",
            'T' => $"{number}Ti",
            _ => "it in GiB, such as 10 or 10Gi",
        };
    }

    private static string LooksLikeBytes(long number)
    {
        if (number % BytesInGiB != 0) return "that is far more than EBS has; the size is in GiB.";
        var gib = number / BytesInGiB;
        return $"that is {gib}GB, which PowerShell turns into bytes. Write {gib} or {gib}Gi.";
    }

    private static EbsPvException NotGiB(string text, string reason) =>
        EbsPvException.Input(ErrorIds.SizeNotGiB, $"The size '{Defaults.Escaped.Text(text)}' is not usable: {reason}", text, "EBS counts in GiB: -Size 10.");
}
