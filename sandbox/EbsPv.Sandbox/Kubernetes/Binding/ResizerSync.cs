using System.Globalization;
using System.Text.Json.Nodes;
using EbsPv.Sandbox.Kubernetes.Validation;

namespace EbsPv.Sandbox.Kubernetes.Binding;

/// <summary>
/// The external-resizer, which lets the disk of a claim that asks for more grow, and the kubelet, which lets the file system follow once
/// a pod mounts it.
/// </summary>
public sealed class ResizerSync(KubernetesState state, IDisks? disks, ObjectPhases phases, EventRecorder events)
{
    private const decimal GiB = 1024 * 1024 * 1024;
    private const string Resizing = "Resizing";
    private const string Pending = "FileSystemResizePending";

    /// <summary>Looks after one claim.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="runs">Whether the resizer runs; the kubelet does in any case.</param>
    /// <returns>Whether it waits for EC2, and so must be called again.</returns>
    public bool Sync(JsonObject claim, bool runs)
    {
        if (claim.Text("status", "phase") != "Bound") return false;
        if (state.Find(ResourceTypes.PersistentVolumes, "", claim.Text("spec", "volumeName") ?? "") is not { } volume) return false;
        if (EbsSource.VolumeIdOf(volume) is not { } volumeId) return false;
        var asked = PersistentVolumeClaimRules.Requested(claim);
        var isLess = CapacityOf(claim).Value < asked.Value;
        if (runs && isLess && Pairing.CapacityOf(volume).Value < asked.Value) return Grow(claim, volume, volumeId, asked);
        if (Pairing.CapacityOf(volume).Value <= CapacityOf(claim).Value) return false;
        if (volume.Text("spec", "volumeMode") == "Block" || HasRunningPod(claim)) Finish(claim, volume);
        else if (runs && isLess) SetCondition(claim, Pending, "Waiting for user to (re-)start a pod to finish file system resize of volume on node.");
        return false;
    }

    private static Quantity CapacityOf(JsonObject claim) => Quantity.ParseOrZero(claim.Text("status", "capacity", "storage"));

    private bool Grow(JsonObject claim, JsonObject volume, string volumeId, Quantity asked)
    {
        claim = SetCondition(claim, Resizing, null);
        var size = (int)Math.Ceiling(asked.Value / GiB);
        var (isDone, problem) = disks?.Grow(volumeId, size) ?? (true, null);
        if (problem is not null)
            events.Warn(claim, "VolumeResizeFailed",
                $"resize volume \"{volume.Name()}\" by resizer \"ebs.csi.aws.com\" failed: rpc error: code = Internal desc = Could not resize volume \"{volumeId}\": {problem}");
        if (!isDone) return true;
        phases.Change(ResourceTypes.PersistentVolumes, volume, changed =>
            changed.Ensure("spec", "capacity")["storage"] = string.Create(CultureInfo.InvariantCulture, $"{size}Gi"));
        return false;
    }

    private bool HasRunningPod(JsonObject claim) => state.Snapshot(ResourceTypes.Pods).Objects.Values.Any(pod =>
        PodClaims.Holds(pod, claim)
        && pod.Text("status", "phase") is not ("Succeeded" or "Failed")
        && state.Find(ResourceTypes.Nodes, "", pod.Text("spec", "nodeName")!) is { } node && NodeHealth.IsReady(node));

    private void Finish(JsonObject claim, JsonObject volume) => phases.Change(ResourceTypes.PersistentVolumeClaims, claim, changed =>
    {
        var status = changed.Ensure("status");
        status["capacity"] = volume.At("spec", "capacity")!.DeepClone();
        status.Remove("conditions");
    });

    private JsonObject SetCondition(JsonObject claim, string type, string? message)
    {
        if (claim.Objects("status", "conditions").Any(one => one.Text("type") == type)) return claim;
        return phases.Change(ResourceTypes.PersistentVolumeClaims, claim, changed =>
        {
            var condition = new JsonObject { ["type"] = type, ["status"] = "True", ["lastTransitionTime"] = state.Timestamp() };
            if (message is not null) condition["message"] = message;
            changed.Ensure("status")["conditions"] = new JsonArray(condition);
        });
    }
}
