namespace EbsPv.Help;

/// <summary>The help cannot be made from what is there.</summary>
internal sealed class HelpException(string message) : Exception(message);
