namespace EbsPv.Help.Model;

/// <summary>One error id.</summary>
internal sealed record ErrorRow(string Group, string Id, string Meaning);
