namespace EbsPv.Help.Model;

/// <summary>What the module says about a cmdlet.</summary>
internal sealed record CmdletFacts
{
    public required string Name { get; init; }

    public required string Synopsis { get; init; }

    /// <summary>One list of parameters for each way to call it.</summary>
    public required IReadOnlyList<IReadOnlyList<Parameter>> Syntaxes { get; init; }

    /// <summary>Each parameter once, by name.</summary>
    public required IReadOnlyList<Parameter> Parameters { get; init; }

    public required IReadOnlyList<OutputType> Outputs { get; init; }
}
