using System.Text.Json.Nodes;

namespace EbsPv.Sandbox.Kubernetes;

/// <summary>The documents by which kubectl finds out what is served. Null for a path that is none of them.</summary>
public static class Discovery
{
    public static JsonObject? Find(string path, ServedTypes served) => path.TrimEnd('/') switch
    {
        "/api" => Versions(),
        "/apis" => Groups(served),
        "/api/v1" => Resources("", "v1", served),
        "/openapi/v3" => OpenApi.Index(served),
        var other when other.StartsWith("/openapi/v3/", StringComparison.Ordinal) => OpenApi.Document(other["/openapi/v3/".Length..], served),
        var other => Group(other, served),
    };

    private static JsonObject? Group(string path, ServedTypes served)
    {
        foreach (var (group, versions) in served.Groups.Where(one => one.Group.Length > 0))
        {
            if (path == $"/apis/{group}") return GroupDocument(group, versions, withKind: true);
            if (versions.FirstOrDefault(version => path == $"/apis/{group}/{version}") is { } version) return Resources(group, version, served);
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

    private static JsonObject Groups(ServedTypes served) => new()
    {
        ["kind"] = "APIGroupList",
        ["apiVersion"] = "v1",
        ["groups"] = new JsonArray(
            [.. served.Groups.Where(one => one.Group.Length > 0).Select(one => GroupDocument(one.Group, one.Versions, withKind: false))]),
    };

    private static JsonObject GroupDocument(string group, IReadOnlyList<string> versions, bool withKind)
    {
        var document = withKind ? new JsonObject { ["kind"] = "APIGroup", ["apiVersion"] = "v1" } : [];
        document["name"] = group;
        document["versions"] = new JsonArray([.. versions.Select(version => GroupVersion(group, version))]);
        document["preferredVersion"] = GroupVersion(group, versions[0]);
        return document;
    }

    private static JsonObject GroupVersion(string group, string version) =>
        new() { ["groupVersion"] = $"{group}/{version}", ["version"] = version };

    private static JsonObject Resources(string group, string version, ServedTypes served) => new()
    {
        ["kind"] = "APIResourceList",
        ["apiVersion"] = "v1",
        ["groupVersion"] = group.Length == 0 ? version : $"{group}/{version}",
        ["resources"] = new JsonArray([.. served.Of(group, version).SelectMany(Entries)]),
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
