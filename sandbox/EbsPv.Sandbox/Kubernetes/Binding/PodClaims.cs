using System.Text.Json.Nodes;

namespace EbsPv.Sandbox.Kubernetes.Binding;

/// <summary>Which claims a pod uses.</summary>
public static class PodClaims
{
    public static bool Uses(JsonObject pod, JsonObject claim) => pod.Namespace() == claim.Namespace() && Names(pod).Contains(claim.Name());

    public static IEnumerable<string> Names(JsonObject pod) =>
        pod.Objects("spec", "volumes").Select(volume => volume.Text("persistentVolumeClaim", "claimName")).OfType<string>();

    /// <summary>Whether a pod mounts a volume, through the claim that the volume is for.</summary>
    public static bool Mounts(JsonObject pod, JsonObject? volume) =>
        volume.Object("spec", "claimRef") is { } reference
        && pod.Namespace() == reference.Text("namespace") && Names(pod).Contains(reference.Text("name") ?? "");

    /// <summary>Only a scheduled pod holds a claim; a finished one does so as well.</summary>
    public static bool Holds(JsonObject pod, JsonObject claim) =>
        pod.Text("spec", "nodeName") is { Length: > 0 } && Uses(pod, claim);
}
