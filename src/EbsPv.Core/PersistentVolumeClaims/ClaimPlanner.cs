using EbsPv.Defaults;
using EbsPv.Errors;
using EbsPv.PersistentVolumes;

namespace EbsPv.PersistentVolumeClaims;

/// <summary>Works out the claim for a PersistentVolume, and refuses one that would never bind. It makes no call.</summary>
public static class ClaimPlanner
{
    /// <summary>The claim to post; null when it is there already.</summary>
    /// <param name="volume">The PersistentVolume as the cluster has it.</param>
    /// <param name="claim">Namespace and name of the claim.</param>
    /// <param name="options">How it is made.</param>
    /// <param name="existing">The claim of that name; null when there is none.</param>
    /// <exception cref="EbsPvException">ClaimConflict, ClaimTooLarge, ClaimMismatch, PersistentVolumeNotClaimable.</exception>
    public static PersistentVolumeClaimSpec? Plan(EbsPersistentVolume volume, ClaimReference claim, ClaimOptions options, EbsPersistentVolumeClaim? existing)
    {
        ArgumentNullException.ThrowIfNull(volume);
        ArgumentNullException.ThrowIfNull(claim);
        ArgumentNullException.ThrowIfNull(options);
        ClaimNames.Checked(claim.Name);
        CheckState(volume);
        CheckReservation(volume, claim);
        var spec = Spec(volume, claim, options);
        CheckFits(volume, spec);
        if (existing is null) return spec;
        return IsFor(existing, volume) ? null : throw Taken(existing, volume);
    }

    /// <summary>Whether a claim that is there is this PersistentVolume's: it names it, or waits for what is kept for it and can have it.</summary>
    public static bool IsFor(EbsPersistentVolumeClaim existing, EbsPersistentVolume volume)
    {
        ArgumentNullException.ThrowIfNull(existing);
        ArgumentNullException.ThrowIfNull(volume);
        if (existing.Status == "Terminating") return false;
        if (existing.VolumeName is not null) return existing.VolumeName == volume.Name;
        return volume.Claim == existing.ToString()
            && (existing.VolumeMode ?? MountRules.Filesystem) == (volume.VolumeMode ?? MountRules.Filesystem)
            && existing.AccessModes.All(volume.AccessModes.Contains)
            && !(Quantity.Bytes(existing.Request) > Quantity.Bytes(volume.Capacity));
    }

    /// <summary>The warning for a claim that is there and is not what was asked for; null when it is. Only what was said is compared.</summary>
    public static SharedWarning? Difference(EbsPersistentVolumeClaim existing, ClaimOptions options)
    {
        ArgumentNullException.ThrowIfNull(existing);
        ArgumentNullException.ThrowIfNull(options);
        var differences = Differences(existing, options).ToList();
        return differences.Count == 0 ? null : new SharedWarning(
            "ClaimsDiffer",
            "something else was asked for than the claims have, which stay as they are, for",
            $"{existing} ({string.Join("; ", differences)})",
            "Resize-EbsPersistentVolume makes a claim larger; what else it asks for is settled when it is made.");
    }

    /// <summary>The claim's name is taken by one for another volume, or by one that is going.</summary>
    public static EbsPvException Taken(EbsPersistentVolumeClaim existing, EbsPersistentVolume volume)
    {
        ArgumentNullException.ThrowIfNull(existing);
        ArgumentNullException.ThrowIfNull(volume);
        var what = existing.Status == "Terminating" ? "is being deleted" : existing.VolumeName is { } other ? $"is for {Escaped.Text(other)}" : $"is there already, {existing.Status} and for no volume by name";
        return Conflict(volume, $"The claim {existing} {what}; none was made for {volume.Name}.", $"See what it is for: kubectl describe pvc -n {existing.Namespace} {existing.Name}. Another name is given with -Name.");
    }

