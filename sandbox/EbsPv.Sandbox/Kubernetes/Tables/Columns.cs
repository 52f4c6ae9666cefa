using System.Globalization;
using System.Text.Json.Nodes;

namespace EbsPv.Sandbox.Kubernetes.Tables;

/// <summary>The columns of each kind, in kubectl's order and with its abbreviations.</summary>
public static class Columns
{
    private const string Unset = "<unset>";
    private static readonly Column s_name = new("Name", owner => owner.Name());
    private static readonly Column s_age = new("Age", (owner, now) => Age(owner, now));
    private static readonly Column s_status =
        new("Status", owner => owner.IsDeleting() ? "Terminating" : owner.Text("status", "phase"));

    private static readonly Column s_class = new("StorageClass", owner => owner.Text("spec", "storageClassName"));
    private static readonly Column s_attributes =
        new("VolumeAttributesClass", owner => owner.Text("spec", "volumeAttributesClassName") ?? Unset);

    private static readonly Column s_mode = new("VolumeMode", owner => owner.Text("spec", "volumeMode"), 1);

    private static readonly Column[] s_volumes =
    [
        s_name,
        new("Capacity", owner => owner.Text("spec", "capacity", "storage")),
        new("Access Modes", owner => Modes(owner.Texts("spec", "accessModes"))),
        new("Reclaim Policy", owner => owner.Text("spec", "persistentVolumeReclaimPolicy")),
        s_status,
        new("Claim", owner => owner.Object("spec", "claimRef") is { } claim ? $"{claim.Text("namespace")}/{claim.Text("name")}" : ""),
        s_class,
        s_attributes,
        new("Reason", owner => owner.Text("status", "reason")),
        s_age,
        s_mode,
    ];

    private static readonly Column[] s_claims =
    [
        s_name,
        s_status,
        new("Volume", owner => owner.Text("spec", "volumeName")),
        new("Capacity", owner => IsPlaced(owner) ? owner.Text("status", "capacity", "storage") : ""),
        new("Access Modes", owner => IsPlaced(owner) ? Modes(owner.Texts("status", "accessModes")) : ""),
        s_class,
        s_attributes,
        s_age,
        s_mode,
    ];

    private static readonly Column[] s_nodes =
    [
        s_name,
        new("Status", NodeStatus),
        new("Roles", Roles),
        s_age,
        new("Version", owner => owner.Text("status", "nodeInfo", "kubeletVersion")),
        new("Internal-IP", owner => Address(owner, "InternalIP"), 1),
        new("External-IP", owner => Address(owner, "ExternalIP"), 1),
        new("OS-Image", owner => owner.Text("status", "nodeInfo", "osImage"), 1),
        new("Kernel-Version", owner => owner.Text("status", "nodeInfo", "kernelVersion"), 1),
        new("Container-Runtime", owner => owner.Text("status", "nodeInfo", "containerRuntimeVersion"), 1),
    ];

    private static readonly Column[] s_pods =
    [
        s_name,
        new("Ready", owner => $"{Started(owner).Count(one => one.Flag("ready"))}/{owner.Objects("spec", "containers").Count}"),
        s_status,
        new("Restarts", owner => Started(owner).Sum(one => int.TryParse(one.Text("restartCount"), CultureInfo.InvariantCulture, out var times) ? times : 0).ToString(CultureInfo.InvariantCulture)),
        s_age,
        new("IP", owner => owner.Text("status", "podIP") ?? "<none>", 1),
        new("Node", owner => owner.Text("spec", "nodeName") ?? "<none>", 1),
        new("Nominated Node", owner => owner.Text("status", "nominatedNodeName") ?? "<none>", 1),
        new("Readiness Gates", _ => "<none>", 1),
    ];

    private static readonly Column[] s_others = [s_name, s_age];

    public static IReadOnlyList<Column> Of(ResourceType type) => type.Kind switch
    {
        "PersistentVolume" => s_volumes,
        "PersistentVolumeClaim" => s_claims,
        "Node" => s_nodes,
        "Pod" => s_pods,
        _ => s_others,
    };

    private static IReadOnlyList<JsonObject> Started(JsonObject pod) => pod.Objects("status", "containerStatuses");

    private static bool IsPlaced(JsonObject claim) => claim.Text("spec", "volumeName") is { Length: > 0 };

    private static string Modes(IReadOnlyList<string> modes) => string.Join(',', modes.Select(mode => mode switch
    {
        "ReadWriteOnce" => "RWO",
        "ReadOnlyMany" => "ROX",
        "ReadWriteMany" => "RWX",
        "ReadWriteOncePod" => "RWOP",
        _ => mode,
    }));

    private static string NodeStatus(JsonObject node)
    {
        var ready = node.Objects("status", "conditions").FirstOrDefault(one => one.Text("type") == "Ready")?.Text("status") switch
        {
            "True" => "Ready",
            null => "Unknown",
            _ => "NotReady",
        };
        return node.Flag("spec", "unschedulable") ? $"{ready},SchedulingDisabled" : ready;
    }

    private static string Roles(JsonObject node)
    {
        const string prefix = "node-role.kubernetes.io/";
        var roles = (node.Object("metadata", "labels") ?? [])
            .Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(pair => pair.Key[prefix.Length..]).Order();
        return string.Join(',', roles) is { Length: > 0 } text ? text : "<none>";
    }

    private static string Address(JsonObject node, string type) =>
        node.Objects("status", "addresses").FirstOrDefault(one => one.Text("type") == type)?.Text("address") ?? "<none>";

    private static string Age(JsonObject owner, DateTimeOffset now)
    {
        if (!DateTimeOffset.TryParse(owner.Text("metadata", "creationTimestamp"), CultureInfo.InvariantCulture, out var created))
            return "<unknown>";
        var age = now - created;
        if (age.TotalSeconds < 120) return $"{Math.Max(0, (int)age.TotalSeconds)}s";
        if (age.TotalMinutes < 10) return age.Seconds == 0 ? $"{age.Minutes}m" : $"{age.Minutes}m{age.Seconds}s";
        if (age.TotalHours < 3) return $"{(int)age.TotalMinutes}m";
        return age.TotalHours < 48 ? $"{(int)age.TotalHours}h" : $"{(int)age.TotalDays}d";
    }
}
