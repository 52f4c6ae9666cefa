namespace EbsPv.Ports;

/// <summary>What is changed of a claim; null is left as it is.</summary>
public sealed record ClaimPatch
{
    /// <summary>The size it asks for, as Kubernetes writes it.</summary>
    public string? Request { get; init; }

    /// <summary>Annotations to set; null as a value takes one away.</summary>
    public IReadOnlyDictionary<string, string?> Annotations { get; init; } = new Dictionary<string, string?>();
}
