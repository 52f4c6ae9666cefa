using EbsPv.Errors;
using EbsPv.PersistentVolumes;
using EbsPv.PowerShell.Pipeline;

namespace EbsPv.PowerShell.Binding;

/// <summary>What was typed of how PersistentVolumes are to look.</summary>
internal static class TypedRegistration
{
    /// <summary>The settings, checked before the first volume comes.</summary>
    /// <exception cref="EbsPvException">What the rules of PersistentVolumes refuse.</exception>
    public static PersistentVolumeSettings Settings(RegistrationCommand from, VolumeSource source)
    {
        if (from.CreateStorageClass && from.StorageClassName is { Length: 0 })
            throw EbsPvException.Input(
                ErrorIds.StorageClassInvalid, "-CreateStorageClass makes the storage class, and -StorageClassName '' asks for none.", null, "Name a class, or leave one of both out.");
        var labels = TagTransformAttribute.ToTags(from.Label);
        PersistentVolumeRules.CheckLabels(labels);
        var annotations = TagTransformAttribute.ToTags(from.Annotation);
        AnnotationRules.Check(annotations);
        var typed = MountRules.WithPartition(new PersistentVolumeSettings
        {
            StorageClassName = from.StorageClassName is null ? null : PersistentVolumeRules.CheckedStorageClass(from.StorageClassName),
            AccessModes = AccessModeRules.Checked(from.AccessMode),
            ReclaimPolicy = from.ReclaimPolicy is null ? null : PersistentVolumeRules.CheckedReclaimPolicy(from.ReclaimPolicy, from.AllowDeletePolicy),
            FileSystemType = MountRules.CheckedFileSystem(from.FileSystemType),
            VolumeMode = MountRules.CheckedVolumeMode(from.VolumeMode),
            MountOptions = MountRules.CheckedMountOptions(from.MountOption),
            Partition = MountRules.CheckedPartition(from.Partition),
            VolumeAttributes = TagTransformAttribute.ToTags(from.VolumeAttribute),
            VolumeAttributesClassName = PersistentVolumeRules.CheckedVolumeAttributesClass(from.VolumeAttributesClassName),
            Labels = labels,
            Annotations = annotations,
        });
        MountRules.CheckTogether(typed, source);
        return typed;
    }
}
