using System.Text.Json.Nodes;

namespace EbsPv.Sandbox.Kubernetes.Validation;

/// <summary>A Job gets its selector from the server, unless it says that it brings its own.</summary>
public sealed class JobRules : WorkloadRules
{
    private const string Controller = "batch.kubernetes.io/controller-uid";

    public override JsonObject InitialStatus => [];

    public override void SetDefaults(JsonObject owner)
    {
        var spec = owner.Ensure("spec");
        spec["backoffLimit"] ??= 6;
        if (spec["parallelism"] is null) spec["completions"] ??= 1;
        spec["parallelism"] ??= 1;
        if (spec.Flag("manualSelector") || spec["selector"] is not null) return;
        if (owner.Uid().Length == 0) owner.Ensure("metadata")["uid"] = Guid.NewGuid().ToString();
        spec["selector"] = new JsonObject { ["matchLabels"] = new JsonObject { [Controller] = owner.Uid() } };
        var labels = spec.Ensure("template", "metadata", "labels");
        labels[Controller] = owner.Uid();
        labels["batch.kubernetes.io/job-name"] = owner.Name();
    }

    public override void Validate(JsonObject owner, FieldErrors errors, ServerVersion version)
    {
        base.Validate(owner, errors, version);
        if (!owner.Object("spec").Flag("manualSelector") && owner.Text("spec", "selector", "matchLabels", Controller) is null)
            errors.InvalidNode("spec.selector", owner.At("spec", "selector"), "`selector` not auto-generated");
        if (owner.Text("spec", "template", "spec", "restartPolicy") is not ("OnFailure" or "Never"))
            errors.Required("spec.template.spec.restartPolicy", "valid values: \"OnFailure\", \"Never\"");
    }

    public override void ValidateUpdate(JsonObject owner, JsonObject before, FieldErrors errors)
    {
        foreach (var field in (string[])["completions", "selector", "template"])
            if (!owner.At("spec", field).SameAs(before.At("spec", field)))
                errors.InvalidNode($"spec.{field}", owner.At("spec", field), "field is immutable");
    }
}
