using System.Text;
using EbsPv.Help.Model;
using EbsPv.Help.Reading;

namespace EbsPv.Help.Writing;

/// <summary>The about_ topic, as plain text that no console has to wrap.</summary>
internal static class AboutWriter
{
    private const int Width = 80;
    private const string Indent = "    ";

    /// <summary>The section after whose text the table of error ids stands.</summary>
    private const string ErrorSection = "Error ids";

    public static string Write(string source, IReadOnlyList<ErrorRow> errors)
    {
        var sections = SourcePage.Parts(source, "## ");
        if (sections.All(section => section.Name != ErrorSection)) throw new HelpException($"docs/source/about_EbsPv.md has no section '{ErrorSection}'.");
        var text = new StringBuilder($"TOPIC\n{Indent}about_EbsPv\n");
        foreach (var section in sections)
        {
            text.Append($"\n{section.Name.ToUpperInvariant()}\n");
            Append(text, MarkdownText.Blocks(section.Text));
            if (section.Name == ErrorSection) Append(text, errors);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, IReadOnlyList<Block> blocks)
    {
        for (var index = 0; index < blocks.Count; index++)
        {
            var between = index > 0 && !(blocks[index].Kind == BlockKind.Bullet && blocks[index - 1].Kind == BlockKind.Bullet);
            if (between) text.Append('\n');
            text.Append(Lines(blocks[index]));
        }
    }

    private static string Lines(Block block) => block.Kind switch
    {
        BlockKind.Bullet => Wrap(block.Text, $"{Indent}- ", $"{Indent}  "),
        BlockKind.Code => string.Concat(block.Text.Split('\n').Select(line => $"{Indent}  {line}".TrimEnd() + "\n")),
        _ => Wrap(block.Text, Indent, Indent),
    };

    private static void Append(StringBuilder text, IReadOnlyList<ErrorRow> errors)
    {
        var column = errors.Max(row => row.Id.Length) + 2;
        foreach (var group in errors.GroupBy(row => row.Group))
        {
            text.Append($"\n{Indent}{group.Key}\n");
            foreach (var row in group)
                text.Append(Wrap(MarkdownText.Plain(row.Meaning), $"{Indent}  {row.Id.PadRight(column)}", new string(' ', Indent.Length + 2 + column)));
        }
    }

    private static string Wrap(string text, string first, string next)
    {
        var lines = new List<string> { first };
        var begins = true;
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var fits = begins || lines[^1].Length + 1 + word.Length <= Width;
            if (!fits) lines.Add(next + word);
            else lines[^1] += begins ? word : $" {word}";
            begins = false;
        }

        return string.Concat(lines.Select(line => line + "\n"));
    }
}
