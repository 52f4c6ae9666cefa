using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace EbsPv.PowerShell.Binding;

/// <summary>
/// A command and its parameters as one line. It is built of what was bound: the line of the script may hold other commands, and secrets
/// with them.
/// </summary>
internal static class TypedCommand
{
    private const int MaxLength = 1024;

    public static string Of(InvocationInfo invocation)
    {
        var parameters = invocation.BoundParameters.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => Shown(pair.Key, pair.Value));
        var line = Escaped(string.Join(' ', parameters.Prepend(invocation.MyCommand.Name)));
        return line.Length <= MaxLength ? line : string.Concat(line.AsSpan(0, MaxLength - 1), "…");
    }

    private static string Shown(string name, object? value) => value switch
    {
        SwitchParameter { IsPresent: true } => $"-{name}",
        SwitchParameter => $"-{name}:$false",
        _ => $"-{name} {Value(value)}",
    };

    private static string Value(object? value) => value switch
    {
        null => "$null",
        string text => Quoted(text),
        IDictionary map => $"@{{ {string.Join("; ", map.Keys.Cast<object>().Select(key => $"{Quoted($"{key}")} = {Value(map[key])}").Order(StringComparer.Ordinal))} }}",
        IEnumerable list => string.Join(", ", list.Cast<object?>().Select(Value)),
        _ => Quoted(Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""),
    };

    private static string Quoted(string text) =>
        text.Length > 0 && text.All(letter => char.IsLetterOrDigit(letter) || letter is '-' or '_' or '.' or '/' or ':' or '\\')
            ? text
            : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private static string Escaped(string line) => Defaults.Escaped.Text(line);
}
