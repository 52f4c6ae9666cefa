using System.Text.Json.Nodes;
using EbsPv.Ports;

namespace EbsPv.Templates;

/// <summary>What kubectl get writes is one document, a list of all objects: its items are taken as if each were a document of its own.</summary>
internal static class ListedDocuments
{
    /// <summary>The document, or the items of the list that it is.</summary>
    public static IEnumerable<ManifestDocument> Of(ManifestDocument document)
    {
        if (JsonNode.Parse(document.Json) is not JsonObject root || Text(root, "apiVersion") != "v1" || Text(root, "kind") is not ("List" or "PersistentVolumeList") || root["items"] is not JsonArray items)
            return [document];
        return items.Select((item, index) => document with { Item = index + 1, Json = Named(item, Text(root, "kind")!) });
    }

    // The items of a list that a server writes leave out what the list says of them all.
    private static string Named(JsonNode? item, string kind)
    {
        if (item is JsonObject one && kind == "PersistentVolumeList")
        {
            one["apiVersion"] ??= "v1";
            one["kind"] ??= "PersistentVolume";
        }

        return item?.ToJsonString() ?? "null";
    }

    private static string? Text(JsonObject from, string key) =>
        from[key] is JsonValue value && value.GetValueKind() == System.Text.Json.JsonValueKind.String ? value.GetValue<string>() : null;
}
