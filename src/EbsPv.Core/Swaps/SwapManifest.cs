using System.Text.Json;
using System.Text.Json.Nodes;
using EbsPv.PersistentVolumes;

namespace EbsPv.Swaps;

/// <summary>The manifest of a PersistentVolume that takes the place of another: all that the old one says, with another disk.</summary>
public static class SwapManifest
{
    /// <summary>The annotation of a PersistentVolume that names the disks that it had before, the last one first: the cluster itself then knows of them.</summary>
    public const string ReplacesAnnotation = "ebspv/replaces";

    private const int MaxReplaced = 16;
    private const string InTree = "awsElasticBlockStore", Csi = "csi";
    private const string Policy = "persistentVolumeReclaimPolicy";
    private const string MigratedTo = "pv.kubernetes.io/migrated-to";

    private static readonly string[] ServerFields = ["uid", "resourceVersion", "creationTimestamp", "managedFields", "generation", "selfLink", "finalizers", "deletionTimestamp", "deletionGracePeriodSeconds"];

    /// <summary>The manifest for a disk in a zone. Labels, annotations, class, modes and attributes stay; the policy is Retain, with a note of the one that
    /// was there.</summary>
    /// <param name="current">What the server says of the PersistentVolume.</param>
    /// <param name="claim">The claim that it is bound to, with its uid, or is kept for; null for none.</param>
    /// <param name="zone">Zone of the new disk.</param>
    /// <param name="affinity">Where its pods may run, for a PersistentVolume that does not say so.</param>
    public static string For(string current, ClaimReference? claim, string zone, IReadOnlyList<NodeRequirement> affinity)
    {
        var manifest = Cleaned(current);
        Place(manifest, zone);
        var spec = manifest["spec"]!.AsObject();
        spec.Remove("claimRef");
        if (claim is not null) spec["claimRef"] = Reference(claim);
        if (spec["nodeAffinity"] is null && affinity.Count > 0) spec["nodeAffinity"] = PersistentVolumeDocument.Affinity(affinity);
        return manifest.ToJsonString();
    }

    /// <summary>The manifest with the CSI driver as its source instead of the in-tree one.</summary>
    /// <param name="manifest">A manifest that <see cref="For"/> made.</param>
    /// <param name="volumeId">Id of the disk.</param>
    public static string WithCsiSource(string manifest, string volumeId)
    {
        var document = JsonNode.Parse(manifest)!.AsObject();
        var spec = document["spec"]!.AsObject();
        if (spec[InTree] is not JsonObject inTree) return manifest;
        var csi = new JsonObject { ["driver"] = EbsDrivers.Csi, ["volumeHandle"] = volumeId };
        if (inTree["fsType"] is { } fileSystem) csi["fsType"] = fileSystem.DeepClone();
        if (inTree["readOnly"] is { } readOnly) csi["readOnly"] = readOnly.DeepClone();
        if (inTree["partition"] is { } partition && partition.ToJsonString() != "0")
            csi["volumeAttributes"] = new JsonObject { [MountRules.PartitionAttribute] = partition.ToJsonString() };
        spec.Remove(InTree);
        spec[Csi] = csi;
        RenameZoneKeys(document);
        var annotations = document["metadata"]!["annotations"] as JsonObject;
        // The in-tree names of the driver would send its controllers to the wrong place.
        if (annotations?[AnnotationRules.ProvisionedBy] is not null) annotations[AnnotationRules.ProvisionedBy] = EbsDrivers.Csi;
        annotations?.Remove(MigratedTo);
        annotations?.Remove(AnnotationRules.LastApplied);
        return document.ToJsonString();
    }

    /// <summary>The manifest with the id of the new disk.</summary>
    public static string WithVolume(string manifest, string volumeId, string zone)
    {
        var document = JsonNode.Parse(manifest)!.AsObject();
        Retain(document);
        NoteReplaced(document, volumeId);
        SetVolume(document, volumeId, zone);
        if (document["metadata"]!["annotations"] is JsonObject annotations && annotations[AnnotationRules.LastApplied]?.GetValue<string>() is { } applied)
            annotations[AnnotationRules.LastApplied] = Applied(applied, volumeId, zone);
        return document.ToJsonString();
    }

    /// <summary>The manifest as it is to be once all is done, to be kept in Git: the policy that was there stands in its place.</summary>
    public static string Settled(string manifest)
    {
        var document = JsonNode.Parse(manifest)!.AsObject();
        if (document["metadata"]!["annotations"] is not JsonObject annotations || annotations[SwapIntent.PolicyAnnotation]?.GetValue<string>() is not { } policy) return manifest;
        annotations.Remove(SwapIntent.PolicyAnnotation);
        document["spec"]![Policy] = policy;
        return document.ToJsonString();
    }

