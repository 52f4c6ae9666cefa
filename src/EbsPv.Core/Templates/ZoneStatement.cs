namespace EbsPv.Templates;

/// <summary>Zones that a document names in one place.</summary>
/// <param name="Place">The place, as in <c>its volume id</c>.</param>
/// <param name="Zones">The zones; labels of in-tree volumes may name several.</param>
public sealed record ZoneStatement(string Place, IReadOnlyList<string> Zones);
