using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace EbsPv.Sandbox.Kubernetes.Selection;

/// <summary>A labelSelector, of a query or of a claim.</summary>
public sealed partial class LabelSelector(IReadOnlyList<Requirement> requirements)
{
    public bool IsEmpty => requirements.Count == 0;

    public bool Matches(JsonObject owner) => MatchesLabels(owner.Object("metadata", "labels"));

    public bool MatchesLabels(JsonObject? labels) => requirements.All(one => one.Matches(labels.Text(one.Key)));

    /// <summary>The selector of a claim; null selects everything.</summary>
    public static LabelSelector From(JsonObject? selector)
    {
        var exact = (selector.Object("matchLabels") ?? []).Select(pair => new Requirement(pair.Key, "In", [pair.Value.Text() ?? ""]));
        return new LabelSelector([.. exact, .. selector.Objects("matchExpressions").Select(Requirement.From)]);
    }

    /// <exception cref="ApiStatusException">It cannot be understood.</exception>
    public static LabelSelector Parse(string text)
    {
        if (text.Trim().Length == 0) return new LabelSelector([]);
        return new LabelSelector([.. Separator().Split(text).Select(One)]);
    }

    private static Requirement One(string text)
    {
        var match = Shape().Match(text);
        if (!match.Success)
            throw new ApiStatusException(ApiStatus.BadRequest(
                $"unable to parse requirement: found '{text.Trim()}', expected: '=', '!=', '==', 'in', notin'"));
        var key = match.Groups["key"].Value;
        var values = match.Groups["set"].Value.Split(',', StringSplitOptions.TrimEntries);
        var value = match.Groups["value"].Value;
        if (match.Groups["not"].Success) return new Requirement(key, "DoesNotExist", []);
        return match.Groups["operator"].Value switch
        {
            "in" => new Requirement(key, "In", values),
            "notin" => new Requirement(key, "NotIn", values),
            "=" or "==" => new Requirement(key, "In", [value]),
            "!=" => new Requirement(key, "NotIn", [value]),
            _ => new Requirement(key, "Exists", []),
        };
    }

    // A comma inside the brackets of a set does not end a requirement.
    [GeneratedRegex(@",(?![^(]*\))")]
    private static partial Regex Separator();

    [GeneratedRegex(
        @"\A\s*(?:(?<not>!)\s*(?<key>[-\w./]+)|(?<key>[-\w./]+)\s*(?:(?<operator>==|!=|=)\s*(?<value>[-\w.]*)"
        + @"|\s(?<operator>in|notin)\s*\((?<set>[-\w.,\s]*)\))?)\s*\z")]
    private static partial Regex Shape();
}
