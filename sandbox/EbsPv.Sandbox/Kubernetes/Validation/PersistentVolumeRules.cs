using System.Globalization;
using System.Text.Json.Nodes;

namespace EbsPv.Sandbox.Kubernetes.Validation;

/// <summary>PersistentVolumes: what a modern server asks of them, and what cannot be changed any more.</summary>
public sealed class PersistentVolumeRules : KindRules
{
    /// <summary>The fields of a spec that are a volume source, in the order in which the real server looks at them.</summary>
    public static IReadOnlyList<string> Sources { get; } =
    [
        "hostPath", "gcePersistentDisk", "awsElasticBlockStore", "glusterfs", "flocker", "nfs", "rbd", "quobyte", "cephfs", "iscsi",
        "cinder", "fc", "flexVolume", "azureFile", "vsphereVolume", "photonPersistentDisk", "portworxVolume", "azureDisk", "scaleIO",
        "local", "storageos", "csi",
    ];

    public override JsonObject InitialStatus => new() { ["phase"] = "Pending" };

    public override void SetDefaults(JsonObject owner)
    {
        var spec = owner.Ensure("spec");
        spec["persistentVolumeReclaimPolicy"] ??= "Retain";
        spec["volumeMode"] ??= "Filesystem";
    }

    public override void Validate(JsonObject owner, FieldErrors errors, ServerVersion version)
    {
        var spec = owner.Ensure("spec");
        AccessModes.Validate(spec.Texts("accessModes"), "", errors, version);
        Capacity(spec.Object("capacity"), errors);
        Source(spec, errors);
        Choice(spec, "persistentVolumeReclaimPolicy", errors, "Delete", "Recycle", "Retain");
        if (spec.Text("storageClassName") is { Length: > 0 } className)
            foreach (var problem in NameRules.Subdomain(className)) errors.Invalid("spec.storageClassName", className, problem);
        Choice(spec, "volumeMode", errors, "Block", "Filesystem");
        if (spec.Object("nodeAffinity") is { } affinity) SelectorRules.NodeAffinity(affinity, "spec.nodeAffinity", errors);
        AttributesClass(spec, errors);
    }

    public override void ValidateUpdate(JsonObject owner, JsonObject before, FieldErrors errors)
    {
        if (Sources.Any(source => !owner.At("spec", source).SameAs(before.At("spec", source))))
            errors.Forbidden("spec.persistentvolumesource", "spec.persistentvolumesource is immutable after creation");
        if (owner.Text("spec", "volumeMode") != before.Text("spec", "volumeMode"))
            errors.Invalid("volumeMode", owner.Text("spec", "volumeMode"), "field is immutable");
        var affinity = before.At("spec", "nodeAffinity");
        if (affinity is not null && !owner.At("spec", "nodeAffinity").SameAs(affinity))
            errors.InvalidNode("nodeAffinity", owner.At("spec", "nodeAffinity"), "field is immutable");
    }

    public override IEnumerable<string> Warnings(JsonObject owner)
    {
        if (owner.Text("spec", "persistentVolumeReclaimPolicy") == "Recycle")
            yield return "spec.persistentVolumeReclaimPolicy: The Recycle reclaim policy is deprecated. "
                + "Instead, the recommended approach is to use dynamic provisioning.";
        var terms = owner.Objects("spec", "nodeAffinity", "required", "nodeSelectorTerms");
        for (var term = 0; term < terms.Count; term++)
        {
            var expressions = terms[term].Objects("matchExpressions");
            for (var index = 0; index < expressions.Count; index++)
                if (Replacement(expressions[index].Text("key")) is { } replacement)
                    yield return $"spec.nodeAffinity.required.nodeSelectorTerms[{term}].matchExpressions[{index}].key: "
                        + $"{expressions[index].Text("key")} is deprecated since v1.17; use \"{replacement}\" instead";
        }
    }

    private static string? Replacement(string? key) => key switch
    {
        "failure-domain.beta.kubernetes.io/zone" => "topology.kubernetes.io/zone",
        "failure-domain.beta.kubernetes.io/region" => "topology.kubernetes.io/region",
        _ => null,
    };

    private static void Capacity(JsonObject? capacity, FieldErrors errors)
    {
        if (capacity is null || capacity.Count == 0) errors.Required("spec.capacity");
        if (capacity?.Count != 1 || !capacity.ContainsKey("storage"))
            errors.NotSupportedNode("spec.capacity", capacity, "storage");
        foreach (var (resource, value) in capacity ?? [])
        {
            var quantity = Quantity.ParseOrZero(value.Text());
            if (quantity.Value < 0) errors.InvalidNode($"spec.capacity[{resource}]", value, "must be a valid resource quantity");
            if (quantity.Value <= 0) errors.Invalid($"spec.capacity[{resource}]", quantity.Text, "must be greater than zero");
        }
    }

    private static void Source(JsonObject spec, FieldErrors errors)
    {
        var sources = Sources.Where(source => spec[source] is not null).ToArray();
        if (sources.Length == 0) errors.Required("spec", "must specify a volume type");
        foreach (var extra in sources.Skip(1)) errors.Forbidden($"spec.{extra}", "may not specify more than 1 volume type");
        if (sources.Length == 0) return;
        if (sources[0] == "csi") Csi(spec.Object("csi")!, errors);
        if (sources[0] == "awsElasticBlockStore") InTree(spec.Object("awsElasticBlockStore")!, errors);
    }

    private static void Csi(JsonObject source, FieldErrors errors)
    {
        var driver = source.Text("driver") ?? "";
        if (driver.Length == 0) errors.Required("spec.csi.driver");
        if (driver.Length > 63) errors.TooLong("spec.csi.driver", 63);
        foreach (var problem in NameRules.Subdomain(driver.ToLowerInvariant())) errors.Invalid("spec.csi.driver", driver, problem);
        if (source.Text("volumeHandle") is not { Length: > 0 }) errors.Required("spec.csi.volumeHandle");
    }

    private static void InTree(JsonObject source, FieldErrors errors)
    {
        if (source.Text("volumeID") is not { Length: > 0 }) errors.Required("spec.awsElasticBlockStore.volumeID");
        if (source["partition"] is not { } partition) return;
        var number = decimal.Parse(partition.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture);
        if (number is < 0 or > 255)
            errors.InvalidNode("spec.awsElasticBlockStore.partition", partition, "must be between 1 and 255, inclusive");
    }

    private static void AttributesClass(JsonObject spec, FieldErrors errors)
    {
        if (spec.Text("volumeAttributesClassName") is not { } name) return;
        if (name.Length == 0) errors.Required("spec.volumeAttributesClassName", "an empty string is disallowed");
        else
            foreach (var problem in NameRules.Subdomain(name)) errors.Invalid("spec.volumeAttributesClassName", name, problem);
        if (spec["csi"] is null) errors.Required("spec.csi", "has to be specified when using volumeAttributesClassName");
    }

    private static void Choice(JsonObject spec, string field, FieldErrors errors, params string[] supported)
    {
        var value = spec.Text(field);
        if (!supported.Contains(value)) errors.NotSupported($"spec.{field}", value, supported);
    }
}
