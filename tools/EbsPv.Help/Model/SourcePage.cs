using System.Text.RegularExpressions;

namespace EbsPv.Help.Model;

/// <summary>What is written by hand about a cmdlet, in docs/source.</summary>
internal sealed partial class SourcePage
{
    private readonly string _name;
    private readonly Dictionary<string, string> _sections;

    private SourcePage(string name, Dictionary<string, string> sections)
    {
        _name = name;
        _sections = sections;
    }

    public string Description => Section("Description");

    public string Notes => Section("Notes");

    public IReadOnlyList<Example> Examples => [.. Parts(Section("Examples"), "### ").Select(ParseExample)];

    public IReadOnlyList<NamedText> Inputs => [.. Section("Inputs").Split('\n').Select(line => InputLine().Match(line)).Where(match => match.Success)
        .Select(match => new NamedText(match.Groups["type"].Value, match.Groups["text"].Value))];

    public IReadOnlyList<Link> Links => [.. Section("Related links").Split('\n').Select(line => LinkLine().Match(line)).Where(match => match.Success)
        .Select(match => new Link(match.Groups["text"].Value, match.Groups["address"].Value))];

    public static SourcePage Parse(string name, string text) =>
        new(name, Parts(text, "## ").ToDictionary(part => part.Name, part => part.Text, StringComparer.Ordinal));

    /// <summary>The parts of a text that begin with a heading.</summary>
    public static IReadOnlyList<NamedText> Parts(string text, string heading)
    {
        var parts = new List<NamedText>();
        var fenced = false;
        foreach (var line in text.Split('\n'))
        {
            // A comment in a script is no heading.
            if (line.StartsWith("```", StringComparison.Ordinal)) fenced = !fenced;
            if (!fenced && line.StartsWith(heading, StringComparison.Ordinal)) parts.Add(new NamedText(line[heading.Length..].Trim(), string.Empty));
            else if (parts.Count > 0) parts[^1] = parts[^1] with { Text = $"{parts[^1].Text}{line}\n" };
        }

        return [.. parts.Select(part => part with { Text = part.Text.Trim('\n') })];
    }

    private string Section(string name) =>
        _sections.TryGetValue(name, out var text) ? text : throw new HelpException($"docs/source/{_name}.md has no section '{name}'.");

    private static Example ParseExample(NamedText part)
    {
        var code = CodeFence().Match(part.Text);
        var output = OutputFence().Match(part.Text);
        var remarks = CodeFence().Replace(OutputFence().Replace(part.Text, string.Empty), string.Empty).Trim('\n');
        return new Example(part.Name, code.Groups[1].Value.TrimEnd('\n'), output.Groups[1].Value.TrimEnd('\n'), remarks);
    }

    [GeneratedRegex(@"^```powershell\n(.*?)^```$\n?", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CodeFence();

    [GeneratedRegex(@"^```output\n(.*?)^```$\n?", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex OutputFence();

    [GeneratedRegex(@"^- `(?<type>[^`]+)`: (?<text>.+)$")]
    private static partial Regex InputLine();

    [GeneratedRegex(@"^- \[(?<text>[^\]]+)\]\((?<address>[^)]*)\)$")]
    private static partial Regex LinkLine();
}
