namespace EbsPv.Help.Model;

/// <summary>A piece of a hand-written text, without its Markdown signs.</summary>
internal sealed record Block(BlockKind Kind, string Text);
