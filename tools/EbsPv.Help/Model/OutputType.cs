namespace EbsPv.Help.Model;

/// <summary>What a cmdlet emits.</summary>
internal sealed record OutputType(string Name, string Description, IReadOnlyList<NamedText> Properties);
