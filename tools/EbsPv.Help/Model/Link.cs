namespace EbsPv.Help.Model;

/// <summary>A related topic; the address is a page of docs/ or empty.</summary>
internal sealed record Link(string Text, string Address);
