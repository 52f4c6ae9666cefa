using System.Text.Json.Nodes;

namespace EbsPv.Sandbox.Kubernetes;

/// <summary>Reading and writing objects by path, where anything on the way may be absent.</summary>
public static class JsonAccess
{
    public static JsonNode? At(this JsonNode? node, params ReadOnlySpan<string> path)
    {
        foreach (var step in path)
        {
            if (node is not JsonObject owner || !owner.TryGetPropertyValue(step, out node)) return null;
        }

        return node;
    }

    public static string? Text(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    public static bool Flag(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is JsonValue value && value.TryGetValue<bool>(out var flag) && flag;

    public static long? Number(this JsonNode? node, params ReadOnlySpan<string> path)
    {
        if (node.At(path) is not JsonValue value) return null;
        if (value.TryGetValue<long>(out var number)) return number;
        return value.TryGetValue<int>(out var small) ? small : null;
    }

    public static JsonObject? Object(this JsonNode? node, params ReadOnlySpan<string> path) => node.At(path) as JsonObject;

    public static IReadOnlyList<JsonObject> Objects(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is JsonArray array ? [.. array.OfType<JsonObject>()] : [];

    public static IReadOnlyList<string> Texts(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is JsonArray array ? [.. array.Select(item => item.Text()).OfType<string>()] : [];

    /// <summary>The object at a path; made when it is absent.</summary>
    public static JsonObject Ensure(this JsonObject owner, params ReadOnlySpan<string> path)
    {
        foreach (var step in path)
        {
            if (owner[step] is not JsonObject next) owner[step] = next = [];
            owner = next;
        }

        return owner;
    }

    public static JsonObject Copy(this JsonObject owner) => (JsonObject)owner.DeepClone();

    public static string Name(this JsonObject owner) => owner.Text("metadata", "name") ?? "";

    public static string Namespace(this JsonObject owner) => owner.Text("metadata", "namespace") ?? "";

    public static string Uid(this JsonObject owner) => owner.Text("metadata", "uid") ?? "";

    public static string ResourceVersion(this JsonObject owner) => owner.Text("metadata", "resourceVersion") ?? "";

    public static string? Annotation(this JsonObject owner, string key) => owner.Text("metadata", "annotations", key);

    public static bool IsDeleting(this JsonObject owner) => owner.At("metadata", "deletionTimestamp") is not null;

    public static IReadOnlyList<string> Finalizers(this JsonObject owner) => owner.Texts("metadata", "finalizers");

    public static bool SameAs(this JsonNode? left, JsonNode? right) => JsonNode.DeepEquals(left, right);
}
