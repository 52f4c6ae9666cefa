using System.Text.Json;
using EbsPv.Defaults;

namespace EbsPv.Clients.Kubernetes;

/// <summary>What an API server says of a refusal, as far as its body is a Status.</summary>
/// <param name="Message">Its words, without control characters.</param>
/// <param name="Reason">Its code, as in <c>AlreadyExists</c>.</param>
/// <param name="Kind">The resource that it speaks of, which for a missing namespace is not the one asked for.</param>
internal sealed record KubeStatus(string? Message, string? Reason, string? Kind)
{
    private static readonly KubeStatus None = new(null, null, null);

    /// <summary>Whether a page for people came, which no API server writes.</summary>
    public bool IsPage { get; private init; }

    /// <summary>Whether something else than RBAC seems to have refused, whose words are <c>User "…" cannot list resource …</c>.</summary>
    public bool IsByAdmission => Message is { Length: > 0 } words && !(words.Contains("User ", StringComparison.Ordinal) && words.Contains(" cannot ", StringComparison.Ordinal));

    public static KubeStatus Read(string? body)
    {
        if (body?.TrimStart() is ['<', ..]) return None with { IsPage = true };
        if (string.IsNullOrEmpty(body) || body[0] != '{') return None;
        try
        {
            using var status = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 64 });
            var details = status.RootElement.TryGetProperty("details", out var found) ? found : default;
            return new KubeStatus(Text(status.RootElement, "message"), Text(status.RootElement, "reason"), Text(details, "kind"));
        }
        catch (JsonException)
        {
            return None;
        }
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? Escaped.Text(Scrubbed.Text(value.GetString()))
            : null;
}
