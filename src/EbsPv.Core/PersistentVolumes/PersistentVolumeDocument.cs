using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EbsPv.PersistentVolumes;

/// <summary>The JSON of a PersistentVolume, in one order whatever it says: what is posted is what is shown.</summary>
public static class PersistentVolumeDocument
{
    // The text goes to API servers and files, never into a page.
    private static readonly JsonSerializerOptions Written = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The document, without a status and without anything that a server adds.</summary>
    public static string ToJson(PersistentVolumeSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var document = new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "PersistentVolume",
            ["metadata"] = Metadata(spec),
            ["spec"] = Spec(spec),
        };
        if (spec.Rest is { } rest) Add(document, JsonNode.Parse(rest)!.AsObject());
        // As kubectl does it: what apply compares with is the document before its cause was noted.
        var lastApplied = spec.SaveConfig ? LastAppliedConfiguration.Of(document) : null;
        Annotate(document, AnnotationRules.ChangeCause, spec.ChangeCause);
        Annotate(document, AnnotationRules.LastApplied, lastApplied);
        return document.ToJsonString(Written);
    }

    private static JsonObject Metadata(PersistentVolumeSpec spec)
    {
        var metadata = new JsonObject { ["name"] = spec.Name, ["labels"] = Pairs(spec.Labels) };
        if (spec.Annotations.Count > 0) metadata["annotations"] = Pairs(spec.Annotations);
        return metadata;
    }

    private static JsonObject Spec(PersistentVolumeSpec spec)
    {
        var written = new JsonObject
        {
            ["capacity"] = new JsonObject { ["storage"] = spec.Capacity },
            ["accessModes"] = Texts(spec.AccessModes),
            ["persistentVolumeReclaimPolicy"] = spec.ReclaimPolicy,
            ["storageClassName"] = spec.StorageClassName,
        };
        if (spec.VolumeMode is not null) written["volumeMode"] = spec.VolumeMode;
        if (spec.MountOptions.Count > 0) written["mountOptions"] = Texts(spec.MountOptions);
        if (spec.VolumeAttributesClassName is not null) written["volumeAttributesClassName"] = spec.VolumeAttributesClassName;
        if (spec.Claim is { } claim)
            written["claimRef"] = new JsonObject { ["apiVersion"] = "v1", ["kind"] = "PersistentVolumeClaim", ["namespace"] = claim.Namespace, ["name"] = claim.Name };
        if (spec.Source == VolumeSource.InTree) written["awsElasticBlockStore"] = InTree(spec);
        else written["csi"] = Csi(spec);
        if (spec.NodeAffinity.Count > 0) written["nodeAffinity"] = Affinity(spec.NodeAffinity);
        return written;
    }

    private static JsonObject Csi(PersistentVolumeSpec spec)
    {
        var source = new JsonObject
        {
            ["driver"] = spec.Source == VolumeSource.EksAutoMode ? EbsDrivers.AutoMode : EbsDrivers.Csi,
            ["volumeHandle"] = spec.VolumeId,
        };
        if (spec.FileSystemType is not null) source["fsType"] = spec.FileSystemType;
        if (spec.ReadOnly) source["readOnly"] = true;
        var attributes = spec.VolumeAttributes.OrderBy(pair => pair.Key, StringComparer.Ordinal).ToList();
        if (spec.Partition is { } partition) attributes.Insert(0, new(MountRules.PartitionAttribute, Number(partition)));
        if (attributes.Count > 0) source["volumeAttributes"] = Pairs(attributes);
        return source;
    }

    private static JsonObject InTree(PersistentVolumeSpec spec)
    {
        var source = new JsonObject { ["volumeID"] = $"aws://{spec.AvailabilityZone}/{spec.VolumeId}" };
        if (spec.FileSystemType is not null) source["fsType"] = spec.FileSystemType;
        if (spec.Partition is { } partition) source["partition"] = partition;
        if (spec.ReadOnly) source["readOnly"] = true;
        return source;
    }

    /// <summary>The node affinity that asks for all of the requirements.</summary>
    public static JsonObject Affinity(IReadOnlyList<NodeRequirement> requirements) => new()
    {
        ["required"] = new JsonObject
        {
            ["nodeSelectorTerms"] = new JsonArray(new JsonObject
            {
                ["matchExpressions"] = new JsonArray([.. requirements.Select(one => new JsonObject
                {
                    ["key"] = one.Key, ["operator"] = one.Operator, ["values"] = Texts(one.Values),
                })]),
            }),
        },
    };

    private static void Add(JsonObject to, JsonObject rest)
    {
        foreach (var (key, value) in rest)
        {
            if (!to.TryGetPropertyValue(key, out var present)) to[key] = value?.DeepClone();
            else if (present is JsonObject inner && value is JsonObject more) Add(inner, more);
        }
    }

    private static void Annotate(JsonObject document, string key, string? value)
    {
        if (value is null) return;
        var metadata = document["metadata"]!.AsObject();
        if (metadata["annotations"] is not JsonObject annotations) metadata["annotations"] = annotations = [];
        annotations[key] = value;
    }

    private static JsonObject Pairs(IEnumerable<KeyValuePair<string, string>> pairs) =>
        new(pairs.Select(pair => new KeyValuePair<string, JsonNode?>(pair.Key, pair.Value)));

    private static JsonArray Texts(IReadOnlyList<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);

    private static string Number(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
