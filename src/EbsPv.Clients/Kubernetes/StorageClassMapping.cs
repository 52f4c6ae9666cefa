using EbsPv.PersistentVolumes;
using EbsPv.Ports;
using k8s;
using k8s.Models;

namespace EbsPv.Clients.Kubernetes;

/// <summary>Between Kubernetes' storage classes and ours.</summary>
internal static class StorageClassMapping
{
    private const string DefaultClass = "storageclass.kubernetes.io/is-default-class";

    public static StorageClassInfo ToModel(V1StorageClass found)
    {
        var expressions = (found.AllowedTopologies ?? []).SelectMany(term => term.MatchLabelExpressions ?? []).ToList();
        return new StorageClassInfo
        {
            Name = found.Metadata.Name,
            Provisioner = found.Provisioner,
            VolumeBindingMode = found.VolumeBindingMode,
            AllowVolumeExpansion = found.AllowVolumeExpansion ?? false,
            IsDefault = found.Metadata.Annotations?.TryGetValue(DefaultClass, out var value) == true && value == "true",
            Zones = [.. expressions.Where(one => ZoneLabels.Zones.Contains(one.Key)).SelectMany(one => one.Values ?? []).Distinct()],
            HasOnlyZones = expressions.TrueForAll(one => one.Key == EbsDrivers.ZoneLabel),
            Parameters = new Dictionary<string, string>(found.Parameters ?? new Dictionary<string, string>()),
            Labels = new Dictionary<string, string>(found.Metadata.Labels ?? new Dictionary<string, string>()),
            ResourceVersion = found.Metadata.ResourceVersion,
        };
    }

    public static V1StorageClass FromSpec(StorageClassSpec spec) => KubernetesJson.Deserialize<V1StorageClass>(StorageClassDocument.ToJson(spec));

    public static List<V1TopologySelectorTerm> Topologies(IReadOnlyList<string> zones) =>
    [
        new V1TopologySelectorTerm { MatchLabelExpressions = [new V1TopologySelectorLabelRequirement { Key = EbsDrivers.ZoneLabel, Values = [.. zones] }] },
    ];
}
