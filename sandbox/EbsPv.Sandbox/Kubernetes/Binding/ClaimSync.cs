using System.Text.Json.Nodes;

namespace EbsPv.Sandbox.Kubernetes.Binding;

/// <summary>What the controller does about one claim: syncClaim of pv_controller.go.</summary>
public sealed class ClaimSync(KubernetesState state, ObjectPhases phases, EventRecorder events)
{
    public void Sync(JsonObject claim, VolumeMatcher matcher)
    {
        if (claim.Annotation(BindingNames.BindCompleted) is not null) SyncBound(claim);
        else if (!claim.IsDeleting()) SyncUnbound(claim, matcher);
    }

    private void SyncBound(JsonObject claim)
    {
        var volume = state.Find(ResourceTypes.PersistentVolumes, "", claim.Text("spec", "volumeName") ?? "");
        var owner = volume.Text("spec", "claimRef", "uid");
        if (volume is null)
            Lose(claim, "ClaimLost", "Bound claim has lost its PersistentVolume. Data on the volume is lost!");
        else if (volume.At("spec", "claimRef") is null || owner == claim.Uid()) Bind(volume, claim);
        else Lose(claim, "ClaimMisbound", "Two claims are bound to the same volume, this one is bound incorrectly");
    }

    private void Lose(JsonObject claim, string reason, string message)
    {
        if (claim.Text("status", "phase") == "Lost") return;
        phases.SetClaim(claim, "Lost");
        events.Warn(claim, reason, message);
    }

    private void SyncUnbound(JsonObject claim, VolumeMatcher matcher)
    {
        if (Choose(claim, matcher) is { } volume) Bind(volume, claim);
        else phases.SetClaim(claim, "Pending");
    }

    private JsonObject? Choose(JsonObject claim, VolumeMatcher matcher)
    {
        if (claim.Text("spec", "volumeName") is { Length: > 0 } name) return Named(claim, name);
        if (matcher.Reserved(claim) is { } reserved) return reserved;
        if (!WaitsForConsumer(claim)) return matcher.Free(claim, node: null);
        if (Consumer(claim) is not { } pod) return null;
        var node = state.Find(ResourceTypes.Nodes, "", pod.Text("spec", "nodeName") ?? "");
        return matcher.Free(claim, node);
    }

    private JsonObject? Named(JsonObject claim, string name)
    {
        if (state.Find(ResourceTypes.PersistentVolumes, "", name) is not { } volume) return null;
        if (volume.At("spec", "claimRef") is not null) return Pairing.IsFor(volume, claim) ? volume : null;
        if (Pairing.Mismatch(volume, claim) is not { } mismatch) return volume;
        events.Warn(claim, "VolumeMismatch", $"Cannot bind to requested volume \"{name}\": {mismatch}");
        return null;
    }

    private bool WaitsForConsumer(JsonObject claim) =>
        state.Find(ResourceTypes.StorageClasses, "", Pairing.ClassOf(claim)).Text("volumeBindingMode") == "WaitForFirstConsumer";

    private JsonObject? Consumer(JsonObject claim) => state.Snapshot(ResourceTypes.Pods).Objects.Values
        .FirstOrDefault(pod => !pod.IsDeleting() && PodClaims.Uses(pod, claim));

    private void Bind(JsonObject volume, JsonObject claim)
    {
        var bound = phases.Change(ResourceTypes.PersistentVolumes, volume, changed =>
        {
            if (!Pairing.IsFor(volume, claim)) ObjectPhases.Annotate(changed, BindingNames.BoundByController);
            if (changed.Text("spec", "claimRef", "uid") != claim.Uid()) changed.Ensure("spec")["claimRef"] = ReferenceTo(claim);
        });
        phases.SetVolume(bound, "Bound");
        var settled = phases.Change(ResourceTypes.PersistentVolumeClaims, claim, changed =>
        {
            if (changed.Text("spec", "volumeName") != volume.Name())
            {
                changed.Ensure("spec")["volumeName"] = volume.Name();
                ObjectPhases.Annotate(changed, BindingNames.BoundByController);
            }

            ObjectPhases.Annotate(changed, BindingNames.BindCompleted);
        });
        phases.SetClaim(settled, "Bound", bound);
    }

    private static JsonObject ReferenceTo(JsonObject claim) => new()
    {
        ["kind"] = "PersistentVolumeClaim",
        ["namespace"] = claim.Namespace(),
        ["name"] = claim.Name(),
        ["uid"] = claim.Uid(),
        ["apiVersion"] = "v1",
        ["resourceVersion"] = claim.ResourceVersion(),
    };
}
