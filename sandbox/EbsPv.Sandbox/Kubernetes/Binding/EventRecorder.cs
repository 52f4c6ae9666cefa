using System.Text.Json.Nodes;

namespace EbsPv.Sandbox.Kubernetes.Binding;

/// <summary>Tells what went wrong as Event objects, for kubectl describe; the same thing twice is counted.</summary>
public sealed class EventRecorder(KubernetesState state)
{
    public void Warn(JsonObject about, string reason, string message)
    {
        var @namespace = about.Namespace() is { Length: > 0 } own ? own : "default";
        var name = $"{about.Name()}.{about.Uid()}.{reason}".ToLowerInvariant();
        var known = state.Find(ResourceTypes.Events, @namespace, name);
        // Said once and not again until the message changes: a pass that repeats itself must not wake itself.
        if (known.Text("message") == message) return;
        var happened = new JsonObject
        {
            ["kind"] = "Event",
            ["apiVersion"] = "v1",
            ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = @namespace },
            ["involvedObject"] = Reference(about),
            ["type"] = "Warning",
            ["reason"] = reason,
            ["message"] = message,
            ["source"] = new JsonObject { ["component"] = "persistentvolume-controller" },
            ["firstTimestamp"] = state.Timestamp(),
            ["lastTimestamp"] = state.Timestamp(),
            ["count"] = 1,
        };
        state.Stamp(happened);
        state.Put(ResourceTypes.Events, happened);
    }

    private static JsonObject Reference(JsonObject about)
    {
        var reference = new JsonObject
        {
            ["kind"] = about.Text("kind"),
            ["apiVersion"] = about.Text("apiVersion"),
            ["name"] = about.Name(),
            ["uid"] = about.Uid(),
        };
        if (about.Namespace().Length > 0) reference["namespace"] = about.Namespace();
        return reference;
    }
}
