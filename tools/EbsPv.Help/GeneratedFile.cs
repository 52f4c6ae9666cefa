namespace EbsPv.Help;

/// <summary>A file of the help as it should be.</summary>
/// <param name="Path">Its path in the checkout, with slashes.</param>
/// <param name="Text">Its content, with line feeds.</param>
internal sealed record GeneratedFile(string Path, string Text);
