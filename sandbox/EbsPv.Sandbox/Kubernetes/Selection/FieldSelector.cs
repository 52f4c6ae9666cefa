using System.Text.Json.Nodes;

namespace EbsPv.Sandbox.Kubernetes.Selection;

/// <summary>A fieldSelector. A kind knows few fields; the others are refused, as on a real server.</summary>
public sealed class FieldSelector(IReadOnlyList<(string Field, bool Equal, string Value)> terms)
{
    private static readonly string[] s_ofEveryKind = ["metadata.name", "metadata.namespace"];

    public bool IsEmpty => terms.Count == 0;

    public bool Matches(JsonObject owner) => terms.All(term => (Value(owner, term.Field) == term.Value) == term.Equal);

    /// <exception cref="ApiStatusException">It cannot be understood, or the kind does not know the field.</exception>
    public static FieldSelector Parse(string text, ResourceType type)
    {
        var terms = new List<(string, bool, string)>();
        foreach (var term in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var equal = !term.Contains("!=", StringComparison.Ordinal);
            var at = term.IndexOf('=', StringComparison.Ordinal);
            if (at < 0) throw Bad($"invalid selector: '{text}'; can't understand '{term}'");
            var field = term[..at].TrimEnd('!').Trim();
            Check(field, type);
            terms.Add((field, equal, term[(at + 1)..].TrimStart('=').Trim()));
        }

        return new FieldSelector(terms);
    }

    private static void Check(string field, ResourceType type)
    {
        if (type.SelectableFields is null && !s_ofEveryKind.Contains(field))
            throw Bad($"\"{field}\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"");
        if (type.SelectableFields?.Contains(field) == false) throw Bad($"field label not supported: {field}");
    }

    private static string Value(JsonObject owner, string field)
    {
        var node = owner.At(field.Split('.'));
        return node.Text() ?? node?.ToJsonString() ?? "";
    }

    private static ApiStatusException Bad(string message) => new(ApiStatus.BadRequest(message));
}
