using System.Text.Json.Nodes;

namespace EbsPv.Sandbox.Kubernetes.Validation;

public sealed class AutoscalerRules : KindRules
{
    public override JsonObject InitialStatus => new() { ["currentReplicas"] = 0, ["desiredReplicas"] = 0 };

    public override void SetDefaults(JsonObject owner) => owner.Ensure("spec")["minReplicas"] ??= 1;

    public override void Validate(JsonObject owner, FieldErrors errors, ServerVersion version)
    {
        var least = owner.Number("spec", "minReplicas") ?? 0;
        var most = owner.Number("spec", "maxReplicas") ?? 0;
        if (least < 1) errors.InvalidNode("spec.minReplicas", JsonValue.Create(least), "must be greater than or equal to 1");
        if (most < 1) errors.InvalidNode("spec.maxReplicas", JsonValue.Create(most), "must be greater than 0");
        if (most < least) errors.InvalidNode("spec.maxReplicas", JsonValue.Create(most), "must be greater than or equal to `minReplicas`");
        foreach (var field in (string[])["kind", "name"])
            if (owner.Text("spec", "scaleTargetRef", field) is not { Length: > 0 }) errors.Required($"spec.scaleTargetRef.{field}");
    }
}
