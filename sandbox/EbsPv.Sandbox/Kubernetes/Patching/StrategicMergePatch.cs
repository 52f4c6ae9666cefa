using System.Text.Json.Nodes;

namespace EbsPv.Sandbox.Kubernetes.Patching;

/// <summary>A merge patch that knows which lists are merged by a key, and the directives that kubectl writes.</summary>
public static class StrategicMergePatch
{
    private static readonly Dictionary<string, string> s_mergeKeys = new()
    {
        ["conditions"] = "type",
        ["addresses"] = "type",
        ["ownerReferences"] = "uid",
        ["containers"] = "name",
        ["initContainers"] = "name",
        ["volumes"] = "name",
        ["env"] = "name",
        ["drivers"] = "name",
        ["imagePullSecrets"] = "name",
        ["volumeMounts"] = "mountPath",
        ["ports"] = "containerPort",
    };

    public static JsonObject Apply(JsonObject owner, JsonObject patch)
    {
        if (patch.Text("$patch") == "replace") owner.Clear();
        if (patch["$retainKeys"] is JsonArray) Retain(owner, patch.Texts("$retainKeys"));
        foreach (var (name, value) in patch)
        {
            if (name.StartsWith("$deleteFromPrimitiveList/", StringComparison.Ordinal)) DeleteTexts(owner, name, patch.Texts(name));
            else if (!name.StartsWith('$')) Field(owner, name, value);
        }

        return owner;
    }

    private static void Field(JsonObject owner, string name, JsonNode? value)
    {
        switch (value)
        {
            case null:
                owner.Remove(name);
                break;
            case JsonObject below when below.Text("$patch") == "delete":
                owner.Remove(name);
                break;
            case JsonObject below:
                owner[name] = Apply(owner[name] is JsonObject old ? old.Copy() : [], below);
                break;
            case JsonArray items when name == "finalizers":
                owner[name] = Union(owner.Texts(name), items);
                break;
            case JsonArray items when s_mergeKeys.TryGetValue(name, out var key) && items.All(item => item is JsonObject):
                owner[name] = Merge(owner.Objects(name), items, key);
                break;
            default:
                owner[name] = value.DeepClone();
                break;
        }
    }

    private static JsonArray Union(IReadOnlyList<string> old, JsonArray added) =>
        [.. old.Union(added.Select(item => item.Text()).OfType<string>()).Select(text => JsonValue.Create(text))];

    private static JsonArray Merge(IReadOnlyList<JsonObject> old, JsonArray patches, string key)
    {
        var merged = old.Select(item => item.Copy()).ToList();
        foreach (var patch in patches.OfType<JsonObject>())
        {
            var index = merged.FindIndex(item => item[key].SameAs(patch[key]));
            if (patch.Text("$patch") == "replace") merged.Clear();
            else if (patch.Text("$patch") == "delete" && index >= 0) merged.RemoveAt(index);
            else if (patch.Text("$patch") == "delete") continue;
            else if (index >= 0) merged[index] = Apply(merged[index], patch);
            else merged.Add(Apply([], patch));
        }

        return [.. merged];
    }

    private static void Retain(JsonObject owner, IReadOnlyList<string> names)
    {
        foreach (var name in owner.Select(pair => pair.Key).Except(names).ToArray()) owner.Remove(name);
    }

    private static void DeleteTexts(JsonObject owner, string directive, IReadOnlyList<string> deleted)
    {
        var name = directive[(directive.IndexOf('/', StringComparison.Ordinal) + 1)..];
        owner[name] = new JsonArray([.. owner.Texts(name).Except(deleted).Select(text => JsonValue.Create(text))]);
    }
}
