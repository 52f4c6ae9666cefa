using System.Globalization;
using System.Text.Json.Nodes;

namespace EbsPv.Sandbox.Kubernetes.Selection;

/// <summary>One condition on a label or field: In, NotIn, Exists, DoesNotExist, Gt or Lt.</summary>
public sealed record Requirement(string Key, string Operator, IReadOnlyList<string> Values)
{
    public static Requirement From(JsonObject expression) =>
        new(expression.Text("key") ?? "", expression.Text("operator") ?? "", expression.Texts("values"));

    public bool Matches(string? value) => Operator switch
    {
        "In" => value is not null && Values.Contains(value),
        "NotIn" => value is null || !Values.Contains(value),
        "Exists" => value is not null,
        "DoesNotExist" => value is null,
        "Gt" => Compare(value) > 0,
        "Lt" => Compare(value) < 0,
        _ => false,
    };

    private int Compare(string? value) =>
        Values.Count == 1
        && long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var left)
        && long.TryParse(Values[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var right)
            ? left.CompareTo(right)
            : 0;
}
