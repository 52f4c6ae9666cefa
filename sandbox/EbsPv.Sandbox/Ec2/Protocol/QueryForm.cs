using Microsoft.AspNetCore.Http.Features;

namespace EbsPv.Sandbox.Ec2.Protocol;

/// <summary>Reads the parameters of a request.</summary>
public static class QueryForm
{
    // A thousand resources with fifty tags are far more than the form reader allows by itself.
    private static readonly FormOptions Limits = new() { ValueCountLimit = 20_000 };

    public static async Task<QueryNode> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!request.HasFormContentType) return QueryNode.Parse(Last(request.Query));
        return QueryNode.Parse(Last(await request.ReadFormAsync(Limits, cancellationToken)));
    }

    private static IEnumerable<KeyValuePair<string, string>> Last(
        IEnumerable<KeyValuePair<string, Microsoft.Extensions.Primitives.StringValues>> values) =>
        values.Select(pair => KeyValuePair.Create(pair.Key, pair.Value.LastOrDefault() ?? ""));
}
