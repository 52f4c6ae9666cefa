using EbsPv.Ports;

namespace EbsPv.PersistentVolumes;

/// <summary>What registering volumes would post.</summary>
public static class ManifestComposer
{
    /// <summary>The PersistentVolume of a volume.</summary>
    /// <exception cref="Errors.EbsPvException">What <see cref="PersistentVolumeComposer.Compose"/> refuses.</exception>
    public static PersistentVolumeSpec PersistentVolume(VolumeToRegister volume, RegistrationOptions options, ClusterFacts facts)
    {
        ArgumentNullException.ThrowIfNull(volume);
        ArgumentNullException.ThrowIfNull(options);
        var choice = SourceChoice.For(options.VolumeSource, volume.AvailabilityZone, facts);
        return PersistentVolumeComposer.Compose(volume, options, choice);
    }

    /// <summary>The JSON of the volumes' storage classes, when they are to be made.</summary>
    public static IEnumerable<string> StorageClasses(IReadOnlyList<VolumeToRegister> volumes, RegistrationOptions options)
    {
        ArgumentNullException.ThrowIfNull(volumes);
        ArgumentNullException.ThrowIfNull(options);
        if (!options.CreateStorageClass) return [];
        return volumes
            .GroupBy(volume => PersistentVolumeComposer.Settings(volume, options, options.VolumeSource).StorageClassName ?? PersistentVolumeRules.DefaultStorageClass)
            .Where(ofClass => ofClass.Key.Length > 0)
            .Select(ofClass => StorageClassPlan.For(
                ofClass.Key, null, [.. ofClass.Select(volume => volume.AvailabilityZone).OfType<string>()], [.. ofClass.Select(volume => volume.VolumeType)])!)
            .Select(plan => StorageClassDocument.ToJson(new StorageClassSpec(plan.Name, plan.Zones, plan.VolumeType)));
    }
}
