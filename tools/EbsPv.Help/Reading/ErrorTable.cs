using System.Text.RegularExpressions;
using EbsPv.Help.Model;

namespace EbsPv.Help.Reading;

/// <summary>The error ids, in the order and the groups of their source: compiled documentation keeps neither.</summary>
internal static partial class ErrorTable
{
    public static IReadOnlyList<ErrorRow> Read(string source)
    {
        var rows = new List<ErrorRow>();
        var group = string.Empty;
        var meaning = string.Empty;
        foreach (var line in source.Split('\n').Select(line => line.Trim()))
        {
            if (Heading().Match(line) is { Success: true } heading) group = heading.Groups[1].Value;
            else if (Summary().Match(line) is { Success: true } summary) meaning = summary.Groups[1].Value;
            else if (Id().Match(line) is { Success: true } id) rows.Add(new ErrorRow(group, id.Groups[1].Value, Take(ref meaning)));
        }

        if (rows.Find(row => row.Meaning.Length == 0) is { } silent) throw new HelpException($"ErrorIds.{silent.Id} has no summary on one line.");
        return rows;
    }

    private static string Take(ref string meaning)
    {
        var taken = meaning;
        meaning = string.Empty;
        return taken;
    }

    [GeneratedRegex(@"^// (.+)$")]
    private static partial Regex Heading();

    [GeneratedRegex(@"^/// <summary>(.+)</summary>$")]
    private static partial Regex Summary();

    [GeneratedRegex(@"^public const string (\w+) =")]
    private static partial Regex Id();
}
