namespace EbsPv.Help.Model;

/// <summary>An example: what is typed, what is shown, and a remark.</summary>
internal sealed record Example(string Title, string Code, string Output, string Remarks);
