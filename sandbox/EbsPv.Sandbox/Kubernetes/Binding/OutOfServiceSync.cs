using System.Text.Json.Nodes;

namespace EbsPv.Sandbox.Kubernetes.Binding;

/// <summary>
/// What kube-controller-manager does on a node that is not ready and that somebody says is out of service: pods that are evicted or
/// deleted are ended without their kubelet, and what none of the rest mounts is detached.
/// </summary>
public sealed class OutOfServiceSync(KubernetesState state)
{
    public const string Taint = "node.kubernetes.io/out-of-service";

    public void Sync()
    {
        foreach (var node in state.Snapshot(ResourceTypes.Nodes).Objects.Values)
        {
            var effects = node.Objects("spec", "taints").Where(taint => taint.Text("key") == Taint).Select(taint => taint.Text("effect")).ToArray();
            if (effects.Length == 0 || NodeHealth.IsReady(node)) continue;
            EndPods(node, evict: effects.Contains("NoExecute"));
            DropAttachments(node);
        }
    }

    private void EndPods(JsonObject node, bool evict)
    {
        foreach (var pod in PodsOf(node))
            if (evict || pod.IsDeleting())
                state.Delete(ResourceTypes.Pods, pod);
    }

    private void DropAttachments(JsonObject node)
    {
        var pods = PodsOf(node);
        foreach (var attachment in state.Snapshot(ResourceTypes.VolumeAttachments).Objects.Values)
        {
            if (attachment.Text("spec", "nodeName") != node.Name()) continue;
            var volume = state.Find(ResourceTypes.PersistentVolumes, "", AttacherSync.VolumeOf(attachment) ?? "");
            if (!pods.Any(pod => PodClaims.Mounts(pod, volume))) state.Delete(ResourceTypes.VolumeAttachments, attachment);
        }
    }

    private JsonObject[] PodsOf(JsonObject node) =>
        [.. state.Snapshot(ResourceTypes.Pods).Objects.Values.Where(pod => pod.Text("spec", "nodeName") == node.Name())];
}
