using System.Text.Json.Nodes;

namespace EbsPv.Sandbox.Kubernetes;

/// <summary>
/// Just enough OpenAPI v3 for kubectl to see that the server validates fields itself; without it, kubectl wants schemas.
/// </summary>
public static class OpenApi
{
    public static JsonObject Index(ServedTypes served)
    {
        var paths = new JsonObject();
        foreach (var (group, versions) in served.Groups)
            foreach (var document in versions.Select(version => NameOf(group, version)))
                paths[document] = new JsonObject { ["serverRelativeURL"] = $"/openapi/v3/{document}?hash=1" };
        return new JsonObject { ["paths"] = paths };
    }

    public static JsonObject? Document(string document, ServedTypes served)
    {
        var (group, version) = document.Split('/') switch
        {
            ["api", var only] => ("", only),
            ["apis", var named, var one] => (named, one),
            _ => ("", ""),
        };
        var types = served.Of(group, version).ToArray();
        if (types.Length == 0) return null;
        var paths = new JsonObject();
        foreach (var type in types)
            paths[$"/{document}/{(type.Namespaced ? "namespaces/{namespace}/" : "")}{type.Plural}/{{name}}"] =
                new JsonObject { ["patch"] = Patch(type, version) };
        return new JsonObject
        {
            ["openapi"] = "3.0.0",
            ["info"] = new JsonObject { ["title"] = "Kubernetes", ["version"] = "v1" },
            ["paths"] = paths,
        };
    }

    private static string NameOf(string group, string version) => group.Length == 0 ? $"api/{version}" : $"apis/{group}/{version}";

    private static JsonObject Patch(ResourceType type, string version) => new()
    {
        ["x-kubernetes-group-version-kind"] =
            new JsonObject { ["group"] = type.Group, ["version"] = version, ["kind"] = type.Kind },
        ["parameters"] = new JsonArray([.. ((string[])["dryRun", "fieldValidation"]).Select(name => new JsonObject
        {
            ["name"] = name,
            ["in"] = "query",
            ["schema"] = new JsonObject { ["type"] = "string" },
        })]),
        ["responses"] = new JsonObject { ["200"] = new JsonObject { ["description"] = "OK" } },
    };
}
