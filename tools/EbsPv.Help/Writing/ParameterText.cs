using EbsPv.Help.Model;

namespace EbsPv.Help.Writing;

/// <summary>Words about a parameter that more than one format uses.</summary>
internal static class ParameterText
{
    public static string Pipeline(Parameter parameter) => (parameter.ByValue, parameter.ByPropertyName) switch
    {
        (true, true) => "by value, by property name",
        (true, false) => "by value",
        (false, true) => "by property name",
        _ => "no",
    };

    /// <summary>The comment, and the range where the comment leaves that out.</summary>
    public static string Description(Parameter parameter) =>
        parameter.Range is { } range && !parameter.Description.Contains(range, StringComparison.Ordinal)
            ? $"{parameter.Description} {range} is accepted."
            : parameter.Description;
}
