namespace EbsPv.Help.Model;

/// <summary>A parameter, as one of the ways to call its cmdlet has it.</summary>
internal sealed record Parameter
{
    public required string Name { get; init; }

    /// <summary>The type as syntax lines show it.</summary>
    public required string Type { get; init; }

    public required string Description { get; init; }

    public bool IsSwitch { get; init; }

    public bool IsRequired { get; init; }

    /// <summary>Null for a parameter that must be named.</summary>
    public int? Position { get; init; }

    public bool ByValue { get; init; }

    public bool ByPropertyName { get; init; }

    public bool Wildcards { get; init; }

    public string Default { get; init; } = "None";

    /// <summary>Lowest and highest value, where the engine checks them.</summary>
    public string? Range { get; init; }

    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>The values of an enumeration.</summary>
    public IReadOnlyList<NamedText> Values { get; init; } = [];
}
