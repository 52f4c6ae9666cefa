using System.Text.Json.Nodes;

namespace EbsPv.Sandbox.Kubernetes.Validation;

/// <summary>A DaemonSet has a pod on each node, and so no number of them.</summary>
public sealed class DaemonSetRules : WorkloadRules
{
    public override JsonObject InitialStatus => new()
    {
        ["currentNumberScheduled"] = 0, ["desiredNumberScheduled"] = 0, ["numberMisscheduled"] = 0, ["numberReady"] = 0,
    };

    public override void SetDefaults(JsonObject owner) => owner.Ensure("spec");
}
