using System.Text.Json.Nodes;

namespace EbsPv.Module.Tests.Backends;

/// <summary>Objects that a cluster's own components would make.</summary>
public static class KubeObjects
{
    private const string Driver = "ebs.csi.aws.com";

    /// <summary>A node with the driver registered on it, Ready.</summary>
    public static async Task AddNodeAsync(KubeHttp kube, string name, string zone, string instance, string role = "node")
    {
        await kube.CreateAsync("api/v1/nodes", Node(name, zone, instance, role));
        await kube.PatchAsync($"api/v1/nodes/{name}/status", Parse("""{"status":{"conditions":[{"type":"Ready","status":"True","reason":"KubeletReady"}]}}"""));
        await kube.CreateAsync("apis/storage.k8s.io/v1/csinodes", CsiNode(name, instance));
    }

    public static JsonNode CsiDriver() => Parse($$$"""
        {"kind":"CSIDriver","apiVersion":"storage.k8s.io/v1","metadata":{"name":"{{{Driver}}}"},"spec":{"attachRequired":true,"podInfoOnMount":false}}
        """);

    /// <summary>A claim for a volume of the set's class.</summary>
    public static JsonNode Claim(string name, string volumeName, string storageClass = "manual-ebs") => Parse($$$"""
        {"kind":"PersistentVolumeClaim","apiVersion":"v1","metadata":{"name":"{{{name}}}","namespace":"default"},
         "spec":{"accessModes":["ReadWriteOnce"],"storageClassName":"{{{storageClass}}}","volumeName":"{{{volumeName}}}","resources":{"requests":{"storage":"10Gi"} } } }
        """);

    /// <summary>A PersistentVolume that someone else made.</summary>
    public static JsonNode PersistentVolume(string name, string source, string storageClass = "other") => Parse($$$"""
        {"kind":"PersistentVolume","apiVersion":"v1","metadata":{"name":"{{{name}}}"},
         "spec":{"capacity":{"storage":"10Gi"},"accessModes":["ReadWriteOnce"],"persistentVolumeReclaimPolicy":"Retain","storageClassName":"{{{storageClass}}}",{{{source}}} } }
        """);

    /// <summary>A StatefulSet with one claim template, which asks for 10Gi of the set's class, or of the cluster's default for none.</summary>
    public static JsonNode StatefulSet(string name, string template, string? storageClass = null, int replicas = 0) => StatefulSet(name, [template], storageClass, replicas);

    /// <summary>A StatefulSet with some claim templates.</summary>
    public static JsonNode StatefulSet(string name, string[] templates, string? storageClass = null, int replicas = 0) => Parse($$$"""
        {"kind":"StatefulSet","apiVersion":"apps/v1","metadata":{"name":"{{{name}}}","namespace":"default"},
         "spec":{"replicas":{{{replicas}}},"serviceName":"{{{name}}}","selector":{"matchLabels":{"app":"{{{name}}}"} },
           "template":{"metadata":{"labels":{"app":"{{{name}}}"} },"spec":{"containers":[{"name":"main","image":"none"}]} },
           "volumeClaimTemplates":[{{{string.Join(",", templates.Select(template => Template(template, storageClass)))}}}]} }
        """);

    /// <summary>A pod that mounts claims, sent to a node or not.</summary>
    public static JsonNode Pod(string name, string? node, string? owner, params string[] claims)
    {
        var pod = Parse($$$"""
            {"kind":"Pod","apiVersion":"v1","metadata":{"name":"{{{name}}}","namespace":"default"},
             "spec":{"containers":[{"name":"main","image":"none"}],"terminationGracePeriodSeconds":0,"volumes":[]} }
            """);
        if (owner is not null) pod["metadata"]!["ownerReferences"] = new JsonArray(Parse(owner));
        if (node is not null) pod["spec"]!["nodeName"] = node;
        foreach (var claim in claims)
            pod["spec"]!["volumes"]!.AsArray().Add(new JsonObject { ["name"] = claim, ["persistentVolumeClaim"] = new JsonObject { ["claimName"] = claim } });
        return pod;
    }

    /// <summary>An owner reference to what controls a pod.</summary>
    public static string Owner(string apiVersion, string kind, string name) =>
        $$"""{"apiVersion":"{{apiVersion}}","kind":"{{kind}}","name":"{{name}}","uid":"11111111-2222-3333-4444-555555555555","controller":true}""";

    /// <summary>A role for a user, in the whole cluster.</summary>
    public static JsonNode RoleBinding(string role, string user) => Parse($$$"""
        {"kind":"ClusterRoleBinding","apiVersion":"rbac.authorization.k8s.io/v1","metadata":{"name":"{{{user}}}"},
         "roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"{{{role}}}"},
         "subjects":[{"apiGroup":"rbac.authorization.k8s.io","kind":"User","name":"{{{user}}}"}]}
        """);

    /// <summary>Whether the nodes of a zone are Ready; Unknown is what the node controller writes of one that is silent.</summary>
    public static async Task SetReadyAsync(KubeHttp kube, string zone, bool ready)
    {
        foreach (var node in (await kube.ListAsync("api/v1/nodes")).Where(node => node["metadata"]!["labels"]!["topology.kubernetes.io/zone"]!.GetValue<string>() == zone))
            await kube.PatchAsync($"api/v1/nodes/{node["metadata"]!["name"]}/status", Parse($$$"""{"status":{"conditions":[{"type":"Ready","status":"{{{(ready ? "True" : "Unknown")}}}","reason":"Test"}]} }"""));
    }

    private static string Template(string name, string? storageClass)
    {
        var ofClass = storageClass is null ? "" : $"\"storageClassName\":\"{storageClass}\",";
        return $$$"""{"metadata":{"name":"{{{name}}}"},"spec":{"accessModes":["ReadWriteOnce"],{{{ofClass}}}"resources":{"requests":{"storage":"10Gi"} } } }""";
    }

    private static JsonNode Node(string name, string zone, string instance, string role) => Parse($$$"""
        {"kind":"Node","apiVersion":"v1",
         "metadata":{"name":"{{{name}}}","labels":{
           "kops.k8s.io/instancegroup":"nodes","node-role.kubernetes.io/{{{role}}}":"","node.kubernetes.io/instance-type":"t3.medium",
           "topology.kubernetes.io/region":"{{{zone[..^1]}}}","topology.kubernetes.io/zone":"{{{zone}}}"}},
         "spec":{"providerID":"aws:///{{{zone}}}/{{{instance}}}"}}
        """);

    private static JsonNode CsiNode(string name, string instance) => Parse($$$"""
        {"kind":"CSINode","apiVersion":"storage.k8s.io/v1","metadata":{"name":"{{{name}}}"},
         "spec":{"drivers":[{"name":"{{{Driver}}}","nodeID":"{{{instance}}}","topologyKeys":["topology.kubernetes.io/zone"]}]}}
        """);

    private static JsonNode Parse(string json) => JsonNode.Parse(json)!;
}
