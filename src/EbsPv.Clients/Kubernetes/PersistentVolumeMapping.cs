using EbsPv.PersistentVolumes;
using k8s.Models;

namespace EbsPv.Clients.Kubernetes;

/// <summary>Between Kubernetes' PersistentVolume and ours.</summary>
internal static class PersistentVolumeMapping
{
    /// <summary>Whether an EBS volume is behind it, by whichever driver.</summary>
    public static bool IsEbs(V1PersistentVolume volume) =>
        volume.Spec?.AwsElasticBlockStore is not null || volume.Spec?.Csi?.Driver is EbsDrivers.Csi or EbsDrivers.AutoMode;

    public static EbsPersistentVolume ToModel(V1PersistentVolume volume, string context)
    {
        var spec = volume.Spec ?? new V1PersistentVolumeSpec();
        var labels = volume.Metadata.Labels ?? new Dictionary<string, string>();
        var zone = Zone(spec, labels);
        return new EbsPersistentVolume
        {
            Name = volume.Metadata.Name,
            Capacity = spec.Capacity is { } capacity && capacity.TryGetValue("storage", out var storage) ? storage.ToString() : null,
            AccessModes = [.. spec.AccessModes ?? []],
            ReclaimPolicy = spec.PersistentVolumeReclaimPolicy,
            Status = volume.Metadata.DeletionTimestamp is null ? volume.Status?.Phase ?? "Pending" : "Terminating",
            Reason = volume.Status?.Reason ?? volume.Status?.Message,
            Claim = spec.ClaimRef is { } claim ? $"{claim.NamespaceProperty}/{claim.Name}" : null,
            ClaimUid = string.IsNullOrEmpty(spec.ClaimRef?.Uid) ? null : spec.ClaimRef.Uid,
            StorageClassName = spec.StorageClassName,
            VolumeId = VolumeId(spec),
            AvailabilityZone = zone,
            NodeAffinityZone = [.. AffinityZones(spec)],
            HasNodeAffinity = spec.NodeAffinity?.Required is not null,
            VolumeSource = Source(spec),
            FileSystemType = spec.Csi?.FsType ?? spec.AwsElasticBlockStore?.FsType,
            Partition = Partition(spec),
            MountOptions = [.. spec.MountOptions ?? []],
            VolumeMode = spec.VolumeMode,
            VolumeAttributes = Attributes(spec),
            VolumeAttributesClassName = spec.VolumeAttributesClassName,
            Labels = new Dictionary<string, string>(labels),
            Annotations = new Dictionary<string, string>(volume.Metadata.Annotations ?? new Dictionary<string, string>()),
            Finalizers = [.. volume.Metadata.Finalizers ?? []],
            Owner = [.. (volume.Metadata.OwnerReferences ?? []).Select(owner => $"{owner.Kind} {owner.Name}")],
            Uid = volume.Metadata.Uid,
            ResourceVersion = volume.Metadata.ResourceVersion,
            CreationTimestamp = volume.Metadata.CreationTimestamp,
            Context = context,
            Region = labels.TryGetValue(EbsDrivers.RegionLabel, out var region) ? region : RegionOf(zone),
        };
    }

    /// <summary>Fields that were sent and are not in the answer: those that are younger than the oldest servers.</summary>
    public static IEnumerable<string> Dropped(V1PersistentVolume sent, V1PersistentVolume kept)
    {
        if (sent.Spec?.VolumeAttributesClassName is not null && kept.Spec?.VolumeAttributesClassName is null) yield return "spec.volumeAttributesClassName";
        if (sent.Spec?.Csi?.NodeExpandSecretRef is not null && kept.Spec?.Csi?.NodeExpandSecretRef is null) yield return "spec.csi.nodeExpandSecretRef";
    }

    // In-tree ids come as vol-…, aws://zone/vol-… and aws:///vol-…: the last part is the volume.
    private static string? VolumeId(V1PersistentVolumeSpec spec)
    {
        if (spec.AwsElasticBlockStore?.VolumeID is { } inTree) return inTree[(inTree.LastIndexOf('/') + 1)..];
        return spec.Csi?.Driver is EbsDrivers.Csi or EbsDrivers.AutoMode ? spec.Csi.VolumeHandle : null;
    }

    private static int? Partition(V1PersistentVolumeSpec spec)
    {
        if (spec.AwsElasticBlockStore is { } inTree) return inTree.Partition;
        return spec.Csi?.VolumeAttributes is { } attributes && attributes.TryGetValue(MountRules.PartitionAttribute, out var text) && int.TryParse(text, out var partition) ? partition : null;
    }

    private static Dictionary<string, string> Attributes(V1PersistentVolumeSpec spec) =>
        (spec.Csi?.VolumeAttributes ?? new Dictionary<string, string>()).Where(pair => pair.Key != MountRules.PartitionAttribute).ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);

    private static VolumeSource Source(V1PersistentVolumeSpec spec)
    {
        if (spec.AwsElasticBlockStore is not null) return VolumeSource.InTree;
        return spec.Csi?.Driver == EbsDrivers.AutoMode ? VolumeSource.EksAutoMode : VolumeSource.Csi;
    }

    // What binds pods is the affinity; the label and the in-tree id only say where the volume was meant to be.
    private static string? Zone(V1PersistentVolumeSpec spec, IDictionary<string, string> labels)
    {
        if (AffinityZones(spec).FirstOrDefault() is { } first) return first;
        foreach (var key in ZoneLabels.Zones)
            if (labels.TryGetValue(key, out var zone))
                return zone;
        var parts = spec.AwsElasticBlockStore?.VolumeID?.Split('/');
        return parts is { Length: 4 } && parts[2].Length > 0 ? parts[2] : null;
    }

    private static IEnumerable<string> AffinityZones(V1PersistentVolumeSpec spec) => (spec.NodeAffinity?.Required?.NodeSelectorTerms ?? [])
        .SelectMany(term => term.MatchExpressions ?? [])
        .Where(one => ZoneLabels.Zones.Contains(one.Key) && one.OperatorProperty == "In")
        .SelectMany(one => one.Values ?? [])
        .Distinct();

    private static string? RegionOf(string? zone)
    {
        if (zone is null) return null;
        try
        {
            return Defaults.ZoneName.RegionOf(zone);
        }
        catch (Errors.EbsPvException)
        {
            return null;
        }
    }
}
