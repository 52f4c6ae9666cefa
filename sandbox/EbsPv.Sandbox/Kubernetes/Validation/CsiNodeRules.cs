using System.Text.Json.Nodes;

namespace EbsPv.Sandbox.Kubernetes.Validation;

public sealed class CsiNodeRules : KindRules
{
    public override void Validate(JsonObject owner, FieldErrors errors, ServerVersion version)
    {
        var drivers = owner.Objects("spec", "drivers");
        for (var index = 0; index < drivers.Count; index++)
        {
            if (drivers[index].Text("name") is not { Length: > 0 }) errors.Required($"spec.drivers[{index}].name");
            if (drivers[index].Text("nodeID") is not { Length: > 0 }) errors.Required($"spec.drivers[{index}].nodeID");
        }
    }
}
