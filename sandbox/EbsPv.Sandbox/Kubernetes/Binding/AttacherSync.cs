using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace EbsPv.Sandbox.Kubernetes.Binding;

/// <summary>
/// The external-attacher: it holds every PersistentVolume that a VolumeAttachment names. Its finalizer stays when the VolumeAttachment
/// goes, and is taken off once the PersistentVolume is deleted and nothing attaches it.
/// </summary>
public sealed partial class AttacherSync(KubernetesState state, IDisks? disks)
{
    public const string Prefix = "external-attacher/";

    public static string FinalizerOf(string driver) => Prefix + Unusual().Replace(driver, "-");

    public void Sync(string name)
    {
        if (state.Find(ResourceTypes.PersistentVolumes, "", name) is not { } volume) return;
        var attachment = state.Snapshot(ResourceTypes.VolumeAttachments).Objects.Values.FirstOrDefault(one => VolumeOf(one) == name);
        if (attachment is not null && !volume.IsDeleting())
            ObjectFinalizers.Add(state, ResourceTypes.PersistentVolumes, volume, FinalizerOf(attachment.Text("spec", "attacher") ?? ""));
        if (attachment is null && volume.IsDeleting() && volume.Finalizers().FirstOrDefault(IsOwn) is { } finalizer)
            ObjectFinalizers.Remove(state, ResourceTypes.PersistentVolumes, volume, finalizer);
    }

    /// <summary>Detaches what a VolumeAttachment attached that is gone.</summary>
    public void Detach(JsonObject attachment)
    {
        var volume = state.Find(ResourceTypes.PersistentVolumes, "", VolumeOf(attachment) ?? "");
        var node = state.Find(ResourceTypes.Nodes, "", attachment.Text("spec", "nodeName") ?? "");
        if (volume is not null && EbsSource.VolumeIdOf(volume) is { } volumeId && EbsSource.InstanceIdOf(node) is { } instanceId)
            disks?.Detach(volumeId, instanceId);
    }

    public static string? VolumeOf(JsonObject attachment) => attachment.Text("spec", "source", "persistentVolumeName");

    private static bool IsOwn(string finalizer) => finalizer.StartsWith(Prefix, StringComparison.Ordinal);

    [GeneratedRegex("[^a-zA-Z0-9-]")]
    private static partial Regex Unusual();
}
