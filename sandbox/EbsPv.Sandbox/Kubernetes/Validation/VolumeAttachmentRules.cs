using System.Text.Json.Nodes;

namespace EbsPv.Sandbox.Kubernetes.Validation;

public sealed class VolumeAttachmentRules : KindRules
{
    public override JsonObject InitialStatus => new() { ["attached"] = false };

    public override void Validate(JsonObject owner, FieldErrors errors, ServerVersion version)
    {
        if (owner.Text("spec", "attacher") is not { Length: > 0 }) errors.Required("spec.attacher");
        var source = owner.Object("spec", "source");
        if (source.At("persistentVolumeName") is null == source.At("inlineVolumeSpec") is null)
            errors.Required("spec.source", "must specify exactly one of inlineVolumeSpec and persistentVolumeName");
        foreach (var problem in NameRules.Subdomain(owner.Text("spec", "nodeName") ?? ""))
            errors.Invalid("spec.nodeName", owner.Text("spec", "nodeName"), problem);
    }

    public override void ValidateUpdate(JsonObject owner, JsonObject before, FieldErrors errors)
    {
        if (!owner["spec"].SameAs(before["spec"])) errors.InvalidNode("spec", owner["spec"], "field is immutable");
    }
}
