using System.Text.Json.Nodes;

namespace EbsPv.Sandbox.Kubernetes.Validation;

/// <summary>KEDA's ScaledObject, as far as its CustomResourceDefinition asks for fields.</summary>
public sealed class ScaledObjectRules : KindRules
{
    public override JsonObject InitialStatus => [];

    public override void Validate(JsonObject owner, FieldErrors errors, ServerVersion version)
    {
        if (owner.Object("spec") is not { } spec)
        {
            errors.Required("spec");
            return;
        }

        if (spec["scaleTargetRef"] is null) errors.Required("spec.scaleTargetRef");
        else if (spec.Text("scaleTargetRef", "name") is null) errors.Required("spec.scaleTargetRef.name");
        if (spec["triggers"] is not JsonArray) errors.Required("spec.triggers");
    }
}
