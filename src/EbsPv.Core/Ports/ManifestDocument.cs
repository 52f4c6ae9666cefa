namespace EbsPv.Ports;

/// <summary>A document of a manifest file.</summary>
/// <param name="Path">The file.</param>
/// <param name="Number">Its number among those that are not empty, from 1 on.</param>
/// <param name="Line">The line it begins on, from 1 on.</param>
/// <param name="Json">What it says, as JSON.</param>
public sealed record ManifestDocument(string Path, int Number, int Line, string Json)
{
    /// <summary>Its place in a list that is the document, from 1 on; 0 for a document of its own.</summary>
    public int Item { get; init; }

    /// <summary>Where it stands, for errors.</summary>
    public override string ToString() => $"{Path}, document {Number} (line {Line}){(Item > 0 ? $", item {Item}" : "")}";
}
