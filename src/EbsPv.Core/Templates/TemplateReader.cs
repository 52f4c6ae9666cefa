using System.Text.Json;
using System.Text.Json.Nodes;
using EbsPv.Defaults;
using EbsPv.Errors;
using EbsPv.PersistentVolumes;
using EbsPv.Ports;

namespace EbsPv.Templates;

/// <summary>Reads documents as templates: what servers add to an object is left out, the rest is taken apart.</summary>
public static class TemplateReader
{
    private static readonly string[] ServerMetadata =
        ["uid", "resourceVersion", "creationTimestamp", "managedFields", "selfLink", "generation", "deletionTimestamp", "deletionGracePeriodSeconds", "namespace", "generateName",
        // Of the cluster that it comes from: where the owner is not there, the garbage collector would delete the PersistentVolume.
        "ownerReferences"];

    private static readonly string[] ServerFinalizers =
        ["kubernetes.io/pv-protection", "external-provisioner.volume.kubernetes.io/finalizer"];

    // Whatever else a spec has is a source.
    private static readonly string[] BesideSources =
        ["accessModes", "capacity", "claimRef", "mountOptions", "nodeAffinity", "persistentVolumeReclaimPolicy", "storageClassName", "volumeAttributesClassName", "volumeMode"];

    /// <summary>The templates of a file.</summary>
    /// <exception cref="EbsPvException">ManifestNotFound, PathIsDirectory, ManifestInvalid, ManifestKindUnsupported, and what the rules of
    /// PersistentVolumes refuse.</exception>
    public static IReadOnlyList<PersistentVolumeTemplate> Read(IManifests manifests, string path)
    {
        ArgumentNullException.ThrowIfNull(manifests);
        return [.. Documents(manifests, path).Select(document => Parse(manifests, document))];
    }

    /// <summary>The documents of a file, none of them looked into.</summary>
    /// <exception cref="EbsPvException">ManifestNotFound, PathIsDirectory, ManifestInvalid.</exception>
    public static IReadOnlyList<ManifestDocument> Documents(IManifests manifests, string path)
    {
        ArgumentNullException.ThrowIfNull(manifests);
        return [.. manifests.Read(path).SelectMany(ListedDocuments.Of)];
    }

    /// <summary>The template that a document is.</summary>
    /// <exception cref="EbsPvException">ManifestInvalid, ManifestKindUnsupported, and what the rules of PersistentVolumes refuse.</exception>
    public static PersistentVolumeTemplate Parse(IManifests manifests, ManifestDocument document)
    {
        ArgumentNullException.ThrowIfNull(manifests);
        ArgumentNullException.ThrowIfNull(document);
        if (JsonNode.Parse(document.Json) is not JsonObject root) throw NotOurs(document, "is no Kubernetes object");
        CheckKind(document, Text(root, "apiVersion"), Text(root, "kind"));
        root.Remove("status");
        (root["metadata"] as JsonObject)?.Remove("managedFields");
        manifests.CheckPersistentVolume(document with { Json = root.ToJsonString() });
        try
        {
            return TakeApart(document, root);
        }
        catch (EbsPvException wrong) when (wrong.Kind == ErrorKind.InvalidInput && wrong.ErrorId is not (ErrorIds.ManifestInvalid or ErrorIds.ManifestKindUnsupported))
        {
            throw TemplateErrors.At(document, wrong);
        }
    }

    private static PersistentVolumeTemplate TakeApart(ManifestDocument document, JsonObject root)
    {
        var metadata = root["metadata"] as JsonObject ?? [];
        var spec = root["spec"] as JsonObject ?? [];
        var source = TakeSource(document, spec);
        var labels = Pairs(Take(metadata, "labels"));
        var annotations = Pairs(Take(metadata, "annotations"));
        var affinity = spec["nodeAffinity"] as JsonObject;
        var owners = Owners(metadata["ownerReferences"]).ToList();
        foreach (var key in ServerMetadata) metadata.Remove(key);
        RemoveFinalizers(metadata);
        return new PersistentVolumeTemplate
        {
            Document = document,
            Name = (string?)Take(metadata, "name") is { Length: > 0 } name ? PersistentVolumeRules.CheckedName(name) : null,
            Capacity = Capacity(document, Take(spec, "capacity")),
            VolumeId = source.VolumeId,
            Source = source.Kind,
            ZonesSaid = [.. ZonesSaid(labels, source)],
            Region = labels.FirstOrDefault(label => ZoneLabels.Regions.Contains(label.Key)).Value,
            HasAffinity = affinity?["required"] is JsonObject,
            Affinity = ZoneAffinity.Of(affinity),
            HasAutoModeAffinity = ZoneLabels.Requirements(affinity).Any(one => (string?)one?["key"] == EbsDrivers.AutoModeZoneLabel && (string?)one?["operator"] == "In"),
            Owner = owners,
            Settings = Settings(spec, source, labels, annotations),
            Rest = new JsonObject { ["metadata"] = metadata.DeepClone(), ["spec"] = spec.DeepClone() }.ToJsonString(),
        };
    }

