using System.Text.Json.Nodes;

namespace EbsPv.Sandbox.Kubernetes;

/// <summary>
/// Just enough OpenAPI v3 for kubectl to see that the server validates fields itself; without it, kubectl wants schemas.
/// </summary>
public static class OpenApi
{
    private static readonly string[] s_documents = ["api/v1", "apis/apps/v1", "apis/storage.k8s.io/v1"];

    public static JsonObject Index()
    {
        var paths = new JsonObject();
        foreach (var document in s_documents)
            paths[document] = new JsonObject { ["serverRelativeURL"] = $"/openapi/v3/{document}?hash=1" };
        return new JsonObject { ["paths"] = paths };
    }

    public static JsonObject? Document(string document)
    {
        if (!s_documents.Contains(document)) return null;
        var paths = new JsonObject();
        foreach (var type in ResourceTypes.All.Where(type => document == (type.Group.Length == 0 ? "api/v1" : $"apis/{type.Group}/v1")))
            paths[$"/{document}/{(type.Namespaced ? "namespaces/{namespace}/" : "")}{type.Plural}/{{name}}"] =
                new JsonObject { ["patch"] = Patch(type) };
        return new JsonObject
        {
            ["openapi"] = "3.0.0",
            ["info"] = new JsonObject { ["title"] = "Kubernetes", ["version"] = "v1" },
            ["paths"] = paths,
        };
    }

    private static JsonObject Patch(ResourceType type) => new()
    {
        ["x-kubernetes-group-version-kind"] =
            new JsonObject { ["group"] = type.Group, ["version"] = type.Version, ["kind"] = type.Kind },
        ["parameters"] = new JsonArray([.. ((string[])["dryRun", "fieldValidation"]).Select(name => new JsonObject
        {
            ["name"] = name,
            ["in"] = "query",
            ["schema"] = new JsonObject { ["type"] = "string" },
        })]),
        ["responses"] = new JsonObject { ["200"] = new JsonObject { ["description"] = "OK" } },
    };
}
