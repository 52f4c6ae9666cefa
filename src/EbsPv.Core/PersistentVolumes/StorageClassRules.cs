using EbsPv.Ports;

namespace EbsPv.PersistentVolumes;

/// <summary>What a storage class for volumes made by hand looks like.</summary>
/// <remarks>Source: tried on Kubernetes 1.20 and 1.36: a claim of a class without an object binds at once, to any zone, and cannot grow.</remarks>
public static class StorageClassRules
{
    /// <summary>The provisioner that provisions nothing.</summary>
    public const string NoProvisioner = "kubernetes.io/no-provisioner";

    /// <summary>The label that says who looks after an object.</summary>
    public const string ManagedBy = "app.kubernetes.io/managed-by";

    /// <summary>What that label says on objects that EbsPv made.</summary>
    public const string Manager = "EbsPv";

    /// <summary>Whether EbsPv made it, and may therefore add zones to it.</summary>
    public static bool IsOurs(StorageClassInfo storageClass)
    {
        ArgumentNullException.ThrowIfNull(storageClass);
        return storageClass.Provisioner == NoProvisioner && storageClass.HasOnlyZones && storageClass.Labels.TryGetValue(ManagedBy, out var manager) && manager == Manager;
    }

    /// <summary>What the user should know of the class of a PersistentVolume; nothing when it was not looked at.</summary>
    /// <param name="name">The class.</param>
    /// <param name="zone">Zone of the volume; null when it is not known.</param>
    /// <param name="facts">What is known of the cluster.</param>
    /// <param name="options">What was asked for.</param>
    public static IEnumerable<string> Warnings(string name, string? zone, ClusterFacts facts, RegistrationOptions options)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(options);
        if (!facts.StorageClasses.TryGetValue(name, out var found)) yield break;
        if (found is null)
        {
            if (!options.CreateStorageClass)
                yield return $"StorageClassMissing: there is no StorageClass {name}: claims of that class bind at once, to a volume in any zone, and cannot grow. -CreateStorageClass makes it.";
            yield break;
        }

        if (found.Provisioner == NoProvisioner && found.VolumeBindingMode == "Immediate")
            yield return $"StorageClassImmediate: the StorageClass {name} binds claims at once, to a volume in any zone, wherever their pods can run. A class with the binding mode WaitForFirstConsumer waits for the pod: -StorageClassName with a new name and -CreateStorageClass make one.";
        if (found.Provisioner != NoProvisioner)
            yield return $"StorageClassProvisions: the StorageClass {name} has the provisioner {Defaults.Escaped.Text(found.Provisioner)}: a claim of it that fits no registered volume gets a new volume from there, empty and paid for. Name the volume in the claim (New-EbsPersistentVolumeClaim), or use a class of your own.";
        if (options.CreateStorageClass && found.Provisioner == NoProvisioner && !IsOurs(found))
            foreach (var warning in Lacking(found, zone)) yield return warning;
    }

    // -CreateStorageClass would have made it otherwise, and leaves it as it is.
    private static IEnumerable<string> Lacking(StorageClassInfo found, string? zone)
    {
        if (zone is not null && found.Zones.Count > 0 && !found.Zones.Contains(zone))
            yield return $"StorageClassLacksZone: the StorageClass {found.Name} allows {string.Join(", ", found.Zones.Select(Defaults.Escaped.Text))} and not {zone}, where a volume is; EbsPv did not make it and leaves it as it is. Add the zone to its allowedTopologies, or take another class with -StorageClassName.";
        if (!found.AllowVolumeExpansion)
            yield return $"StorageClassCannotGrow: the StorageClass {found.Name} has no allowVolumeExpansion, so that its claims cannot grow; EbsPv did not make it and leaves it as it is. Set it: kubectl patch storageclass {found.Name} -p '{{\"allowVolumeExpansion\":true}}'.";
    }
}
