using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace EbsPv.Sandbox.Server;

/// <summary>JSON of the admin routes. A property that nobody knows is a mistake in a test, not something to overlook.</summary>
public static class AdminJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter() },
    };

    public static async Task<T> ReadAsync<T>(HttpContext context) =>
        await JsonSerializer.DeserializeAsync<T>(context.Request.Body, Options, context.RequestAborted)
        ?? throw new JsonException("The body is empty.");

    /// <summary>One thing or a list of them.</summary>
    public static async Task<IReadOnlyList<T>> ReadManyAsync<T>(HttpContext context)
    {
        var body = await ReadAsync<JsonNode>(context);
        return body is JsonArray
            ? body.Deserialize<T[]>(Options)!
            : [body.Deserialize<T>(Options) ?? throw new JsonException("The body is empty.")];
    }

    /// <summary>What is there, with the properties that were sent in place of its own; null takes an entry away.</summary>
    public static async Task<T> MergeAsync<T>(HttpContext context, T current)
    {
        var merged = JsonSerializer.SerializeToNode(current, Options)!.AsObject();
        Merge(merged, await ReadAsync<JsonObject>(context));
        return merged.Deserialize<T>(Options)!;
    }

    public static Task WriteAsync<T>(HttpContext context, T value)
    {
        context.Response.ContentType = "application/json";
        return JsonSerializer.SerializeAsync(context.Response.Body, value, Options, context.RequestAborted);
    }

    private static void Merge(JsonObject target, JsonObject changes)
    {
        foreach (var (name, value) in changes)
            if (value is null) target.Remove(name);
            else if (value is JsonObject inner && target[name] is JsonObject known) Merge(known, inner);
            else target[name] = value.DeepClone();
    }
}
