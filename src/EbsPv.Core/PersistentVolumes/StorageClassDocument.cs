using System.Text.Json.Nodes;
using EbsPv.Ports;

namespace EbsPv.PersistentVolumes;

/// <summary>The JSON of a storage class: what is posted is what is shown.</summary>
public static class StorageClassDocument
{
    /// <summary>The document.</summary>
    public static string ToJson(StorageClassSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var document = new JsonObject
        {
            ["apiVersion"] = "storage.k8s.io/v1",
            ["kind"] = "StorageClass",
            ["metadata"] = new JsonObject { ["name"] = spec.Name, ["labels"] = new JsonObject { [StorageClassRules.ManagedBy] = StorageClassRules.Manager } },
            ["provisioner"] = StorageClassRules.NoProvisioner,
        };
        if (spec.VolumeType is { } type) document["parameters"] = new JsonObject { ["type"] = type };
        document["reclaimPolicy"] = "Retain";
        document["volumeBindingMode"] = "WaitForFirstConsumer";
        document["allowVolumeExpansion"] = true;
        if (spec.Zones.Count == 0) return document.ToJsonString();
        document["allowedTopologies"] = new JsonArray(new JsonObject
        {
            ["matchLabelExpressions"] = new JsonArray(new JsonObject
            {
                ["key"] = EbsDrivers.ZoneLabel, ["values"] = new JsonArray([.. spec.Zones.Select(zone => JsonValue.Create(zone))]),
            }),
        });
        return document.ToJsonString();
    }
}
