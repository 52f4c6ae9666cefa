using System.Text.Json.Nodes;

namespace EbsPv.Module.Tests.Backends;

/// <summary>Objects that a cluster's own components would make.</summary>
public static class KubeObjects
{
    /// <summary>A node with the driver registered on it, Ready.</summary>
    public static async Task AddNodeAsync(KubeHttp kube, string name, string zone, string instance, string role = "node")
    {
        await kube.CreateAsync("api/v1/nodes", Node(name, zone, instance, role));
        await kube.PatchAsync($"api/v1/nodes/{name}/status", Parse("""{"status":{"conditions":[{"type":"Ready","status":"True","reason":"KubeletReady"}]}}"""));
        await kube.CreateAsync("apis/storage.k8s.io/v1/csinodes", CsiNode(name, instance));
    }

    public static JsonNode CsiDriver(string driver) => Parse($$$"""
        {"kind":"CSIDriver","apiVersion":"storage.k8s.io/v1","metadata":{"name":"{{{driver}}}"},"spec":{"attachRequired":true,"podInfoOnMount":false}}
        """);

    /// <summary>A driver in a node's CSINode.</summary>
    public static JsonNode DriverOnNode(string driver, string instance) => Parse($$$"""
        {"name":"{{{driver}}}","nodeID":"{{{instance}}}","topologyKeys":["topology.kubernetes.io/zone"]}
        """);

    /// <summary>A claim for a volume of the set's class; for any, when that has no name.</summary>
    public static JsonNode Claim(string name, string volumeName, string storageClass = "manual-ebs", string size = "10Gi") => Parse($$$"""
        {"kind":"PersistentVolumeClaim","apiVersion":"v1","metadata":{"name":"{{{name}}}","namespace":"default"},
         "spec":{"accessModes":["ReadWriteOnce"],"storageClassName":"{{{storageClass}}}","volumeName":"{{{volumeName}}}","resources":{"requests":{"storage":"{{{size}}}"} } } }
        """);

    /// <summary>A PersistentVolume that someone else made.</summary>
    public static JsonNode PersistentVolume(string name, string source, string storageClass = "other") => Parse($$$"""
        {"kind":"PersistentVolume","apiVersion":"v1","metadata":{"name":"{{{name}}}"},
         "spec":{"capacity":{"storage":"10Gi"},"accessModes":["ReadWriteOnce"],"persistentVolumeReclaimPolicy":"Retain","storageClassName":"{{{storageClass}}}",{{{source}}} } }
        """);

    /// <summary>A StatefulSet with one claim template, which asks for 10Gi of a class, or of the cluster's default for none.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="template">Name of the claim template.</param>
    /// <param name="storageClass">The class it asks for.</param>
    /// <param name="more">More of the template's spec, as JSON members that end with a comma.</param>
    /// <param name="start">The first ordinal.</param>
    public static JsonNode StatefulSet(string name, string template, string? storageClass = null, string more = "", int start = 0) => Parse($$$"""
        {"kind":"StatefulSet","apiVersion":"apps/v1","metadata":{"name":"{{{name}}}","namespace":"default"},
         "spec":{"replicas":0,"serviceName":"{{{name}}}","selector":{"matchLabels":{"app":"{{{name}}}"}},{{{(start == 0 ? "" : $"\"ordinals\":{{\"start\":{start}}},")}}}
           "template":{"metadata":{"labels":{"app":"{{{name}}}"}},"spec":{"containers":[{"name":"main","image":"none","volumeMounts":[{"name":"{{{template}}}","mountPath":"/data"}]}]} },
           "volumeClaimTemplates":[{"metadata":{"name":"{{{template}}}"},
             "spec":{"accessModes":["ReadWriteOnce"],{{{more}}}{{{(storageClass is null ? "" : $"\"storageClassName\":\"{storageClass}\",")}}}"resources":{"requests":{"storage":"10Gi"} } } }]} }
        """);

    /// <summary>The claim that the StatefulSet's controller makes for a pod: what its template says, and no volume by name.</summary>
    public static JsonNode ClaimOf(JsonNode statefulSet, int ordinal)
    {
        var template = statefulSet["spec"]!["volumeClaimTemplates"]![0]!;
        var claim = new JsonObject { ["kind"] = "PersistentVolumeClaim", ["apiVersion"] = "v1", ["spec"] = template["spec"]!.DeepClone() };
        claim["metadata"] = new JsonObject
        {
            ["name"] = $"{template["metadata"]!["name"]}-{statefulSet["metadata"]!["name"]}-{ordinal}",
            ["namespace"] = "default",
            ["labels"] = statefulSet["spec"]!["selector"]!["matchLabels"]!.DeepClone(),
        };
        return claim;
    }

    /// <summary>A pod on a node, which uses a claim.</summary>
    public static JsonNode Pod(string name, string claim, string node) => Parse($$$"""
        {"kind":"Pod","apiVersion":"v1","metadata":{"name":"{{{name}}}","namespace":"default"},
         "spec":{"nodeName":"{{{node}}}","containers":[{"name":"main","image":"none"}],"volumes":[{"name":"data","persistentVolumeClaim":{"claimName":"{{{claim}}}"}}]}}
        """);

    public static JsonNode StorageClass(string name, string provisioner, string bindingMode = "Immediate") => Parse($$$"""
        {"kind":"StorageClass","apiVersion":"storage.k8s.io/v1","metadata":{"name":"{{{name}}}"},"provisioner":"{{{provisioner}}}","volumeBindingMode":"{{{bindingMode}}}"}
        """);

    /// <summary>A role for a user, in the whole cluster.</summary>
    public static JsonNode RoleBinding(string role, string user) => Parse($$$"""
        {"kind":"ClusterRoleBinding","apiVersion":"rbac.authorization.k8s.io/v1","metadata":{"name":"{{{user}}}"},
         "roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"{{{role}}}"},
         "subjects":[{"apiGroup":"rbac.authorization.k8s.io","kind":"User","name":"{{{user}}}"}]}
        """);

    private static JsonNode Node(string name, string zone, string instance, string role) => Parse($$$"""
        {"kind":"Node","apiVersion":"v1",
         "metadata":{"name":"{{{name}}}","labels":{
           "kops.k8s.io/instancegroup":"nodes","node-role.kubernetes.io/{{{role}}}":"","node.kubernetes.io/instance-type":"t3.medium",
           "topology.kubernetes.io/region":"{{{zone[..^1]}}}","topology.kubernetes.io/zone":"{{{zone}}}"}},
         "spec":{"providerID":"aws:///{{{zone}}}/{{{instance}}}"}}
        """);

    private static JsonNode CsiNode(string name, string instance) => Parse($$$"""
        {"kind":"CSINode","apiVersion":"storage.k8s.io/v1","metadata":{"name":"{{{name}}}"},"spec":{"drivers":[{{{DriverOnNode(Workers.Csi, instance).ToJsonString()}}}]}}
        """);

    private static JsonNode Parse(string json) => JsonNode.Parse(json)!;
}
