using System.Text.Json.Nodes;

namespace EbsPv.Sandbox.Kubernetes.Binding;

/// <summary>Finalizers as controllers put them on and take them off.</summary>
internal static class ObjectFinalizers
{
    public static void Add(KubernetesState state, ResourceType type, JsonObject owner, string finalizer)
    {
        if (owner.Finalizers().Contains(finalizer)) return;
        state.Put(type, With(owner, owner.Finalizers().Append(finalizer)));
    }

    /// <summary>A deleted object that waits for nothing else goes.</summary>
    public static void Remove(KubernetesState state, ResourceType type, JsonObject owner, string finalizer)
    {
        if (!owner.Finalizers().Contains(finalizer)) return;
        var released = With(owner, owner.Finalizers().Where(one => one != finalizer));
        if (released.IsDeleting() && released.Finalizers().Count == 0) state.Drop(type, released);
        else state.Put(type, released);
    }

    private static JsonObject With(JsonObject owner, IEnumerable<string> finalizers)
    {
        var changed = owner.Copy();
        JsonNode[] left = [.. finalizers.Select(one => JsonValue.Create(one))];
        if (left.Length == 0) changed.Ensure("metadata").Remove("finalizers");
        else changed.Ensure("metadata")["finalizers"] = new JsonArray(left);
        return changed;
    }
}
