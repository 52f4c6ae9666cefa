using System.Text.Json.Nodes;

namespace EbsPv.Sandbox.Kubernetes.Binding;

/// <summary>The protection controllers: they let a deleted object go once nothing needs it any more.</summary>
public sealed class ProtectionSync(KubernetesState state)
{
    public void SyncVolume(string name)
    {
        if (state.Find(ResourceTypes.PersistentVolumes, "", name) is not { } volume || !volume.IsDeleting()) return;
        if (volume.Text("status", "phase") != "Bound")
            ObjectFinalizers.Remove(state, ResourceTypes.PersistentVolumes, volume, ObjectAdmission.VolumeProtection);
    }

    public void SyncClaim(JsonObject claim)
    {
        if (!claim.IsDeleting()) return;
        var pods = state.Snapshot(ResourceTypes.Pods).Objects.Values;
        if (!pods.Any(pod => PodClaims.Holds(pod, claim)))
            ObjectFinalizers.Remove(state, ResourceTypes.PersistentVolumeClaims, claim, ObjectAdmission.ClaimProtection);
    }
}
