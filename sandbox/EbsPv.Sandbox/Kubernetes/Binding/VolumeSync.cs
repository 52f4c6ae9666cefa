using System.Text.Json.Nodes;

namespace EbsPv.Sandbox.Kubernetes.Binding;

/// <summary>What the controller does about one volume: syncVolume of pv_controller.go.</summary>
public sealed class VolumeSync(KubernetesState state, ObjectPhases phases, EventRecorder events)
{
    public void Sync(string name)
    {
        if (state.Find(ResourceTypes.PersistentVolumes, "", name) is not { } volume) return;
        var reference = volume.Object("spec", "claimRef");
        if (reference.Text("uid") is not { Length: > 0 } uid)
        {
            phases.SetVolume(volume, "Available");
            return;
        }

        var claim = state.Find(ResourceTypes.PersistentVolumeClaims, reference.Text("namespace") ?? "", reference.Text("name") ?? "");
        if (claim is null || claim.Uid() != uid) Release(volume);
        else if (claim.Text("spec", "volumeName") == name) phases.SetVolume(volume, "Bound");
        else if (claim.Text("spec", "volumeName") is { Length: > 0 }) Unbind(volume);
    }

    private void Release(JsonObject volume)
    {
        if (volume.Text("status", "phase") is not ("Released" or "Failed")) volume = phases.SetVolume(volume, "Released");
        var isOfProvisioner = volume.Annotation(BindingNames.ProvisionedBy) is not null;
        // A provisioner would delete the volume; the controller itself has no plugin that could.
        if (volume.Text("spec", "persistentVolumeReclaimPolicy") != "Delete" || isOfProvisioner) return;
        if (volume.Text("status", "phase") == "Failed") return;
        var message = $"error getting deleter volume plugin for volume \"{volume.Name()}\": no deletable volume plugin matched";
        phases.SetVolume(volume, "Failed", message);
        events.Warn(volume, "VolumeFailedDelete", message);
    }

    // The claim has another volume. What the controller wrote it takes back, what the user wrote stays, but for the uid.
    private void Unbind(JsonObject volume)
    {
        var unbound = phases.Change(ResourceTypes.PersistentVolumes, volume, changed =>
        {
            if (changed.Annotation(BindingNames.BoundByController) is null)
            {
                changed.Ensure("spec", "claimRef").Remove("uid");
                return;
            }

            changed.Ensure("metadata", "annotations").Remove(BindingNames.BoundByController);
            changed.Ensure("spec").Remove("claimRef");
        });
        phases.SetVolume(unbound, "Available");
    }
}
