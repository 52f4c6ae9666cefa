using System.Text.Json.Nodes;

namespace EbsPv.Sandbox.Kubernetes.Validation;

/// <summary>Deployments and ReplicaSets, and what holds for all that makes pods of a template: objects to be looked at; nothing here makes pods of them.</summary>
public class WorkloadRules : KindRules
{
    public override JsonObject InitialStatus => new() { ["replicas"] = 0 };

    public override void SetDefaults(JsonObject owner) => owner.Ensure("spec")["replicas"] ??= 1;

    public override void Validate(JsonObject owner, FieldErrors errors, ServerVersion version)
    {
        if (owner.Number("spec", "replicas") < 0)
            errors.InvalidNode("spec.replicas", owner.At("spec", "replicas"), "must be greater than or equal to 0");
        if (owner.Object("spec", "selector") is not { Count: > 0 }) errors.Required("spec.selector");
        Template(owner, errors);
        foreach (var (key, value) in owner.Object("spec", "selector", "matchLabels") ?? [])
            if (owner.Text("spec", "template", "metadata", "labels", key) != value.Text())
                errors.InvalidNode("spec.template.metadata.labels", owner.At("spec", "template", "metadata", "labels"),
                    "`selector` does not match template `labels`");
    }

    protected static void Template(JsonObject owner, FieldErrors errors)
    {
        if (owner.Objects("spec", "template", "spec", "containers").Count == 0) errors.Required("spec.template.spec.containers");
    }
}
