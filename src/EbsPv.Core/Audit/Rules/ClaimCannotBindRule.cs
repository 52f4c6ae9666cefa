using EbsPv.Defaults;
using EbsPv.PersistentVolumes;

namespace EbsPv.Audit.Rules;

internal sealed class ClaimCannotBindRule : ClaimRule
{
    public override string Code => FindingCodes.ClaimCannotBind;

    protected override EbsPersistentVolumeFinding? Find(EbsPersistentVolumeClaim claim, AuditFacts facts)
    {
        if (claim.Status != "Pending" || Obstacle(claim, facts) is not { } obstacle) return null;
        return Findings.OfClaim(
            facts,
            claim,
            FindingSeverity.Error,
            Code,
            $"The claim {claim} cannot be bound: {obstacle}.",
            $"A claim's class, modes and PersistentVolume cannot be changed: delete it and make one that fits, as New-EbsPersistentVolumeClaim does, or register a volume that fits it. kubectl describe pvc -n {claim.Namespace} {claim.Name} has Kubernetes' own word.");
    }

    private static string? Obstacle(EbsPersistentVolumeClaim claim, AuditFacts facts)
    {
        var volumes = facts.Storage.PersistentVolumes;
        if (claim.VolumeName is { } name) return volumes.FirstOrDefault(volume => volume.Name == name) is { } named ? Mismatch(claim, named, named.Claim is null) : null;
        // A class with a provisioner makes a volume that fits.
        if (claim.StorageClassName is { } own && facts.Storage.StorageClasses.TryGetValue(own, out var found) && found.Provisioner != StorageClassRules.NoProvisioner) return null;
        var kept = volumes.Where(volume => volume.Claim == claim.ToString()).ToList();
        var free = volumes.Where(volume => volume is { Claim: null, Status: "Available" } && (volume.StorageClassName ?? "") == (claim.StorageClassName ?? "")).ToList();
        if (kept.Exists(volume => Mismatch(claim, volume, checksClass: false) is null) || free.Exists(volume => Mismatch(claim, volume, checksClass: false) is null)) return null;
        var nearest = kept.Concat(free).FirstOrDefault();
        if (nearest is not null) return $"of the PersistentVolumes that are kept for it or free, none fits; {Mismatch(claim, nearest, checksClass: false)}";
        return $"no PersistentVolume of the class '{Escaped.Text(claim.StorageClassName)}' is free";
    }

    private static string? Mismatch(EbsPersistentVolumeClaim claim, EbsPersistentVolume volume, bool checksClass)
    {
        if (volume.Status is "Released" or "Failed" or "Terminating") return $"the PersistentVolume {volume.Name} is {volume.Status}";
        if (volume.Claim is { } other && other != claim.ToString()) return $"the PersistentVolume {volume.Name} is kept for, or bound to, the claim {Escaped.Text(other)}";
        if (Quantity.Bytes(claim.Request) > Quantity.Bytes(volume.Capacity)) return $"it asks for {claim.Request}, and the PersistentVolume {volume.Name} has {volume.Capacity}";
        if (claim.AccessModes.FirstOrDefault(mode => !volume.AccessModes.Contains(mode)) is { } lacking) return $"it asks for {lacking}, and the PersistentVolume {volume.Name} allows {string.Join(", ", volume.AccessModes)}";
        if ((claim.VolumeMode ?? MountRules.Filesystem) != (volume.VolumeMode ?? MountRules.Filesystem)) return $"it asks for the volume mode {claim.VolumeMode}, and the PersistentVolume {volume.Name} is {volume.VolumeMode}";
        if (checksClass && (claim.StorageClassName ?? "") != (volume.StorageClassName ?? ""))
            return $"it is of the class '{Escaped.Text(claim.StorageClassName)}', and the PersistentVolume {volume.Name} of '{Escaped.Text(volume.StorageClassName)}'";
        return null;
    }
}
