using System.Text.Json.Nodes;

namespace EbsPv.Sandbox.Kubernetes;

/// <summary>
/// What the node lifecycle controller writes when a kubelet falls silent, and what the kubelet writes when it is back. Pods stay where
/// they are: one that is deleted meanwhile is Terminating until its kubelet confirms that it has ended.
/// </summary>
public sealed class NodeHealth(KubernetesState state)
{
    public const string Unreachable = "node.kubernetes.io/unreachable";
    public const string ZoneLabel = "topology.kubernetes.io/zone";

    private static readonly Dictionary<string, string> s_healthyReasons = new()
    {
        ["Ready"] = "KubeletReady",
        ["MemoryPressure"] = "KubeletHasSufficientMemory",
        ["DiskPressure"] = "KubeletHasNoDiskPressure",
        ["PIDPressure"] = "KubeletHasSufficientPID",
    };

    public static bool IsReady(JsonObject node) =>
        node.Objects("status", "conditions").Any(one => one.Text("type") == "Ready" && one.Text("status") == "True");

    /// <summary>Lets nodes fall silent or come back.</summary>
    /// <returns>Their names.</returns>
    /// <exception cref="ArgumentException">There is no such node.</exception>
    public IReadOnlyList<string> Set(IReadOnlyList<string> names, IReadOnlyList<string> zones, bool ready) => state.Exclusive(() =>
    {
        var nodes = state.Snapshot(ResourceTypes.Nodes).Objects.Values
            .Where(node => names.Contains(node.Name()) || zones.Contains(node.Text("metadata", "labels", ZoneLabel))).ToArray();
        if (names.Except(nodes.Select(node => node.Name())).FirstOrDefault() is { } unknown) throw new ArgumentException($"There is no node '{unknown}'.");
        if (nodes.Length == 0) throw new ArgumentException("There is no such node.");
        foreach (var node in nodes) Change(node, ready);
        return nodes.Select(node => node.Name()).ToArray();
    });

    private void Change(JsonObject node, bool ready)
    {
        var changed = node.Copy();
        foreach (var condition in changed.Objects("status", "conditions")) Turn(condition, ready);
        var taints = changed.Objects("spec", "taints").Where(taint => taint.Text("key") != Unreachable).Select(taint => taint.DeepClone());
        changed.Ensure("spec")["taints"] = new JsonArray([.. ready ? taints : [.. taints, Taint("NoSchedule"), Taint("NoExecute")]]);
        if (changed.Objects("spec", "taints").Count == 0) changed.Ensure("spec").Remove("taints");
        state.Put(ResourceTypes.Nodes, changed);
        if (ready) Confirm(node.Name());
    }

    private void Turn(JsonObject condition, bool ready)
    {
        var type = condition.Text("type") ?? "";
        condition["status"] = !ready ? "Unknown" : type == "Ready" ? "True" : "False";
        condition["reason"] = ready ? s_healthyReasons.GetValueOrDefault(type) ?? "KubeletReady" : "NodeStatusUnknown";
        condition["lastTransitionTime"] = state.Timestamp();
        if (ready) condition.Remove("message");
        else condition["message"] = "Kubelet stopped posting node status.";
    }

    private JsonObject Taint(string effect) => new() { ["key"] = Unreachable, ["effect"] = effect, ["timeAdded"] = state.Timestamp() };

    // A kubelet that is back ends the pods that were deleted while it was away.
    private void Confirm(string node)
    {
        foreach (var pod in state.Snapshot(ResourceTypes.Pods).Objects.Values)
            if (pod.IsDeleting() && pod.Finalizers().Count == 0 && pod.Text("spec", "nodeName") == node)
                state.Drop(ResourceTypes.Pods, pod);
    }
}
