using System.Text.Json.Nodes;

namespace EbsPv.Sandbox.Kubernetes.Binding;

/// <summary>
/// The external-provisioner from 5.0 on: it holds every volume of its driver that it would have to delete, lets it go once the policy
/// says otherwise, and deletes disk and object of one that is Released with the policy Delete.
/// </summary>
/// <remarks>It asks for phase, policy and annotation, as its shouldDelete does, and not for what the claim reference says by then.</remarks>
public sealed class ProvisionerSync(KubernetesState state, IDisks? disks, EventRecorder events)
{
    public const string Finalizer = "external-provisioner.volume.kubernetes.io/finalizer";

    /// <summary>What it does about one volume.</summary>
    public void Sync(string name)
    {
        if (state.Find(ResourceTypes.PersistentVolumes, "", name) is not { } volume || !IsOwn(volume)) return;
        var holds = volume.Finalizers().Contains(Finalizer);
        var shall = volume.Text("spec", "persistentVolumeReclaimPolicy") == "Delete";
        if (shall && volume.Text("status", "phase") == "Released" && !volume.IsDeleting()) Delete(volume);
        else if (holds == shall || (shall && volume.IsDeleting())) return;
        else if (shall) ObjectFinalizers.Add(state, ResourceTypes.PersistentVolumes, volume, Finalizer);
        else ObjectFinalizers.Remove(state, ResourceTypes.PersistentVolumes, volume, Finalizer);
    }

    private static bool IsOwn(JsonObject volume)
    {
        if (volume.Text("spec", "csi", "driver") is { } driver) return volume.Annotation(BindingNames.ProvisionedBy) == driver;
        // What was provisioned in-tree is the CSI driver's once it is migrated.
        return EbsSource.VolumeIdOf(volume) is not null && volume.Annotation(BindingNames.ProvisionedBy) is not null && EbsSource.IsEbs(volume.Annotation(BindingNames.MigratedTo) ?? "");
    }

    private void Delete(JsonObject volume)
    {
        if (EbsSource.VolumeIdOf(volume) is { } volumeId && disks?.Delete(volumeId) is { } problem)
        {
            events.Warn(volume, "VolumeFailedDelete", problem);
            return;
        }

        state.Delete(ResourceTypes.PersistentVolumes, volume);
        if (state.Find(ResourceTypes.PersistentVolumes, "", volume.Name()) is { } going) ObjectFinalizers.Remove(state, ResourceTypes.PersistentVolumes, going, Finalizer);
    }
}
