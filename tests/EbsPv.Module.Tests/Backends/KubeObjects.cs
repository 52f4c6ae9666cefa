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
    public static JsonNode StatefulSet(string name, string template, string? storageClass = null, int replicas = 0) => Parse($$$"""
        {"kind":"StatefulSet","apiVersion":"apps/v1","metadata":{"name":"{{{name}}}","namespace":"default"},
         "spec":{"replicas":{{{replicas}}},"serviceName":"{{{name}}}","selector":{"matchLabels":{"app":"{{{name}}}"}},
           "template":{"metadata":{"labels":{"app":"{{{name}}}"}},"spec":{"containers":[{"name":"main","image":"none","volumeMounts":[{"name":"{{{template}}}","mountPath":"/data"}]}]} },
           "volumeClaimTemplates":[{"metadata":{"name":"{{{template}}}"},"spec":{"accessModes":["ReadWriteOnce"],{{{(storageClass is null ? "" : $"\"storageClassName\":\"{storageClass}\",")}}}"resources":{"requests":{"storage":"10Gi"} } } }]} }
        """);

    /// <summary>A pod that mounts a claim, sent to a node.</summary>
    public static JsonNode Pod(string name, string claim, string node) => Parse($$$"""
        {"kind":"Pod","apiVersion":"v1","metadata":{"name":"{{{name}}}","namespace":"default"},
         "spec":{"nodeName":"{{{node}}}","containers":[{"name":"main","image":"none","volumeMounts":[{"name":"data","mountPath":"/data"}]}],
           "volumes":[{"name":"data","persistentVolumeClaim":{"claimName":"{{{claim}}}"} }]} }
        """);

    /// <summary>The source of a PersistentVolume for the EBS CSI driver.</summary>
    public static string Csi(string volumeId) => $$"""
        "csi":{"driver":"{{Driver}}","volumeHandle":"{{volumeId}}"}
        """;

    /// <summary>A storage class that makes volumes for claims.</summary>
    public static JsonNode StorageClass(string name, string volumeType) => Parse($$$"""
        {"kind":"StorageClass","apiVersion":"storage.k8s.io/v1","metadata":{"name":"{{{name}}}"},"provisioner":"{{{Driver}}}","parameters":{"type":"{{{volumeType}}}"},
         "volumeBindingMode":"WaitForFirstConsumer","allowVolumeExpansion":true}
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
        {"kind":"CSINode","apiVersion":"storage.k8s.io/v1","metadata":{"name":"{{{name}}}"},
         "spec":{"drivers":[{"name":"{{{Driver}}}","nodeID":"{{{instance}}}","topologyKeys":["topology.kubernetes.io/zone"]}]}}
        """);

    private static JsonNode Parse(string json) => JsonNode.Parse(json)!;
}
