using System.Globalization;
using System.Text.Json.Nodes;

namespace EbsPv.Sandbox.Kubernetes.Patching;

/// <summary>RFC 6902. Whatever does not apply is one and the same 422, as on a real server.</summary>
public static class JsonPatch
{
    public static JsonObject Apply(JsonObject owner, JsonArray operations)
    {
        // A parent above the root: so that the root can be addressed like any other value.
        var holder = new JsonObject { ["root"] = owner.Copy() };
        foreach (var operation in operations)
        {
            if (operation is not JsonObject step) throw Rejected();
            Step(holder, step);
        }

        return holder["root"] is JsonObject patched ? patched.Copy() : throw Rejected();
    }

    private static void Step(JsonObject holder, JsonObject step)
    {
        var path = Pointer(step.Text("path"));
        switch (step.Text("op"))
        {
            case "add":
                Add(holder, path, step["value"]?.DeepClone());
                break;
            case "replace":
                Get(holder, path);
                Set(holder, path, step["value"]?.DeepClone());
                break;
            case "remove":
                Remove(holder, path);
                break;
            case "test":
                if (!Get(holder, path).SameAs(step["value"])) throw Rejected();
                break;
            case "copy":
                Add(holder, path, Get(holder, Pointer(step.Text("from")))?.DeepClone());
                break;
            case "move":
                var moved = Get(holder, Pointer(step.Text("from")))?.DeepClone();
                Remove(holder, Pointer(step.Text("from")));
                Add(holder, path, moved);
                break;
            default:
                throw Rejected();
        }
    }

    private static string[] Pointer(string? path)
    {
        if (path is null || (path.Length > 0 && path[0] != '/')) throw Rejected();
        var steps = path.Split('/').Skip(1)
            .Select(step => step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal));
        return ["root", .. steps];
    }

    private static JsonNode? Get(JsonNode node, ReadOnlySpan<string> path)
    {
        JsonNode? found = node;
        foreach (var step in path)
        {
            found = found switch
            {
                JsonObject owner when owner.TryGetPropertyValue(step, out var value) => value,
                JsonArray array => array[Index(step, array.Count - 1)],
                _ => throw Rejected(),
            };
        }

        return found;
    }

    private static void Add(JsonNode root, string[] path, JsonNode? value)
    {
        if (Get(root, path.AsSpan(0, path.Length - 1)) is JsonArray array)
            array.Insert(path[^1] == "-" ? array.Count : Index(path[^1], array.Count), value);
        else Set(root, path, value);
    }

    private static void Set(JsonNode root, string[] path, JsonNode? value)
    {
        switch (Get(root, path.AsSpan(0, path.Length - 1)))
        {
            case JsonObject owner:
                owner[path[^1]] = value;
                break;
            case JsonArray array:
                array[Index(path[^1], array.Count - 1)] = value;
                break;
            default:
                throw Rejected();
        }
    }

    private static void Remove(JsonNode root, string[] path)
    {
        switch (Get(root, path.AsSpan(0, path.Length - 1)))
        {
            case JsonObject owner when owner.Remove(path[^1]):
                break;
            case JsonArray array:
                array.RemoveAt(Index(path[^1], array.Count - 1));
                break;
            default:
                throw Rejected();
        }
    }

    private static int Index(string step, int most) =>
        int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index <= most ? index : throw Rejected();

    private static ApiStatusException Rejected() =>
        new(new ApiStatus(422, "Invalid", "the server rejected our request due to an error in our request") { Details = [] });
}
