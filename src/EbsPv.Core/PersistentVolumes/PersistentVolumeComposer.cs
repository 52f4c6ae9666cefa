using System.Text.Json.Nodes;
using EbsPv.Defaults;
using EbsPv.Templates;

namespace EbsPv.PersistentVolumes;

/// <summary>Puts a PersistentVolume together: what the user typed, then what a document says, then what EbsPv takes by itself.</summary>
public static class PersistentVolumeComposer
{
    /// <summary>What was said of a volume, by parameters and by its document, if it can be meant for a source.</summary>
    /// <exception cref="Errors.EbsPvException">ReclaimPolicyDeleteNeedsConsent, AccessModeUnsupported, MultiAttachNotAllowed,
    /// FsTypeWithBlock, MountOptionInvalid, PartitionInvalid, VolumeAttributeInvalid.</exception>
    public static PersistentVolumeSettings Settings(VolumeToRegister volume, RegistrationOptions options, VolumeSource source)
    {
        ArgumentNullException.ThrowIfNull(volume);
        ArgumentNullException.ThrowIfNull(options);
        var said = options.Settings.Over(volume.Settings).Over(volume.Template?.Settings);
        if (said.ReclaimPolicy is { } policy) PersistentVolumeRules.CheckedReclaimPolicy(policy, options.AllowDeletePolicy);
        MountRules.CheckTogether(said, source);
        AccessModeRules.CheckSharing(volume, said.AccessModes ?? [AccessModeRules.Once], said.VolumeMode ?? MountRules.Filesystem);
        return said;
    }

    /// <summary>The PersistentVolume for a volume.</summary>
    /// <exception cref="Errors.EbsPvException">What <see cref="Settings"/> refuses.</exception>
    public static PersistentVolumeSpec Compose(VolumeToRegister volume, RegistrationOptions options, SourceChoice choice)
    {
        ArgumentNullException.ThrowIfNull(choice);
        var said = Settings(volume, options, choice.Source);
        return new PersistentVolumeSpec
        {
            Name = volume.Name,
            VolumeId = volume.VolumeId,
            Capacity = volume.Capacity,
            Source = choice.Source,
            AccessModes = said.AccessModes ?? [AccessModeRules.Once],
            ReclaimPolicy = said.ReclaimPolicy ?? "Retain",
            StorageClassName = said.StorageClassName ?? PersistentVolumeRules.DefaultStorageClass,
            FileSystemType = said.FileSystemType ?? (said.VolumeMode == MountRules.Block ? null : "ext4"),
            VolumeMode = said.VolumeMode,
            MountOptions = said.MountOptions ?? [],
            Partition = said.Partition,
            ReadOnly = said.ReadOnly ?? false,
            VolumeAttributes = said.VolumeAttributes,
            VolumeAttributesClassName = said.VolumeAttributesClassName,
            Claim = said.Claim,
            AvailabilityZone = volume.AvailabilityZone,
            Labels = Labels(volume, said.Labels),
            Annotations = Annotations(said, choice.Source),
            NodeAffinity = volume.Template is { HasAffinity: true } ? [] : choice.NodeAffinity,
            Rest = Rest(volume.Template, choice.Source),
            ChangeCause = options.ChangeCause,
            SaveConfig = options.SaveConfig,
        };
    }

    // Nodes of today do not have the labels of yesterday: no pod would find one to run on.
    private static string? Rest(PersistentVolumeTemplate? template, VolumeSource source)
    {
        if (template is not { HasAffinity: true }) return template?.Rest;
        var rest = JsonNode.Parse(template.Rest)!.AsObject();
        ZoneLabels.Renew(rest, source);
        return rest.ToJsonString();
    }

    private static List<KeyValuePair<string, string>> Labels(VolumeToRegister volume, IReadOnlyDictionary<string, string> said)
    {
        var labels = new List<KeyValuePair<string, string>>();
        if (!said.ContainsKey("type")) labels.Add(new("type", "ebs"));
        if (volume.AvailabilityZone is { } zone)
        {
            labels.Add(new(EbsDrivers.ZoneLabel, zone));
            labels.Add(new(EbsDrivers.RegionLabel, ZoneName.RegionOf(zone)));
        }

        labels.AddRange(said.OrderBy(label => label.Key, StringComparer.Ordinal));
        return labels;
    }

    // Without it no controller carries out the policy Delete on a volume that it did not provision; a document's may name the old driver.
    private static List<KeyValuePair<string, string>> Annotations(PersistentVolumeSettings said, VolumeSource source)
    {
        var annotations = said.Annotations.Where(pair => pair.Key != AnnotationRules.ProvisionedBy).ToList();
        var isProvisioned = said.Annotations.ContainsKey(AnnotationRules.ProvisionedBy) || (said.ReclaimPolicy == "Delete" && source != VolumeSource.InTree);
        if (isProvisioned) annotations.Add(new(AnnotationRules.ProvisionedBy, Provisioner(source)));
        return [.. annotations.OrderBy(pair => pair.Key, StringComparer.Ordinal)];
    }

    private static string Provisioner(VolumeSource source) => source switch
    {
        VolumeSource.InTree => EbsDrivers.InTreeProvisioner,
        VolumeSource.EksAutoMode => EbsDrivers.AutoMode,
        _ => EbsDrivers.Csi,
    };
}