    private static IEnumerable<string> Differences(EbsPersistentVolumeClaim existing, ClaimOptions options)
    {
        if (options.Request is { } request && Quantity.Bytes(request) != Quantity.Bytes(existing.Request)) yield return $"asks for {existing.Request}, not {request}";
        if (options.AccessModes is { } modes && !modes.ToHashSet().SetEquals(existing.AccessModes)) yield return $"{string.Join(", ", existing.AccessModes)}, not {string.Join(", ", modes)}";
        if (options.StorageClassName is { } name && name != (existing.StorageClassName ?? "")) yield return $"class {Shown(existing.StorageClassName)}, not {Shown(name)}";
    }

    private static string Shown(string? name) => string.IsNullOrEmpty(name) ? "none" : Escaped.Text(name);

    private static PersistentVolumeClaimSpec Spec(EbsPersistentVolume volume, ClaimReference claim, ClaimOptions options) => new()
    {
        Namespace = claim.Namespace,
        Name = claim.Name,
        VolumeName = volume.Name,
        StorageClassName = options.StorageClassName ?? volume.StorageClassName ?? "",
        Request = options.Request ?? volume.Capacity ?? "1Gi",
        AccessModes = options.AccessModes ?? volume.AccessModes,
        VolumeMode = volume.VolumeMode ?? MountRules.Filesystem,
        VolumeAttributesClassName = volume.VolumeAttributesClassName,
        Labels = options.Labels,
    };

    private static void CheckState(EbsPersistentVolume volume)
    {
        if (volume.Status is not ("Released" or "Failed" or "Terminating")) return;
        throw new EbsPvException(
            ErrorKind.InvalidState, ErrorIds.PersistentVolumeNotClaimable, $"The PersistentVolume {volume.Name} is {volume.Status}, and no claim can have it.")
        {
            Target = volume.Name,
            RecommendedAction = RegistrationPlanner.Cure(volume),
        };
    }

    private static void CheckReservation(EbsPersistentVolume volume, ClaimReference claim)
    {
        if (volume.Claim is not { } kept || kept == claim.ToString()) return;
        throw Conflict(
            volume,
            $"The PersistentVolume {volume.Name} is {(volume.Status == "Bound" ? "bound to" : "kept for")} the claim {Escaped.Text(kept)}; {claim} cannot have it.",
            "Leave -Namespace and -Name out to make the claim that it is kept for, or take another PersistentVolume.");
    }

    private static void CheckFits(EbsPersistentVolume volume, PersistentVolumeClaimSpec spec)
    {
        if (Quantity.Bytes(spec.Request) > (Quantity.Bytes(volume.Capacity) ?? decimal.MaxValue))
            throw new EbsPvException(
                ErrorKind.InvalidInput, ErrorIds.ClaimTooLarge, $"The PersistentVolume {volume.Name} has {volume.Capacity}, and the claim would ask for {spec.Request}: it would stay Pending.")
            {
                Target = volume.Name,
                RecommendedAction = $"Leave -Size out, or ask for {volume.Capacity} or less.",
            };
        if (spec.AccessModes.FirstOrDefault(mode => !volume.AccessModes.Contains(mode)) is { } lacking)
            throw Mismatch(volume, $"allows {string.Join(", ", volume.AccessModes)}, and the claim would ask for {lacking}", "Leave -AccessMode out: the PersistentVolume's are taken.");
        if (volume.Claim is null && spec.StorageClassName != (volume.StorageClassName ?? ""))
            throw Mismatch(volume, $"is of the class '{volume.StorageClassName}', and the claim would be of '{spec.StorageClassName}'", "Leave -StorageClassName out: the PersistentVolume's is taken.");
    }

    private static EbsPvException Mismatch(EbsPersistentVolume volume, string reason, string action) => new(
        ErrorKind.InvalidInput, ErrorIds.ClaimMismatch, $"The PersistentVolume {volume.Name} {reason}: it would stay Pending.")
    {
        Target = volume.Name,
        RecommendedAction = action,
    };

    private static EbsPvException Conflict(EbsPersistentVolume volume, string message, string action) =>
        new(ErrorKind.Conflict, ErrorIds.ClaimConflict, message) { Target = volume.Name, RecommendedAction = action };
}
