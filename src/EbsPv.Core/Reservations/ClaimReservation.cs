using EbsPv.Defaults;
using EbsPv.Errors;
using EbsPv.PersistentVolumes;
using EbsPv.Ports;

namespace EbsPv.Reservations;

/// <summary>Keeps volumes for claims, which may be there already and wait for them. A reservation that the claim would pass by is refused:
/// the PersistentVolume would stay Available, for nobody.</summary>
public static class ClaimReservation
{
    /// <summary>Reads the claims, one list a namespace, and checks that each can have the volume that is to be kept for it.</summary>
    /// <exception cref="EbsPvException">ClaimConflict, ClaimMismatch, VolumeTooSmall, and what the API server refuses.</exception>
    public static async Task CheckAsync(ICluster cluster, IReadOnlyList<PersistentVolumeSpec> wanted, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        ArgumentNullException.ThrowIfNull(wanted);
        foreach (var kept in wanted.Where(one => one.Claim is not null).GroupBy(one => one.Claim!.Namespace))
        {
            var (claims, _) = await cluster.ListClaimsAsync(kept.Key, cancellationToken).ConfigureAwait(false);
            var byName = claims.ToDictionary(claim => claim.Name, StringComparer.Ordinal);
            foreach (var one in kept)
                if (byName.TryGetValue(one.Claim!.Name, out var existing)) Check(existing, one);
        }
    }

    /// <summary>Refuses to keep two volumes for one claim: it would get either, and the other one would wait for nobody.</summary>
    /// <param name="wanted">The PersistentVolumes that are to be posted.</param>
    /// <param name="facts">Those that there are.</param>
    /// <exception cref="EbsPvException">ClaimConflict.</exception>
    public static void CheckOnce(IReadOnlyList<PersistentVolumeSpec> wanted, ClusterFacts facts)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        ArgumentNullException.ThrowIfNull(facts);
        // Bound, or of a claim that is gone, one is no claim's to come.
        var kept = facts.ByVolumeId.SelectMany(volumes => volumes).Where(one => one is { Claim: not null, ClaimUid: null, Status: "Available" or "Pending" }).ToLookup(one => one.Claim!);
        foreach (var ofClaim in wanted.Where(one => one.Claim is not null).GroupBy(one => one.Claim!))
        {
            var volumes = ofClaim.ToList();
            if (kept[ofClaim.Key.ToString()].FirstOrDefault(one => one.VolumeId != volumes[0].VolumeId) is { } other)
                throw Twice(ofClaim.Key, volumes[0], $"the PersistentVolume {other.Name} ({other.VolumeId}) is kept for it already", $"Leave the claim out, or remove the other one first: Unregister-EbsPersistentVolume {other.Name}, which keeps its volume.");
            if (volumes.Count > 1) throw Twice(ofClaim.Key, volumes[1], $"{Shown(volumes[0])} is to be kept for it, too", "Name another claim for each volume, or none.");
        }
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

    private static EbsPvException Twice(ClaimReference claim, PersistentVolumeSpec wanted, string why, string action) => new(
        ErrorKind.Conflict, ErrorIds.ClaimConflict, $"{Shown(wanted)} cannot be kept for the claim {Escaped.Text(claim.ToString())}: {why}, and the claim would get either. Nothing was registered.")
    {
        Target = claim.ToString(),
        RecommendedAction = action,
    };

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
