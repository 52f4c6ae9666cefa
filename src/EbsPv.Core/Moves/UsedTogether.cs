using System.Globalization;
using EbsPv.Ports;
using EbsPv.Swaps;

namespace EbsPv.Moves;

/// <summary>Which claims one pod mounts together, now or once its workload is scaled up again: their disks have to be in one zone.</summary>
public sealed class UsedTogether
{
    private readonly Dictionary<string, string> _parent = new(StringComparer.Ordinal);

    private UsedTogether()
    {
    }

    /// <summary>As pods, Deployments and the templates of StatefulSets say.</summary>
    public static UsedTogether In(SwapFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var together = new UsedTogether();
        foreach (var pod in facts.Use.Pods) together.Join(pod.ClaimNames.Select(claim => $"{pod.Namespace}/{claim}"));
        foreach (var workload in facts.Workloads)
            foreach (var claims in OfPods(workload, facts))
                together.Join(claims.Select(claim => $"{workload.Namespace}/{claim}"));
        return together;
    }

    /// <summary>The claims that are used together with one, itself among them.</summary>
    /// <param name="claim">The claim as <c>namespace/name</c>.</param>
    public IReadOnlyList<string> With(string claim)
    {
        if (!_parent.ContainsKey(claim)) return [claim];
        var root = Root(claim);
        return [.. _parent.Keys.Where(other => Root(other) == root).Order(StringComparer.Ordinal)];
    }

    // Each pod of a StatefulSet has a claim of each template, by its own number; what it mounts by name all of its pods share.
    private static IEnumerable<IEnumerable<string>> OfPods(Workload workload, SwapFacts facts)
    {
        yield return workload.ClaimNames;
        if (workload.ClaimTemplates.Count == 0) yield break;
        var numbers = facts.Claims.Values
            .Where(claim => claim.Namespace == workload.Namespace)
            .SelectMany(claim => workload.ClaimTemplates.Select(template => Number(claim.Name, $"{template.Name}-{workload.Name}-")))
            .OfType<int>()
            .Distinct();
        foreach (var number in numbers)
            yield return workload.ClaimTemplates.Select(template => string.Create(CultureInfo.InvariantCulture, $"{template.Name}-{workload.Name}-{number}"))
                .Where(claim => facts.Claims.ContainsKey($"{workload.Namespace}/{claim}"))
                .Concat(workload.ClaimNames);
    }

    private static int? Number(string claim, string prefix) =>
        claim.StartsWith(prefix, StringComparison.Ordinal) && int.TryParse(claim[prefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private void Join(IEnumerable<string> claims)
    {
        string? first = null;
        foreach (var claim in claims)
        {
            _parent.TryAdd(claim, claim);
            if (first is null) first = claim;
            else _parent[Root(claim)] = Root(first);
        }
    }

    private string Root(string claim)
    {
        while (_parent[claim] != claim) claim = _parent[claim] = _parent[_parent[claim]];
        return claim;
    }
}
