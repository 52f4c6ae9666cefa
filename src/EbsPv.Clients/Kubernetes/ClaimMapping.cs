using EbsPv.PersistentVolumeClaims;
using EbsPv.Ports;
using k8s.Models;

namespace EbsPv.Clients.Kubernetes;

/// <summary>Between Kubernetes' claims and ours.</summary>
internal static class ClaimMapping
{
    private const string Filesystem = "Filesystem";

    public static EbsPersistentVolumeClaim ToModel(V1PersistentVolumeClaim claim, string context)
    {
        var spec = claim.Spec ?? new V1PersistentVolumeClaimSpec();
        return new EbsPersistentVolumeClaim
        {
            Namespace = claim.Metadata.NamespaceProperty,
            Name = claim.Metadata.Name,
            Status = claim.Metadata.DeletionTimestamp is null ? claim.Status?.Phase ?? "Pending" : "Terminating",
            VolumeName = string.IsNullOrEmpty(spec.VolumeName) ? null : spec.VolumeName,
            Request = Storage(spec.Resources?.Requests),
            Capacity = Storage(claim.Status?.Capacity),
            AccessModes = [.. spec.AccessModes ?? []],
            StorageClassName = spec.StorageClassName,
            VolumeMode = spec.VolumeMode ?? Filesystem,
            Annotations = new Dictionary<string, string>(claim.Metadata.Annotations ?? new Dictionary<string, string>()),
            Conditions = [.. (claim.Status?.Conditions ?? []).Where(condition => condition.Status == "True").Select(condition => condition.Type)],
            ResourceVersion = claim.Metadata.ResourceVersion,
            Uid = claim.Metadata.Uid,
            CreationTimestamp = claim.Metadata.CreationTimestamp,
            Context = context,
        };
    }

    public static V1PersistentVolumeClaim FromSpec(PersistentVolumeClaimSpec spec) => new()
    {
        ApiVersion = "v1",
        Kind = "PersistentVolumeClaim",
        Metadata = new V1ObjectMeta
        {
            NamespaceProperty = spec.Namespace,
            Name = spec.Name,
            Labels = spec.Labels.Count == 0 ? null : new Dictionary<string, string>(spec.Labels),
        },
        Spec = new V1PersistentVolumeClaimSpec
        {
            AccessModes = [.. spec.AccessModes],
            Resources = new V1VolumeResourceRequirements { Requests = new Dictionary<string, ResourceQuantity> { ["storage"] = new(spec.Request) } },
            StorageClassName = spec.StorageClassName,
            VolumeMode = spec.VolumeMode == Filesystem ? null : spec.VolumeMode,
            VolumeAttributesClassName = spec.VolumeAttributesClassName,
            VolumeName = spec.VolumeName,
        },
    };

    public static StatefulSetInfo ToModel(V1StatefulSet set) => new(
        set.Metadata.NamespaceProperty,
        set.Metadata.Name,
        set.Spec?.Ordinals?.Start ?? 0,
        [.. (set.Spec?.VolumeClaimTemplates ?? []).Select(ToTemplate)]);

    public static ClaimTemplate ToTemplate(V1PersistentVolumeClaim claim) => new(
        claim.Metadata.Name,
        claim.Spec?.StorageClassName,
        [.. claim.Spec?.AccessModes ?? []],
        Storage(claim.Spec?.Resources?.Requests),
        claim.Spec?.VolumeMode ?? Filesystem)
    {
        VolumeAttributesClassName = claim.Spec?.VolumeAttributesClassName,
    };

    private static string? Storage(IDictionary<string, ResourceQuantity>? amounts) =>
        amounts is not null && amounts.TryGetValue("storage", out var storage) ? storage.ToString() : null;
}
