using System.Text.RegularExpressions;
using EbsPv.Help.Model;

namespace EbsPv.Help.Reading;

/// <summary>The little Markdown that the sources use: paragraphs, headings, bullets, fenced code, `code` and links.</summary>
internal static partial class MarkdownText
{
    public static IReadOnlyList<Block> Blocks(string text)
    {
        var blocks = new List<Block>();
        var open = false;
        foreach (var line in text.Split('\n'))
        {
            if (blocks is [.., { Kind: BlockKind.Code }] && open) open = AddCode(blocks, line);
            else if (line.StartsWith("```", StringComparison.Ordinal)) open = Begin(blocks, BlockKind.Code, string.Empty);
            else if (line.Length == 0) open = false;
            else if (line.StartsWith("### ", StringComparison.Ordinal)) open = !Begin(blocks, BlockKind.Heading, Plain(line[4..]));
            else if (line.StartsWith("- ", StringComparison.Ordinal)) open = Begin(blocks, BlockKind.Bullet, Plain(line[2..]));
            else if (open) blocks[^1] = blocks[^1] with { Text = $"{blocks[^1].Text} {Plain(line.Trim())}" };
            else open = Begin(blocks, BlockKind.Paragraph, Plain(line));
        }

        return blocks;
    }

    /// <summary>A line without its signs.</summary>
    public static string Plain(string line) => Links().Replace(line, "$1").Replace("`", string.Empty, StringComparison.Ordinal);

    private static bool Begin(List<Block> blocks, BlockKind kind, string text)
    {
        blocks.Add(new Block(kind, text));
        return true;
    }

    private static bool AddCode(List<Block> blocks, string line)
    {
        if (line.StartsWith("```", StringComparison.Ordinal)) return false;
        var code = blocks[^1].Text;
        blocks[^1] = blocks[^1] with { Text = code.Length == 0 ? line : $"{code}\n{line}" };
        return true;
    }

    [GeneratedRegex(@"\[([^\]]+)\]\([^)]*\)")]
    private static partial Regex Links();
}
