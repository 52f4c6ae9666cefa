using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using EbsPv.Errors;

namespace EbsPv.PowerShell.Completion;

/// <summary>Completes from a list that costs no call. A list that cannot be made completes nothing: Tab must never fail or hang.</summary>
public abstract class ListCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var word = (wordToComplete ?? string.Empty).Trim('\'', '"');
        return Values()
            .Where(value => value.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal)
            .Select(value => new CompletionResult(Quoted(value), value, CompletionResultType.ParameterValue, value));
    }

    /// <summary>All values.</summary>
    protected abstract IEnumerable<string> Candidates();

    private IReadOnlyList<string> Values()
    {
        try
        {
            return [.. Candidates()];
        }
        catch (Exception unavailable) when (unavailable is EbsPvException or IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static string Quoted(string value) =>
        value.All(character => char.IsLetterOrDigit(character) || character is '-' or '.' or '_' or '/' or ':') ? value : $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";
}
