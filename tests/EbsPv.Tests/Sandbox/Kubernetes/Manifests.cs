using System.Text.Json.Nodes;
using EbsPv.Sandbox.Kubernetes;

namespace EbsPv.Tests.Sandbox.Kubernetes;

/// <summary>Objects that a modern server accepts as they are; each test spoils or varies one thing.</summary>
public static class Manifests
{
    public static JsonObject Volume(string name, Action<JsonObject>? vary = null)
    {
        var volume = Parse($$"""
            {
              "apiVersion": "v1", "kind": "PersistentVolume", "metadata": { "name": "{{name}}" },
              "spec": {
                "capacity": { "storage": "10Gi" }, "accessModes": ["ReadWriteOnce"], "storageClassName": "manual-ebs",
                "csi": { "driver": "ebs.csi.aws.com", "volumeHandle": "vol-{{name}}", "fsType": "ext4" }
              }
            }
            """);
        vary?.Invoke(volume);
        return volume;
    }

    public static JsonObject Sized(string name, string size) => Volume(name, volume => volume["spec"]!["capacity"]!["storage"] = size);

    public static JsonObject InZone(string name, string zone) => Volume(name, volume => volume["spec"]!["nodeAffinity"] = Zone(zone));

    public static JsonObject Zone(string zone) => Parse($$"""
        { "required": { "nodeSelectorTerms": [ { "matchExpressions": [
          { "key": "topology.kubernetes.io/zone", "operator": "In", "values": ["{{zone}}"] } ] } ] } }
        """);

    public static JsonObject Claim(string name, Action<JsonObject>? vary = null)
    {
        var claim = Parse($$"""
            {
              "apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": { "name": "{{name}}" },
              "spec": {
                "accessModes": ["ReadWriteOnce"], "storageClassName": "manual-ebs",
                "resources": { "requests": { "storage": "5Gi" } }
              }
            }
            """);
        vary?.Invoke(claim);
        return claim;
    }

    public static JsonObject Class(string name, string more = "") => Parse($$"""
        {
          "apiVersion": "storage.k8s.io/v1", "kind": "StorageClass", "metadata": { "name": "{{name}}" },
          "provisioner": "kubernetes.io/no-provisioner"{{(more.Length > 0 ? ", " + more : "")}}
        }
        """);

    public static JsonObject Pod(string name, string claim, string? node = null)
    {
        var pod = Parse($$"""
            {
              "apiVersion": "v1", "kind": "Pod", "metadata": { "name": "{{name}}" },
              "spec": {
                "containers": [ { "name": "app", "image": "app" } ],
                "volumes": [ { "name": "data", "persistentVolumeClaim": { "claimName": "{{claim}}" } } ]
              }
            }
            """);
        if (node is not null) pod["spec"]!["nodeName"] = node;
        return pod;
    }

    public static JsonObject Attachment(string name, string volume, string node) => Parse($$$"""
        {
          "apiVersion": "storage.k8s.io/v1", "kind": "VolumeAttachment", "metadata": { "name": "{{{name}}}" },
          "spec": { "attacher": "ebs.csi.aws.com", "nodeName": "{{{node}}}", "source": { "persistentVolumeName": "{{{volume}}}" } }
        }
        """);

    public static JsonObject Parse(string json) => (JsonObject)JsonNode.Parse(json)!;

    /// <summary>Sets or, with null, takes away the value at a dotted path below the object.</summary>
    public static JsonObject With(this JsonObject owner, string path, string? json)
    {
        var steps = path.Split('.');
        var parent = owner.Ensure(steps[..^1]);
        if (json is null) parent.Remove(steps[^1]);
        else parent[steps[^1]] = JsonNode.Parse(json);
        return owner;
    }
}
