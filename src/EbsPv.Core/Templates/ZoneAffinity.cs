using System.Text.Json.Nodes;
using EbsPv.PersistentVolumes;

namespace EbsPv.Templates;

/// <summary>In which zones a node affinity lets pods run.</summary>
/// <param name="Terms">What it asks of nodes: one term that is met is enough.</param>
public sealed record ZoneAffinity(IReadOnlyList<ZoneTerm> Terms)
{
    /// <summary>No affinity.</summary>
    public static ZoneAffinity None { get; } = new([]);

    /// <summary>The zones that it names as those where pods may run.</summary>
    public IReadOnlyList<string> Zones => [.. Terms.SelectMany(term => term.In ?? []).Distinct()];

    /// <summary>Whether it keeps pods to zones, whichever term is met.</summary>
    public bool NamesZones => Terms.Count > 0 && Terms.All(term => term.In is not null);

    /// <summary>Whether pods may run in a zone.</summary>
    public bool Allows(string zone) => Terms.Count == 0 || Terms.Any(term => term.Allows(zone));

    /// <summary>The other zones that it names and lets pods run in.</summary>
    public IReadOnlyList<string> Beside(string zone) => [.. Zones.Where(other => other != zone && Allows(other))];

    internal static ZoneAffinity Of(JsonObject? affinity) =>
        new([.. (affinity?["required"]?["nodeSelectorTerms"] as JsonArray ?? []).Select(term => Term(term?["matchExpressions"] as JsonArray ?? []))]);

    private static ZoneTerm Term(JsonArray requirements)
    {
        var zones = requirements.Where(one => ZoneLabels.Zones.Contains((string?)one?["key"])).ToList();
        var named = Values(zones, "In").ToList();
        return new ZoneTerm(named.Count == 0 ? null : named.Aggregate((first, second) => [.. first.Intersect(second)]), [.. Values(zones, "NotIn").SelectMany(values => values)]);
    }

    private static IEnumerable<List<string>> Values(List<JsonNode?> requirements, string op) =>
        from one in requirements
        where (string?)one?["operator"] == op
        select (one["values"] as JsonArray ?? []).Select(value => (string?)value ?? "").ToList();
}
