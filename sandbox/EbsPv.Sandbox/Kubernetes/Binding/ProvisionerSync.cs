using System.Text.Json.Nodes;

namespace EbsPv.Sandbox.Kubernetes.Binding;

/// <summary>
/// The external-provisioner from 5.0 on: it holds every volume of its driver that it would have to delete, and lets it go once the policy
/// says otherwise.
/// </summary>
public sealed class ProvisionerSync(KubernetesState state)
{
    public const string Finalizer = "external-provisioner.volume.kubernetes.io/finalizer";

    public void Sync(string name)
    {
        if (state.Find(ResourceTypes.PersistentVolumes, "", name) is not { } volume) return;
        var driver = volume.Text("spec", "csi", "driver");
        if (driver is null || volume.Annotation(BindingNames.ProvisionedBy) != driver) return;
        var holds = volume.Finalizers().Contains(Finalizer);
        var shall = volume.Text("spec", "persistentVolumeReclaimPolicy") == "Delete";
        if (holds == shall || (shall && volume.IsDeleting())) return;
        if (shall) ObjectFinalizers.Add(state, ResourceTypes.PersistentVolumes, volume, Finalizer);
        else ObjectFinalizers.Remove(state, ResourceTypes.PersistentVolumes, volume, Finalizer);
    }
}
