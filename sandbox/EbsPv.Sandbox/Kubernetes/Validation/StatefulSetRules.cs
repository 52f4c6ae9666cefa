using System.Text.Json.Nodes;

namespace EbsPv.Sandbox.Kubernetes.Validation;

public sealed class StatefulSetRules : WorkloadRules
{
    private static readonly string[] s_changeable =
        ["replicas", "ordinals", "template", "updateStrategy", "revisionHistoryLimit", "persistentVolumeClaimRetentionPolicy", "minReadySeconds"];

    private static readonly string[] s_occasions = ["whenDeleted", "whenScaled"];

    public override void SetDefaults(JsonObject owner)
    {
        base.SetDefaults(owner);
        if (owner.Object("spec", "persistentVolumeClaimRetentionPolicy") is not { } policy) return;
        foreach (var occasion in s_occasions) policy[occasion] ??= "Retain";
    }

    public override void Validate(JsonObject owner, FieldErrors errors, ServerVersion version)
    {
        base.Validate(owner, errors, version);
        if (owner.Object("spec", "persistentVolumeClaimRetentionPolicy") is { } policy)
            foreach (var occasion in s_occasions)
                if (policy.Text(occasion) is not ("Retain" or "Delete"))
                    errors.NotSupported($"spec.persistentVolumeClaimRetentionPolicy.{occasion}", policy.Text(occasion), "Delete", "Retain");
        if (owner.Number("spec", "ordinals", "start") < 0)
            errors.InvalidNode("spec.ordinals.start", owner.At("spec", "ordinals", "start"), "must be greater than or equal to 0");
    }

    public override void ValidateUpdate(JsonObject owner, JsonObject before, FieldErrors errors)
    {
        var (now, then) = (owner.Ensure("spec").Copy(), before.Ensure("spec").Copy());
        foreach (var field in s_changeable)
        {
            now.Remove(field);
            then.Remove(field);
        }

        if (!now.SameAs(then))
            errors.Forbidden("spec", "updates to statefulset spec for fields other than "
                + $"{string.Join(", ", s_changeable[..^1].Select(field => $"'{field}'"))} and '{s_changeable[^1]}' are forbidden");
    }
}
