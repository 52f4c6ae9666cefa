using System.Text;
using System.Text.RegularExpressions;

namespace EbsPv.Safety.Tests.Guides;

/// <summary>A guide of docs/guides as a sequence of what happens: lines that a user types, with what they show, and, in comments that
/// Markdown hides, what happens in between (<c>&lt;!-- then: the zone fails --&gt;</c>).</summary>
internal sealed partial class GuideText(string text)
{
    /// <summary>What happens, in its order.</summary>
    public IReadOnlyList<GuideStep> Steps { get; } = [.. Step().Matches(text).Select((match, index) => match.Groups["then"].Success
        ? new GuideStep(index, match.Groups["then"].Value, null, "")
        : new GuideStep(index, null, match.Groups["script"].Value.TrimEnd(), match.Groups["shown"].Value.TrimEnd()))];

    /// <summary>The guide with other texts shown, by their step.</summary>
    public string With(IReadOnlyDictionary<int, string> shown)
    {
        var result = new StringBuilder();
        var (end, index) = (0, 0);
        foreach (Match match in Step().Matches(text))
        {
            var group = match.Groups["shown"];
            if (shown.TryGetValue(index++, out var now) && group.Success)
            {
                result.Append(text, end, group.Index - end).Append(now).Append('\n');
                end = group.Index + group.Length;
            }
        }

        return result.Append(text, end, text.Length - end).ToString();
    }

    /// <summary>The text without what is another one in every run: ids, times, ages, the order of lines, which goes by ids, and
    /// how wide columns are.</summary>
    public static string Normalized(string shown)
    {
        var plain = Id().Replace(shown, "$1-0");
        plain = Time().Replace(plain, "0000-00-00 00:00");
        plain = Age().Replace(plain, "0s");
        plain = Ago().Replace(plain, "0 seconds");
        plain = Line().Replace(plain, "-");
        return string.Join('\n', plain.Split('\n').Select(line => Blanks().Replace(line.Trim(), " ")).Where(line => line.Length > 0).Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"<!-- then: (?<then>[^>]*?) -->|```powershell\n(?<script>.*?)```\n(?:\n```text\n(?<shown>.*?)```)?", RegexOptions.Singleline)]
    private static partial Regex Step();

    [GeneratedRegex(@"\b(vol|snap|i|csi)-[0-9a-f]{8,}\b")]
    private static partial Regex Id();

    [GeneratedRegex(@"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d)?Z?")]
    private static partial Regex Time();

    [GeneratedRegex(@"\b(\d+[smhd])+\b")]
    private static partial Regex Age();

    [GeneratedRegex(@"\b\d+ (seconds|minutes|hours|days)\b")]
    private static partial Regex Ago();

    [GeneratedRegex("-{2,}")]
    private static partial Regex Line();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
