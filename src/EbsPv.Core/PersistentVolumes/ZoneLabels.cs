using System.Text.Json.Nodes;

namespace EbsPv.PersistentVolumes;

/// <summary>The labels by which nodes, and the PersistentVolumes for them, say where they are; over the years there were several.</summary>
/// <remarks>Source: the translation library of CSI migration (k8s.io/csi-translation-lib).</remarks>
public static class ZoneLabels
{
    /// <summary>Zone of a node, before Kubernetes 1.17.</summary>
    public const string OldZone = "failure-domain.beta.kubernetes.io/zone";

    /// <summary>Region of a node, before Kubernetes 1.17.</summary>
    public const string OldRegion = "failure-domain.beta.kubernetes.io/region";

    /// <summary>Zone of a node with the EBS CSI driver, as that reported it first.</summary>
    public const string CsiZone = "topology.ebs.csi.aws.com/zone";

    /// <summary>All that say a zone, the one of today first.</summary>
    public static IReadOnlyList<string> Zones { get; } = [EbsDrivers.ZoneLabel, EbsDrivers.AutoModeZoneLabel, CsiZone, OldZone];

    /// <summary>All that say a region, the one of today first.</summary>
    public static IReadOnlyList<string> Regions { get; } = [EbsDrivers.RegionLabel, OldRegion];

    /// <summary>The label that nodes have today instead of one that the nodes of a driver do not have any more, or never had.</summary>
    /// <param name="key">A label of a node.</param>
    /// <param name="source">The driver; the in-tree one reads the old labels as the new ones.</param>
    public static string Renewed(string key, VolumeSource source) => (key, source) switch
    {
        (_, VolumeSource.InTree) => key,
        (OldZone, _) => EbsDrivers.ZoneLabel,
        (OldRegion, _) => EbsDrivers.RegionLabel,
        (CsiZone, VolumeSource.EksAutoMode) => EbsDrivers.ZoneLabel,
        _ => key,
    };

    /// <summary>Writes the labels of today into a manifest's node affinity.</summary>
    public static void Renew(JsonObject manifest, VolumeSource source)
    {
        foreach (var requirement in Requirements(manifest["spec"]?["nodeAffinity"]))
            if (requirement?["key"]?.GetValue<string>() is { } key && Renewed(key, source) is var renewed && renewed != key)
                requirement["key"] = renewed;
    }

    /// <summary>All requirements of a node affinity, whichever of them have to be met together.</summary>
    public static IEnumerable<JsonNode?> Requirements(JsonNode? affinity) =>
        (affinity?["required"]?["nodeSelectorTerms"] as JsonArray ?? []).SelectMany(term => term?["matchExpressions"] as JsonArray ?? []);
}
