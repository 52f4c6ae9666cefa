using System.Text.Json.Nodes;

namespace EbsPv.Sandbox.Kubernetes.Binding;

/// <summary>The protection controllers: they let a deleted object go once nothing needs it any more.</summary>
public sealed class ProtectionSync(KubernetesState state)
{
    public void SyncVolume(string name)
    {
        if (state.Find(ResourceTypes.PersistentVolumes, "", name) is not { } volume || !volume.IsDeleting()) return;
        if (volume.Text("status", "phase") != "Bound")
            LetGo(ResourceTypes.PersistentVolumes, volume, ObjectAdmission.VolumeProtection);
    }

    public void SyncClaim(JsonObject claim)
    {
        if (!claim.IsDeleting()) return;
        var pods = state.Snapshot(ResourceTypes.Pods).Objects.Values;
        if (!pods.Any(pod => PodClaims.Holds(pod, claim)))
            LetGo(ResourceTypes.PersistentVolumeClaims, claim, ObjectAdmission.ClaimProtection);
    }

    private void LetGo(ResourceType type, JsonObject owner, string finalizer)
    {
        var left = owner.Finalizers().Where(one => one != finalizer).ToArray();
        if (left.Length == owner.Finalizers().Count) return;
        var released = owner.Copy();
        if (left.Length == 0) released.Ensure("metadata").Remove("finalizers");
        else released.Ensure("metadata")["finalizers"] = new JsonArray([.. left.Select(one => JsonValue.Create(one))]);
        if (left.Length == 0) state.Drop(type, released);
        else state.Put(type, released);
    }
}
