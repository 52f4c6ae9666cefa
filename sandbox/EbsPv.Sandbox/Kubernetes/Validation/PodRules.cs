using System.Text.Json.Nodes;

namespace EbsPv.Sandbox.Kubernetes.Validation;

public sealed class PodRules : KindRules
{
    public override JsonObject InitialStatus => new() { ["phase"] = "Pending" };

    public override void SetDefaults(JsonObject owner)
    {
        var spec = owner.Ensure("spec");
        spec["restartPolicy"] ??= "Always";
        spec["schedulerName"] ??= "default-scheduler";
    }

    public override void Validate(JsonObject owner, FieldErrors errors, ServerVersion version)
    {
        if (owner.Objects("spec", "containers").Count == 0) errors.Required("spec.containers");
    }
}
