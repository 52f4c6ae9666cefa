using System.Text.Json.Nodes;

namespace EbsPv.Sandbox.Kubernetes.Tables;

/// <summary>The Table that kubectl get asks for.</summary>
public static class ObjectTable
{
    public static JsonObject Render(ResourceType type, IReadOnlyList<JsonObject> items, JsonObject metadata, DateTimeOffset now)
    {
        var columns = Columns.Of(type);
        return new JsonObject
        {
            ["kind"] = "Table",
            ["apiVersion"] = "meta.k8s.io/v1",
            ["metadata"] = metadata,
            ["columnDefinitions"] = new JsonArray([.. columns.Select(column => column.Definition())]),
            ["rows"] = new JsonArray([.. items.Select(item => Row(columns, item, now))]),
        };
    }

    private static JsonObject Row(IReadOnlyList<Column> columns, JsonObject item, DateTimeOffset now) => new()
    {
        ["cells"] = new JsonArray([.. columns.Select(column => JsonValue.Create(column.Cell(item, now)))]),
        ["object"] = new JsonObject
        {
            ["kind"] = "PartialObjectMetadata",
            ["apiVersion"] = "meta.k8s.io/v1",
            ["metadata"] = item["metadata"]?.DeepClone(),
        },
    };
}
