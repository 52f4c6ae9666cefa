using System.Text.Json.Nodes;
using EbsPv.Sandbox.Kubernetes.Binding;
using EbsPv.Sandbox.Kubernetes.Selection;
using EbsPv.Sandbox.Kubernetes.Validation;

namespace EbsPv.Sandbox.Kubernetes;

/// <summary>What the scheduler, the attach-detach controller and the kubelet do for a pod, in one step.</summary>
public sealed class PodPlacement(KubernetesState state, IDisks? disks)
{
    /// <summary>Puts a pod on a node and attaches its volumes.</summary>
    /// <param name="pod">The pod, without a node.</param>
    /// <param name="nodeName">The only node to be considered; null for any.</param>
    /// <exception cref="PlacementException">It would stay Pending, or wait for its volumes.</exception>
    public JsonObject Place(JsonObject pod, string? nodeName) => state.Exclusive(() =>
    {
        var placed = pod.Copy();
        placed.Ensure("metadata")["namespace"] ??= "default";
        if (state.Find(ResourceTypes.Pods, placed.Namespace(), placed.Name()) is not null)
            throw new PlacementException($"pods \"{placed.Name()}\" already exists");
        var volumes = PodClaims.Names(placed).Select(name => VolumeOf(placed.Namespace(), name)).ToArray();
        var node = NodeFor(volumes, nodeName);
        foreach (var volume in volumes) Attach(volume, node);
        return Run(placed, node);
    });

    /// <summary>Ends a pod, and detaches what no other pod of its node mounts.</summary>
    /// <exception cref="PlacementException">There is no such pod, or its kubelet is silent.</exception>
    public void End(string @namespace, string name) => state.Exclusive(() =>
    {
        var pod = state.Find(ResourceTypes.Pods, @namespace, name) ?? throw new PlacementException($"pods \"{name}\" not found");
        var node = state.Find(ResourceTypes.Nodes, "", pod.Text("spec", "nodeName") ?? "");
        if (node is not null && !NodeHealth.IsReady(node)) throw new PlacementException($"The kubelet of {node.Name()} does not confirm that the pod has ended.");
        state.Drop(ResourceTypes.Pods, pod);
        if (node is not null) DetachUnused(pod, node);
        return true;
    });

    private JsonObject VolumeOf(string @namespace, string claimName)
    {
        var claim = state.Find(ResourceTypes.PersistentVolumeClaims, @namespace, claimName)
            ?? throw new PlacementException($"persistentvolumeclaim \"{claimName}\" not found");
        if (claim.IsDeleting()) throw new PlacementException($"persistentvolumeclaim \"{claimName}\" is being deleted");
        var volumeName = claim.Text("spec", "volumeName") ?? "";
        return claim.Text("status", "phase") switch
        {
            "Bound" => state.Find(ResourceTypes.PersistentVolumes, "", volumeName) ?? throw Lost(claimName, volumeName),
            "Lost" => throw Lost(claimName, volumeName),
            _ => throw new PlacementException("pod has unbound immediate PersistentVolumeClaims"),
        };
    }

    private static PlacementException Lost(string claim, string volume) =>
        new($"persistentvolumeclaim \"{claim}\" bound to non-existent persistentvolume \"{volume}\"");

    private JsonObject NodeFor(JsonObject[] volumes, string? nodeName)
    {
        var nodes = state.Snapshot(ResourceTypes.Nodes).Objects.Values.Where(node => nodeName is null || node.Name() == nodeName).ToArray();
        if (nodes.Length == 0) throw new PlacementException($"node \"{nodeName}\" not found");
        var able = nodes.Where(IsOpen).ToArray();
        if (able.Length == 0) throw new PlacementException($"0/{nodes.Length} nodes are available: {nodes.Length} node(s) had untolerated taint(s) or were unschedulable.");
        return able.FirstOrDefault(node => volumes.All(volume => NodeSelector.Allows(volume, node)))
            ?? throw new PlacementException($"0/{nodes.Length} nodes are available: {able.Length} node(s) had volume node affinity conflict.");
    }

    private static bool IsOpen(JsonObject node) =>
        NodeHealth.IsReady(node) && !node.Flag("spec", "unschedulable") && !node.Objects("spec", "taints").Any(taint => taint.Text("effect") is "NoSchedule" or "NoExecute");

    private void Attach(JsonObject volume, JsonObject node)
    {
        if (EbsSource.VolumeIdOf(volume) is not { } volumeId) return;
        if (disks?.Attach(volumeId, EbsSource.InstanceIdOf(node) ?? "") is { } problem)
            throw new PlacementException($"AttachVolume.Attach failed for volume \"{volume.Name()}\": {problem}");
        if (AttachmentsOf(volume, node).Any()) return;
        var attachment = new JsonObject
        {
            ["kind"] = "VolumeAttachment",
            ["apiVersion"] = ResourceTypes.VolumeAttachments.ApiVersion,
            ["metadata"] = new JsonObject { ["name"] = $"csi-{Guid.NewGuid():N}" },
            ["spec"] = new JsonObject
            {
                ["attacher"] = volume.Text("spec", "csi", "driver") ?? "ebs.csi.aws.com",
                ["nodeName"] = node.Name(),
                ["source"] = new JsonObject { ["persistentVolumeName"] = volume.Name() },
            },
            ["status"] = new JsonObject { ["attached"] = true },
        };
        state.Stamp(attachment);
        state.Put(ResourceTypes.VolumeAttachments, attachment);
    }

    private JsonObject Run(JsonObject pod, JsonObject node)
    {
        var running = new JsonObject { ["kind"] = "Pod", ["apiVersion"] = "v1" };
        foreach (var (field, value) in pod)
            if (field is not ("kind" or "apiVersion")) running[field] = value?.DeepClone();
        KindRules.Of(ResourceTypes.Pods).SetDefaults(running);
        running.Ensure("spec")["nodeName"] = node.Name();
        running["status"] = new JsonObject { ["phase"] = "Running", ["containerStatuses"] = new JsonArray([.. running.Objects("spec", "containers").Select(Started)]) };
        state.Stamp(running);
        return state.Put(ResourceTypes.Pods, running).Copy();
    }

    private static JsonObject Started(JsonObject container) => new() { ["name"] = container.Text("name"), ["ready"] = true, ["restartCount"] = 0 };

    private void DetachUnused(JsonObject pod, JsonObject node)
    {
        var others = state.Snapshot(ResourceTypes.Pods).Objects.Values.Where(other => other.Text("spec", "nodeName") == node.Name()).ToArray();
        foreach (var volume in state.Snapshot(ResourceTypes.PersistentVolumes).Objects.Values)
        {
            if (!PodClaims.Mounts(pod, volume) || others.Any(other => PodClaims.Mounts(other, volume))) continue;
            foreach (var attachment in AttachmentsOf(volume, node)) state.Delete(ResourceTypes.VolumeAttachments, attachment);
            if (EbsSource.VolumeIdOf(volume) is { } volumeId) disks?.Detach(volumeId, EbsSource.InstanceIdOf(node) ?? "");
        }
    }

    private IEnumerable<JsonObject> AttachmentsOf(JsonObject volume, JsonObject node) => state.Snapshot(ResourceTypes.VolumeAttachments).Objects.Values
        .Where(one => AttacherSync.VolumeOf(one) == volume.Name() && one.Text("spec", "nodeName") == node.Name());
}