    private static PersistentVolumeSettings Settings(
        JsonObject spec, TemplateSource source, Dictionary<string, string> labels, Dictionary<string, string> annotations)
    {
        var own = labels.Where(label => !ZoneLabels.Zones.Contains(label.Key) && !ZoneLabels.Regions.Contains(label.Key)).ToDictionary(pair => pair.Key, pair => pair.Value);
        PersistentVolumeRules.CheckLabels(own);
        var settings = new PersistentVolumeSettings
        {
            StorageClassName = Take(spec, "storageClassName") is { } name ? PersistentVolumeRules.CheckedStorageClass((string)name!) : null,
            AccessModes = AccessModeRules.Checked(Texts(Take(spec, "accessModes"))),
            ReclaimPolicy = Take(spec, "persistentVolumeReclaimPolicy") is { } policy ? PersistentVolumeRules.CheckedReclaimPolicy((string)policy!, allowDelete: true) : null,
            VolumeMode = MountRules.CheckedVolumeMode((string?)Take(spec, "volumeMode")),
            MountOptions = MountRules.CheckedMountOptions(Texts(Take(spec, "mountOptions"))),
            VolumeAttributesClassName = PersistentVolumeRules.CheckedVolumeAttributesClass((string?)Take(spec, "volumeAttributesClassName")),
            Claim = Claim(Take(spec, "claimRef")),
            FileSystemType = source.FileSystemType,
            Partition = source.Partition,
            ReadOnly = source.ReadOnly,
            VolumeAttributes = source.VolumeAttributes,
            Labels = own,
            Annotations = AnnotationRules.CheckedOfDocument(annotations),
        };
        return MountRules.WithPartition(settings);
    }

    private static TemplateSource TakeSource(ManifestDocument document, JsonObject spec)
    {
        var sources = spec.Where(pair => pair.Value is not null && !BesideSources.Contains(pair.Key)).Select(pair => pair.Key).ToList();
        if (sources.Find(key => key is not ("awsElasticBlockStore" or "csi")) is { } other) throw NotOurs(document, $"has the source {Escaped.Text(other)}, which is no EBS volume");
        if (sources.Count > 1) throw NotOurs(document, $"has two sources, {string.Join(" and ", sources)}, of which Kubernetes takes one");
        if (Take(spec, "awsElasticBlockStore") is JsonObject inTree) return TemplateSource.InTree(inTree);
        if (Take(spec, "csi") is not JsonObject csi) return TemplateSource.None;
        var driver = Text(csi, "driver");
        return driver is EbsDrivers.Csi or EbsDrivers.AutoMode
            ? TemplateSource.Csi(csi, driver)
            : throw NotOurs(document, $"is for the driver '{Escaped.Text(driver)}', which does not mount EBS volumes");
    }

    private static ClaimReference? Claim(JsonNode? reference) =>
        reference is JsonObject claim && Text(claim, "namespace") is { Length: > 0 } ns && Text(claim, "name") is { Length: > 0 } name ? new ClaimReference(ns, name) : null;

    private static string? Capacity(ManifestDocument document, JsonNode? capacity)
    {
        if (capacity?["storage"]?.ToString() is not { } storage) return null;
        if (Quantity.Bytes(storage) > 0) return storage;
        throw new EbsPvException(ErrorKind.InvalidInput, ErrorIds.ManifestInvalid, $"{document}: '{Escaped.Text(storage)}' is no capacity.")
        {
            Target = document.Path,
            RecommendedAction = "Write it in GiB, as EBS counts: 10Gi.",
        };
    }

    // Labels of in-tree volumes may join several zones by two underscores.
    private static IEnumerable<ZoneStatement> ZonesSaid(Dictionary<string, string> labels, TemplateSource source) => labels
        .Where(label => ZoneLabels.Zones.Contains(label.Key))
        .Select(label => new ZoneStatement($"its label {label.Key}", label.Value.Split("__")))
        .Concat(source.Zone.Select(zone => new ZoneStatement("its volume id", [zone])));

    private static IEnumerable<string> Owners(JsonNode? references) =>
        (references as JsonArray ?? []).Select(one => $"{(string?)one?["kind"]} {(string?)one?["name"]}");

    private static void RemoveFinalizers(JsonObject metadata)
    {
        if (Texts(metadata["finalizers"]) is not { } finalizers) return;
        var own = finalizers.Where(one => !ServerFinalizers.Contains(one) && !one.StartsWith("external-attacher/", StringComparison.Ordinal)).ToList();
        if (own.Count == 0) metadata.Remove("finalizers");
        else metadata["finalizers"] = new JsonArray([.. own.Select(one => JsonValue.Create(one))]);
    }

    private static void CheckKind(ManifestDocument document, string? apiVersion, string? kind)
    {
        if (apiVersion == "v1" && kind == "PersistentVolume") return;
        throw NotOurs(document, $"is a {Escaped.Text(kind ?? "document without a kind")}{(apiVersion is null or "v1" ? "" : $" of {Escaped.Text(apiVersion)}")}, not a PersistentVolume of v1");
    }

    private static EbsPvException NotOurs(ManifestDocument document, string what) =>
        TemplateErrors.Refused(document, ErrorIds.ManifestKindUnsupported, what, "Give a file with PersistentVolumes for EBS volumes alone, one document each, separated by lines of ---.");

    private static JsonNode? Take(JsonObject from, string key)
    {
        if (!from.Remove(key, out var value)) return null;
        return value;
    }

    private static string? Text(JsonObject from, string key) => from[key] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    private static List<string>? Texts(JsonNode? list) => (list as JsonArray)?.Select(item => (string?)item ?? "").ToList();

    private static Dictionary<string, string> Pairs(JsonNode? map) =>
        (map as JsonObject)?.ToDictionary(pair => pair.Key, pair => (string?)pair.Value ?? "") ?? [];
}
