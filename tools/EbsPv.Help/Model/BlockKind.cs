namespace EbsPv.Help.Model;

/// <summary>What a piece of text is.</summary>
internal enum BlockKind
{
    Paragraph,
    Heading,
    Bullet,
    Code,
}
