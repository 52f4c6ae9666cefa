using System.Text.Json.Nodes;

namespace EbsPv.Sandbox.Kubernetes.Binding;

/// <summary>Which claims a pod uses.</summary>
public static class PodClaims
{
    public static bool Uses(JsonObject pod, JsonObject claim) =>
        pod.Namespace() == claim.Namespace()
        && pod.Objects("spec", "volumes").Any(volume => volume.Text("persistentVolumeClaim", "claimName") == claim.Name());

    /// <summary>Only a scheduled pod holds a claim; a finished one does so as well.</summary>
    public static bool Holds(JsonObject pod, JsonObject claim) =>
        pod.Text("spec", "nodeName") is { Length: > 0 } && Uses(pod, claim);
}
