using System.Globalization;
using System.Text;

namespace EbsPv.Defaults;

/// <summary>Text of others, as it may be shown: no control character of a tag or a name reaches a terminal.</summary>
public static class Escaped
{
    /// <summary>The text with control and direction characters written as \u00XX.</summary>
    public static string Text(string? text)
    {
        if (text is null) return string.Empty;
        if (!text.Any(IsHarmful)) return text;
        var shown = new StringBuilder(text.Length + 8);
        foreach (var character in text)
        {
            if (IsHarmful(character)) shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
            else shown.Append(character);
        }

        return shown.ToString();
    }

    private static bool IsHarmful(char character) =>
        char.IsControl(character)
        || CharUnicodeInfo.GetUnicodeCategory(character) is UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator;
}
