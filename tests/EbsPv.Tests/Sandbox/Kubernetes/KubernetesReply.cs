using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using EbsPv.Sandbox.Kubernetes;

namespace EbsPv.Tests.Sandbox.Kubernetes;

/// <summary>An answer as it came over the wire.</summary>
public sealed record KubernetesReply(HttpStatusCode Status, JsonNode Body, IReadOnlyList<string> Warnings, TimeSpan? RetryAfter)
{
    public int Code => (int)Status;

    public string Reason => Body.Text("reason") ?? "";

    public string Message => Body.Text("message") ?? "";

    public IReadOnlyList<string> Causes => [.. Body.Objects("details", "causes").Select(cause => $"{cause.Text("field")}: {cause.Text("reason")}")];

    public IReadOnlyList<string> Names => [.. Body.Objects("items").Select(item => item.Name())];

    public static async Task<KubernetesReply> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        var warnings = response.Headers.TryGetValues("Warning", out var values) ? values.ToArray() : [];
        return new KubernetesReply(response.StatusCode, Parse(text), warnings, response.Headers.RetryAfter?.Delta);
    }

    private static JsonNode Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text)!;
        }
        catch (JsonException)
        {
            return JsonValue.Create(text);
        }
    }
}
