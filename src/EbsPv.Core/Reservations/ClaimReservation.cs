using EbsPv.Defaults;
using EbsPv.Errors;
using EbsPv.PersistentVolumes;
using EbsPv.Ports;

namespace EbsPv.Reservations;

/// <summary>Keeps one volume for one claim, which may be there already and wait for it. A reservation that the claim would pass by is refused:
/// the PersistentVolume would stay Available, for nobody.</summary>
public static class ClaimReservation
{
    /// <summary>Reads the claim and checks that it can have the volume.</summary>
    /// <exception cref="EbsPvException">ClaimConflict, ClaimMismatch, VolumeTooSmall, and what the API server refuses.</exception>
    public static async Task CheckAsync(
        ICluster cluster, ClaimReference claim, PersistentVolumeSpec wanted, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        ArgumentNullException.ThrowIfNull(claim);
        var (claims, _) = await cluster.ListClaimsAsync(claim.Namespace, cancellationToken).ConfigureAwait(false);
        if (claims.FirstOrDefault(one => one.Name == claim.Name) is { } existing) Check(existing, wanted);
    }

    /// <summary>Refuses a volume that the claim cannot have.</summary>
    /// <param name="existing">The claim.</param>
    /// <param name="wanted">The PersistentVolume that is to be kept for it.</param>
    /// <exception cref="EbsPvException">ClaimConflict, ClaimMismatch, VolumeTooSmall.</exception>
    public static void Check(EbsPersistentVolumeClaim existing, PersistentVolumeSpec wanted)
    {
        ArgumentNullException.ThrowIfNull(existing);
        ArgumentNullException.ThrowIfNull(wanted);
        if (existing.Status == "Terminating") throw Refused(ErrorKind.Conflict, ErrorIds.ClaimConflict, existing, $"The claim {existing} is being deleted: no volume can be kept for it.");
        if (existing.Status == "Lost" && existing.VolumeName == wanted.Name) throw Lost(existing, wanted);
        if (existing.VolumeName is { } other && other != wanted.Name)
            throw Refused(ErrorKind.Conflict, ErrorIds.ClaimConflict, existing, $"The claim {existing} is there already ({existing.Status}) and has {Escaped.Text(other)}: {Shown(wanted)} cannot be kept for it.");
        if (Quantity.Bytes(existing.Request) > Quantity.Bytes(wanted.Capacity))
            throw Refused(ErrorKind.InvalidInput, ErrorIds.VolumeTooSmall, existing, $"{Shown(wanted)} has {wanted.Capacity}, and the claim {existing} asks for {existing.Request}: it would pass the volume by.");
        if ((existing.VolumeMode ?? MountRules.Filesystem) != (wanted.VolumeMode ?? MountRules.Filesystem))
            throw Refused(ErrorKind.InvalidInput, ErrorIds.ClaimMismatch, existing, $"The claim {existing} asks for the volume mode {existing.VolumeMode}, and {Shown(wanted)} would have {wanted.VolumeMode ?? MountRules.Filesystem}: it would pass the volume by.");
        if (existing.AccessModes.FirstOrDefault(mode => !wanted.AccessModes.Contains(mode)) is { } lacking)
            throw Refused(ErrorKind.InvalidInput, ErrorIds.ClaimMismatch, existing, $"The claim {existing} asks for {lacking}, and {Shown(wanted)} would have {string.Join(", ", wanted.AccessModes)}: it would pass the volume by.");
    }

    private static string Shown(PersistentVolumeSpec wanted) => wanted.VolumeId ?? wanted.Name;

    // Whatever is kept for its name alone is another's to it, and it stays Lost.
    private static EbsPvException Lost(EbsPersistentVolumeClaim claim, PersistentVolumeSpec wanted) => new(
        ErrorKind.Conflict, ErrorIds.ClaimConflict, $"The claim {claim} has lost its PersistentVolume {wanted.Name}, and would not take back one that is kept for it by name: it would stay Lost. Nothing was registered.")
    {
        Target = claim.ToString(),
        RecommendedAction = $"Register {wanted.VolumeId ?? "the volume"} as {wanted.Name} without -ClaimNamespace and -ClaimName: the claim names its PersistentVolume, and is bound to it again.",
    };

    private static EbsPvException Refused(ErrorKind kind, string errorId, EbsPersistentVolumeClaim claim, string message) => new(kind, errorId, $"{message} Nothing was registered.")
    {
        Target = claim.ToString(),
        RecommendedAction = $"See what it asks for: kubectl describe pvc -n {claim.Namespace} {claim.Name}.",
    };
}
