using System.Text.Json.Nodes;

namespace EbsPv.Sandbox.Kubernetes.Patching;

/// <summary>RFC 7386: null takes away, objects are merged, everything else is replaced.</summary>
public static class MergePatch
{
    public static JsonObject Apply(JsonObject owner, JsonObject patch)
    {
        foreach (var (name, value) in patch)
        {
            if (value is null) owner.Remove(name);
            else if (value is JsonObject below) owner[name] = Apply(owner[name] is JsonObject old ? old.Copy() : [], below);
            else owner[name] = value.DeepClone();
        }

        return owner;
    }
}
