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

    /// <summary>A storage class of somebody else.</summary>
    public static JsonNode StorageClassOf(string name, string provisioner, string bindingMode = "Immediate") => Parse($$$"""
        {"kind":"StorageClass","apiVersion":"storage.k8s.io/v1","metadata":{"name":"{{{name}}}"},"provisioner":"{{{provisioner}}}","volumeBindingMode":"{{{bindingMode}}}"}
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

    /// <summary>A StatefulSet whose claim template says more, as JSON members, and whose ordinals begin later.</summary>
    public static JsonNode StatefulSet(string name, string template, string storageClass, string more, int start = 0)
    {
        var set = StatefulSet(name, template, storageClass);
        if (start > 0) set["spec"]!["ordinals"] = new JsonObject { ["start"] = start };
        foreach (var (key, value) in Parse($"{{{more}}}").AsObject()) set["spec"]!["volumeClaimTemplates"]![0]!["spec"]![key] = value?.DeepClone();
        return set;
    }

    /// <summary>The source of a PersistentVolume for the EBS CSI driver.</summary>
    public static string Csi(string volumeId) => $$"""
        "csi":{"driver":"{{Workers.Csi}}","volumeHandle":"{{volumeId}}"}
        """;

    /// <summary>A storage class that makes volumes for claims.</summary>
    public static JsonNode StorageClass(string name, string volumeType) => Parse($$$"""
        {"kind":"StorageClass","apiVersion":"storage.k8s.io/v1","metadata":{"name":"{{{name}}}"},"provisioner":"{{{Workers.Csi}}}","parameters":{"type":"{{{volumeType}}}"},
         "volumeBindingMode":"WaitForFirstConsumer","allowVolumeExpansion":true}
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

    /// <summary>What says that a PersistentVolume is attached to a node; named after it.</summary>
    public static JsonNode VolumeAttachment(string volumeName, string node) => Parse($$$"""
        {"kind":"VolumeAttachment","apiVersion":"storage.k8s.io/v1","metadata":{"name":"{{{volumeName}}}"},
         "spec":{"attacher":"{{{Workers.Csi}}}","nodeName":"{{{node}}}","source":{"persistentVolumeName":"{{{volumeName}}}"} } }
        """);

    /// <summary>An owner reference to what controls a pod.</summary>
    public static string Owner(string apiVersion, string kind, string name) =>
        $$"""{"apiVersion":"{{apiVersion}}","kind":"{{kind}}","name":"{{name}}","uid":"11111111-2222-3333-4444-555555555555","controller":true}""";

    public const string SnapshotContents = "volumesnapshotcontents.snapshot.storage.k8s.io";

    /// <summary>The snapshotter's name for a snapshot of EC2.</summary>
    public static JsonNode SnapshotContent(string name, string snapshotId) => Parse($$$"""
        {"kind":"VolumeSnapshotContent","apiVersion":"snapshot.storage.k8s.io/v1","metadata":{"name":"{{{name}}}"},
         "spec":{"driver":"{{{Workers.Csi}}}","deletionPolicy":"Retain","source":{"snapshotHandle":"{{{snapshotId}}}"},"volumeSnapshotRef":{"name":"{{{name}}}","namespace":"default"} } }
        """);

    /// <summary>What teaches a cluster that kind.</summary>
    public static JsonNode SnapshotContentDefinition() => Parse($$$"""
        {"kind":"CustomResourceDefinition","apiVersion":"apiextensions.k8s.io/v1","metadata":{"name":"{{{SnapshotContents}}}","annotations":{"api-approved.kubernetes.io":"https://github.com/kubernetes-csi/external-snapshotter/pull/665"} },
         "spec":{"group":"snapshot.storage.k8s.io","scope":"Cluster","names":{"kind":"VolumeSnapshotContent","plural":"volumesnapshotcontents","singular":"volumesnapshotcontent"},
           "versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object","x-kubernetes-preserve-unknown-fields":true} } }]} }
        """);

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
        {"kind":"CSINode","apiVersion":"storage.k8s.io/v1","metadata":{"name":"{{{name}}}"},"spec":{"drivers":[{{{DriverOnNode(Workers.Csi, instance).ToJsonString()}}}]}}
        """);

    private static JsonNode Parse(string json) => JsonNode.Parse(json)!;
}
