using System.Text.Json.Nodes;

namespace EbsPv.Sandbox.Kubernetes.Validation;

/// <summary>The external-snapshotter's VolumeSnapshotContent, as far as its CustomResourceDefinition asks for fields.</summary>
public sealed class SnapshotContentRules : KindRules
{
    public override JsonObject InitialStatus => [];

    public override void Validate(JsonObject owner, FieldErrors errors, ServerVersion version)
    {
        if (owner.Object("spec") is not { } spec)
        {
            errors.Required("spec");
            return;
        }

        if (spec.Text("deletionPolicy") is not ("Delete" or "Retain"))
            errors.NotSupported("spec.deletionPolicy", spec.Text("deletionPolicy"), "Delete", "Retain");
        foreach (var field in (string[])["driver", "source", "volumeSnapshotRef"])
            if (spec[field] is null) errors.Required($"spec.{field}");
    }
}
