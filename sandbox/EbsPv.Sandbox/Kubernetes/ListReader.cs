using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using EbsPv.Sandbox.Kubernetes.Selection;
using EbsPv.Sandbox.Kubernetes.Tables;
using EbsPv.Sandbox.Server;

namespace EbsPv.Sandbox.Kubernetes;

/// <summary>GET of a collection, page by page out of one snapshot.</summary>
public sealed class ListReader(KubernetesState state, KubernetesOptions options, SandboxClock clock)
{
    private readonly ConcurrentDictionary<(ResourceType Type, long Version), Snapshot> _held = [];

    public ApiResponse List(ApiRequest request)
    {
        var type = request.Type!;
        var labels = LabelSelector.Parse(request.Option("labelSelector"));
        var fields = FieldSelector.Parse(request.Option("fieldSelector"), type);
        var limit = Limit(request);
        CheckVersion(request);
        var token = request.Option("continue") is { Length: > 0 } text ? ContinueToken.Decode(text) : null;
        var snapshot = token is null || token.Version == ContinueToken.Latest ? Take(type) : Held(type, token);
        var matching = snapshot.Objects
            .Where(pair => token is null || string.CompareOrdinal(pair.Key, token.After) > 0)
            .Where(pair => request.Namespace.Length == 0 || pair.Value.Namespace() == request.Namespace)
            .Where(pair => labels.Matches(pair.Value) && fields.Matches(pair.Value))
            .ToArray();
        var page = limit > 0 && matching.Length > limit ? matching[..limit] : matching;
        var metadata = new JsonObject { ["resourceVersion"] = $"{snapshot.Version}" };
        if (page.Length < matching.Length)
        {
            Hold(type, snapshot);
            metadata["continue"] = new ContinueToken(snapshot.Version, page[^1].Key).Encode();
            if (labels.IsEmpty && fields.IsEmpty) metadata["remainingItemCount"] = matching.Length - page.Length;
        }

        var items = page.Select(pair => pair.Value).ToArray();
        return request.WantsTable
            ? ApiResponse.Json(200, ObjectTable.Render(type, items, metadata, clock.GetUtcNow()))
            : new ApiResponse(200, Write(type, items, metadata));
    }

    private int Limit(ApiRequest request)
    {
        if (request.Option("limit") is not { Length: > 0 } text) return 0;
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var limit))
            throw new ApiStatusException(ApiStatus.BadRequest($"strconv.ParseInt: parsing \"{text}\": invalid syntax"));
        return limit <= 0 ? 0 : (int)Math.Min(limit, options.MaxListPage);
    }

    private void CheckVersion(ApiRequest request)
    {
        if (WatchStart.Parse(request) is not { } asked || asked <= state.Version) return;
        throw new ApiStatusException(new ApiStatus(
            504, "Timeout", $"Timeout: Too large resource version: {asked}, current: {state.Version}")
        {
            Details = new JsonObject
            {
                ["causes"] = new JsonArray(
                    new JsonObject { ["reason"] = "ResourceVersionTooLarge", ["message"] = "Too large resource version" }),
            },
            RetryAfter = 1,
        });
    }

    private Snapshot Take(ResourceType type)
    {
        var (version, objects) = state.Snapshot(type);
        return new Snapshot(version, objects, clock.GetUtcNow());
    }

    private Snapshot Held(ResourceType type, ContinueToken token)
    {
        if (token.Version >= state.OldestVersion && _held.TryGetValue((type, token.Version), out var held) && !IsOver(held)) return held;
        throw new ApiStatusException(new ApiStatus(410, "Expired",
            "The provided continue parameter is too old to display a consistent list result. You can start a new list without the "
            + "continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing "
            + "with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the "
            + "time the first chunk was returned and now may show up in the list.")
        {
            Continue = (token with { Version = ContinueToken.Latest }).Encode(),
        });
    }

    private void Hold(ResourceType type, Snapshot snapshot)
    {
        _held.TryAdd((type, snapshot.Version), snapshot);
        foreach (var (key, _) in _held.Where(pair => IsOver(pair.Value))) _held.TryRemove(key, out _);
    }

    private bool IsOver(Snapshot snapshot) => clock.GetUtcNow() - snapshot.Taken > options.ContinueLifetime;

    // The items of a real list carry neither kind nor apiVersion.
    private static byte[] Write(ResourceType type, IReadOnlyList<JsonObject> items, JsonObject metadata)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, ApiResponse.Compact))
        {
            writer.WriteStartObject();
            writer.WriteString("kind", $"{type.Kind}List");
            writer.WriteString("apiVersion", type.ApiVersion);
            writer.WritePropertyName("metadata");
            metadata.WriteTo(writer);
            writer.WriteStartArray("items");
            foreach (var item in items) WriteItem(writer, item);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static void WriteItem(Utf8JsonWriter writer, JsonObject item)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in item)
        {
            if (name is "kind" or "apiVersion" || value is null) continue;
            writer.WritePropertyName(name);
            value.WriteTo(writer);
        }

        writer.WriteEndObject();
    }

    private sealed record Snapshot(long Version, ImmutableSortedDictionary<string, JsonObject> Objects, DateTimeOffset Taken);
}
