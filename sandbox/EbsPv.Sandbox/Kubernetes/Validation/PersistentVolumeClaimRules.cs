using System.Text.Json.Nodes;

namespace EbsPv.Sandbox.Kubernetes.Validation;

/// <summary>Claims. Whether a class allows expansion is asked where the class can be looked up.</summary>
public sealed class PersistentVolumeClaimRules : KindRules
{
    public override JsonObject InitialStatus => new() { ["phase"] = "Pending" };

    public override void SetDefaults(JsonObject owner) => owner.Ensure("spec")["volumeMode"] ??= "Filesystem";

    public override void Validate(JsonObject owner, FieldErrors errors, ServerVersion version)
    {
        var spec = owner.Ensure("spec");
        AccessModes.Validate(spec.Texts("accessModes"), "at least 1 access mode is required", errors, version);
        SelectorRules.LabelSelector(spec.Object("selector"), "spec.selector", errors);
        if (spec.Text("resources", "requests", "storage") is not { } storage) errors.Required("spec.resources[storage]");
        else if (Quantity.ParseOrZero(storage).Value <= 0)
            errors.Invalid("spec.resources[storage]", storage, "must be greater than zero");
        if (spec.Text("storageClassName") is { Length: > 0 } className)
            foreach (var problem in NameRules.Subdomain(className)) errors.Invalid("spec.storageClassName", className, problem);
        if (spec.Text("volumeMode") is not ("Block" or "Filesystem"))
            errors.NotSupported("spec.volumeMode", spec.Text("volumeMode"), "Block", "Filesystem");
    }

    public override void ValidateUpdate(JsonObject owner, JsonObject before, FieldErrors errors)
    {
        var allowed = before.Copy();
        var spec = allowed.Ensure("spec");
        var wanted = owner.Ensure("spec");
        if (spec.Text("volumeName") is not { Length: > 0 }) Take(wanted, spec, "volumeName");
        if (spec["storageClassName"] is null) Take(wanted, spec, "storageClassName");
        Take(wanted, spec, "volumeAttributesClassName");
        var bound = before.Text("status", "phase") == "Bound";
        if (bound) Take(wanted.Ensure("resources"), spec.Ensure("resources"), "requests");
        if (!allowed["spec"].SameAs(owner["spec"]))
            errors.Forbidden("spec",
                "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims");
        else if (bound && Requested(owner).Value < Requested(before).Value)
            errors.Forbidden("spec.resources.requests.storage", "field can not be less than previous value");
    }

    public static Quantity Requested(JsonObject claim) =>
        Quantity.ParseOrZero(claim.Text("spec", "resources", "requests", "storage"));

    private static void Take(JsonObject from, JsonObject to, string field)
    {
        if (from[field] is { } value) to[field] = value.DeepClone();
        else to.Remove(field);
    }
}
