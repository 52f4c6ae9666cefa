namespace EbsPv.Help.Model;

/// <summary>A name and what is said about it.</summary>
internal sealed record NamedText(string Name, string Text);
