using System.Text.Json.Nodes;

namespace EbsPv.Sandbox.Kubernetes.Validation;

public sealed class NamespaceRules : KindRules
{
    public override JsonObject InitialStatus => new() { ["phase"] = "Active" };

    public override void SetDefaults(JsonObject owner)
    {
        owner.Ensure("spec")["finalizers"] ??= new JsonArray("kubernetes");
        owner.Ensure("metadata", "labels")["kubernetes.io/metadata.name"] = owner.Name();
    }
}
