using System.Text.Json.Nodes;

namespace EbsPv.Sandbox.Kubernetes.Binding;

/// <summary>Writes the binder's changes; what is already so is not written again.</summary>
public sealed class ObjectPhases(KubernetesState state, bool withTransitionTime)
{
    public JsonObject SetVolume(JsonObject volume, string phase, string? message = null) =>
        Change(ResourceTypes.PersistentVolumes, volume, changed =>
        {
            var status = changed.Ensure("status");
            if (status.Text("phase") == phase) return;
            status["phase"] = phase;
            if (message is null) status.Remove("message");
            else status["message"] = message;
            if (withTransitionTime) status["lastPhaseTransitionTime"] = state.Timestamp();
        });

    /// <summary>With a volume it takes over its capacity and modes, without one it loses them.</summary>
    public JsonObject SetClaim(JsonObject claim, string phase, JsonObject? volume = null) =>
        Change(ResourceTypes.PersistentVolumeClaims, claim, changed =>
        {
            var status = changed.Ensure("status");
            var fresh = status.Text("phase") != phase;
            status["phase"] = phase;
            if (volume is null)
            {
                status.Remove("accessModes");
                status.Remove("capacity");
            }
            else if (fresh || status["capacity"] is null)
            {
                status["accessModes"] = volume.At("spec", "accessModes")?.DeepClone();
                status["capacity"] = volume.At("spec", "capacity")?.DeepClone();
            }
        });

    public JsonObject Change(ResourceType type, JsonObject owner, Action<JsonObject> edit)
    {
        var changed = owner.Copy();
        edit(changed);
        return changed.SameAs(owner) ? owner : state.Put(type, changed);
    }

    public static void Annotate(JsonObject owner, string key) => owner.Ensure("metadata", "annotations")[key] = "yes";
}
