using System.Text.Json.Nodes;

namespace EbsPv.Sandbox.Kubernetes.Validation;

public sealed class StorageClassRules : KindRules
{
    public override void SetDefaults(JsonObject owner)
    {
        owner["reclaimPolicy"] ??= "Delete";
        owner["volumeBindingMode"] ??= "Immediate";
    }

    public override void Validate(JsonObject owner, FieldErrors errors, ServerVersion version)
    {
        var provisioner = owner.Text("provisioner") ?? "";
        if (provisioner.Length == 0) errors.Required("provisioner");
        else
            foreach (var problem in NameRules.QualifiedName(provisioner.ToLowerInvariant()))
                errors.Invalid("provisioner", provisioner, problem);
        if (owner.Text("reclaimPolicy") is not ("Delete" or "Retain"))
            errors.NotSupported("reclaimPolicy", owner.Text("reclaimPolicy"), "Delete", "Retain");
        if (owner.Text("volumeBindingMode") is not ("Immediate" or "WaitForFirstConsumer"))
            errors.NotSupported("volumeBindingMode", owner.Text("volumeBindingMode"), "Immediate", "WaitForFirstConsumer");
    }

    public override void ValidateUpdate(JsonObject owner, JsonObject before, FieldErrors errors)
    {
        foreach (var field in (string[])["parameters", "provisioner", "reclaimPolicy"])
            if (!owner[field].SameAs(before[field])) errors.Forbidden(field, $"updates to {field} are forbidden.");
        if (owner.Text("volumeBindingMode") != before.Text("volumeBindingMode"))
            errors.Invalid("volumeBindingMode", owner.Text("volumeBindingMode"), "field is immutable");
    }
}
