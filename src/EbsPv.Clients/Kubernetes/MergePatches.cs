using System.Text.Json.Nodes;
using EbsPv.PersistentVolumes;
using EbsPv.Ports;

namespace EbsPv.Clients.Kubernetes;

/// <summary>Changes as merge patches. Each names the object by its identity and version, so that the server refuses it when either is not
/// what was read.</summary>
internal static class MergePatches
{
    public static string Of(EbsPersistentVolume volume, PersistentVolumePatch patch)
    {
        var spec = new JsonObject();
        if (patch.ReclaimPolicy is { } policy) spec["persistentVolumeReclaimPolicy"] = policy;
        if (patch.Capacity is { } capacity) spec["capacity"] = new JsonObject { ["storage"] = capacity };
        if (patch.NodeAffinity is { } requirements) spec["nodeAffinity"] = PersistentVolumeDocument.Affinity(requirements);
        if (patch.DropsClaim) spec["claimRef"] = null;
        else if (patch.Claim is { } claim) spec["claimRef"] = Reference(claim);
        return Write(Metadata(volume.Uid, volume.ResourceVersion, patch.Labels, patch.Annotations), spec);
    }

    public static string Of(EbsPersistentVolumeClaim claim, ClaimPatch patch)
    {
        var spec = new JsonObject();
        if (patch.Request is { } request) spec["resources"] = new JsonObject { ["requests"] = new JsonObject { ["storage"] = request } };
        return Write(Metadata(claim.Uid, claim.ResourceVersion, new Dictionary<string, string?>(), patch.Annotations), spec);
    }

    // The claim's version belongs to its uid: neither is right with the other's.
    private static JsonObject Reference(ClaimReference claim) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "PersistentVolumeClaim",
        ["namespace"] = claim.Namespace,
        ["name"] = claim.Name,
        ["uid"] = claim.Uid,
        ["resourceVersion"] = null,
    };

    private static JsonObject Metadata(
        string? uid, string? version, IReadOnlyDictionary<string, string?> labels, IReadOnlyDictionary<string, string?> annotations)
    {
        var metadata = new JsonObject { ["uid"] = uid, ["resourceVersion"] = version };
        if (labels.Count > 0) metadata["labels"] = Pairs(labels);
        if (annotations.Count > 0) metadata["annotations"] = Pairs(annotations);
        return metadata;
    }

    private static JsonObject Pairs(IReadOnlyDictionary<string, string?> pairs) =>
        new(pairs.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));

    private static string Write(JsonObject metadata, JsonObject spec)
    {
        var patch = new JsonObject { ["metadata"] = metadata };
        if (spec.Count > 0) patch["spec"] = spec;
        return patch.ToJsonString();
    }
}
