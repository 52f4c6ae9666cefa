using System.Globalization;
using System.Text.RegularExpressions;

namespace EbsPv.Defaults;

/// <summary>Ages as people write them: 12h, 30d, 4w, or as a TimeSpan is written (1.00:00:00).</summary>
internal static partial class AgeText
{
    /// <summary>The age; null for what is none. A bare number is none: it is a count of days to some, of hours to others, and of ticks to .NET.</summary>
    public static TimeSpan? Read(string text)
    {
        if (Age().Match(text) is { Success: true } age && int.TryParse(age.Groups["number"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return age.Groups["unit"].Value.ToLowerInvariant() switch
            {
                "h" => TimeSpan.FromHours(number),
                "d" => TimeSpan.FromDays(number),
                _ => TimeSpan.FromDays(7.0 * number),
            };
        return text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) ? span : null;
    }

    [GeneratedRegex(@"^(?<number>[0-9]{1,6})(?<unit>[hdw])\z", RegexOptions.IgnoreCase)]
    private static partial Regex Age();
}