    /// <summary>The claim that the PersistentVolume of a manifest is bound to or kept for; null for none.</summary>
    public static ClaimReference? ClaimOf(string manifest)
    {
        if (JsonNode.Parse(manifest)!["spec"]?["claimRef"] is not JsonObject claim) return null;
        return new ClaimReference(claim["namespace"]!.GetValue<string>(), claim["name"]!.GetValue<string>()) { Uid = claim["uid"]?.GetValue<string>() };
    }

    private static JsonObject Cleaned(string current)
    {
        var manifest = JsonNode.Parse(current)!.AsObject();
        manifest.Remove("status");
        var metadata = manifest["metadata"]!.AsObject();
        foreach (var field in ServerFields) metadata.Remove(field);
        Retain(manifest);
        return manifest;
    }

    // Whoever deletes disks asks for phase and policy alone: a policy other than Retain comes back when a claim has the PersistentVolume.
    private static void Retain(JsonObject manifest)
    {
        var (metadata, spec) = (manifest["metadata"]!.AsObject(), manifest["spec"]!.AsObject());
        var annotations = metadata["annotations"] as JsonObject ?? [];
        var policy = annotations[SwapIntent.PolicyAnnotation]?.GetValue<string>() ?? spec[Policy]?.GetValue<string>() ?? RetainKeeper.Retain;
        spec[Policy] = RetainKeeper.Retain;
        annotations.Remove(SwapIntent.PolicyAnnotation);
        annotations.Remove(SwapIntent.Annotation);
        if (policy != RetainKeeper.Retain) annotations[SwapIntent.PolicyAnnotation] = policy;
        // Always in the same place: it shall be the same manifest before and after the policy was noted.
        metadata.Remove("annotations");
        if (annotations.Count > 0) metadata["annotations"] = annotations;
    }

    private static void Place(JsonObject manifest, string zone)
    {
        if (manifest["metadata"]?["labels"] is JsonObject labels)
            foreach (var key in ZoneLabels.Zones.Where(labels.ContainsKey)) labels[key] = zone;
        foreach (var expression in ZoneLabels.Requirements(manifest["spec"]?["nodeAffinity"]))
            if (expression?["key"]?.GetValue<string>() is { } key && ZoneLabels.Zones.Contains(key) && expression["operator"]?.GetValue<string>() == "In")
                expression["values"] = new JsonArray(zone);
    }

    // What stands in for the in-tree driver reads the old keys as the new ones; for the CSI driver they have to be the ones that nodes have.
    private static void RenameZoneKeys(JsonObject manifest)
    {
        if (manifest["metadata"]?["labels"] is JsonObject labels)
            foreach (var old in labels.Select(label => label.Key).Where(key => ZoneLabels.Renewed(key, VolumeSource.Csi) != key).ToList())
            {
                var value = labels[old]!.DeepClone();
                labels.Remove(old);
                labels.TryAdd(ZoneLabels.Renewed(old, VolumeSource.Csi), value);
            }

        ZoneLabels.Renew(manifest, VolumeSource.Csi);
    }

    private static void SetVolume(JsonObject document, string volumeId, string zone)
    {
        var spec = document["spec"]!;
        if (spec[Csi] is JsonObject csi) csi["volumeHandle"] = volumeId;
        if (spec[InTree] is JsonObject inTree) inTree["volumeID"] = $"aws://{zone}/{volumeId}";
    }

    private static void NoteReplaced(JsonObject document, string volumeId)
    {
        var spec = document["spec"]!;
        if ((spec[Csi]?["volumeHandle"] ?? spec[InTree]?["volumeID"])?.GetValue<string>().Split('/')[^1] is not { } old || old == volumeId) return;
        var metadata = document["metadata"]!.AsObject();
        if (metadata["annotations"] is not JsonObject annotations) metadata["annotations"] = annotations = [];
        var former = annotations[ReplacesAnnotation]?.GetValue<string>().Split(' ') ?? [];
        annotations[ReplacesAnnotation] = string.Join(' ', former.Prepend(old).Where(id => id.Length > 0 && id != volumeId).Distinct().Take(MaxReplaced));
    }

    // What kubectl apply compares with speaks of the old disk; applying the new manifest shall find nothing to change.
    private static string Applied(string text, string volumeId, string zone)
    {
        try
        {
            if (JsonNode.Parse(text) is not JsonObject document || document["spec"] is not JsonObject || document["metadata"] is not JsonObject) return text;
            SetVolume(document, volumeId, zone);
            Place(document, zone);
            return LastAppliedConfiguration.Of(document);
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            // Somebody else's text in kubectl's place is kept as it is.
            return text;
        }
    }

    private static JsonObject Reference(ClaimReference claim)
    {
        var reference = new JsonObject { ["apiVersion"] = "v1", ["kind"] = "PersistentVolumeClaim", ["namespace"] = claim.Namespace, ["name"] = claim.Name };
        if (claim.Uid is not null) reference["uid"] = claim.Uid;
        return reference;
    }
}
