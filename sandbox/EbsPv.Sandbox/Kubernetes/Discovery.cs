using System.Text.Json.Nodes;

namespace EbsPv.Sandbox.Kubernetes;

/// <summary>The documents by which kubectl finds out what is served. Null for a path that is none of them.</summary>
public static class Discovery
{
    private static readonly string[] s_groups = [ResourceTypes.AppsGroup, ResourceTypes.StorageGroup];

    public static JsonObject? Find(string path) => path.TrimEnd('/') switch
    {
        "/api" => Versions(),
        "/apis" => Groups(),
        "/api/v1" => Resources("", "v1"),
        "/openapi/v3" => OpenApi.Index(),
        var other when other.StartsWith("/openapi/v3/", StringComparison.Ordinal) => OpenApi.Document(other["/openapi/v3/".Length..]),
        var other => Group(other),
    };

    private static JsonObject? Group(string path)
    {
        foreach (var group in s_groups)
        {
            if (path == $"/apis/{group}") return GroupDocument(group, withKind: true);
            if (path == $"/apis/{group}/v1") return Resources(group, $"{group}/v1");
        }

        return null;
    }

    private static JsonObject Versions() => new()
    {
        ["kind"] = "APIVersions",
        ["versions"] = new JsonArray("v1"),
        ["serverAddressByClientCIDRs"] = new JsonArray(
            new JsonObject { ["clientCIDR"] = "0.0.0.0/0", ["serverAddress"] = "127.0.0.1" }),
    };

    private static JsonObject Groups() => new()
    {
        ["kind"] = "APIGroupList",
        ["apiVersion"] = "v1",
        ["groups"] = new JsonArray([.. s_groups.Select(group => GroupDocument(group, withKind: false))]),
    };

    private static JsonObject GroupDocument(string group, bool withKind)
    {
        var document = withKind ? new JsonObject { ["kind"] = "APIGroup", ["apiVersion"] = "v1" } : [];
        document["name"] = group;
        document["versions"] = new JsonArray(GroupVersion(group));
        document["preferredVersion"] = GroupVersion(group);
        return document;
    }

    private static JsonObject GroupVersion(string group) => new() { ["groupVersion"] = $"{group}/v1", ["version"] = "v1" };

    private static JsonObject Resources(string group, string groupVersion) => new()
    {
        ["kind"] = "APIResourceList",
        ["apiVersion"] = "v1",
        ["groupVersion"] = groupVersion,
        ["resources"] = new JsonArray([.. ResourceTypes.All.Where(type => type.Group == group).SelectMany(Entries)]),
    };

    private static IEnumerable<JsonObject> Entries(ResourceType type)
    {
        yield return Entry(type, type.Plural, ["create", "delete", "get", "list", "patch", "update", "watch"], type.ShortNames);
        if (type.HasStatus) yield return Entry(type, $"{type.Plural}/status", ["get", "patch", "update"], []);
    }

    private static JsonObject Entry(ResourceType type, string name, string[] verbs, IReadOnlyList<string> shortNames)
    {
        var entry = new JsonObject
        {
            ["name"] = name,
            ["singularName"] = type.Kind.ToLowerInvariant(),
            ["namespaced"] = type.Namespaced,
            ["kind"] = type.Kind,
            ["verbs"] = new JsonArray([.. verbs.Select(verb => JsonValue.Create(verb))]),
        };
        if (shortNames.Count > 0) entry["shortNames"] = new JsonArray([.. shortNames.Select(one => JsonValue.Create(one))]);
        return entry;
    }
}
