using EbsPv.Errors;
using EbsPv.PersistentVolumes;

namespace EbsPv.Reservations;

/// <summary>
/// Keeps volumes for the pods of a StatefulSet: the n-th claim gets its volume before the claim is there. Neighbouring pods get volumes of
/// different zones. Volumes that were kept for a pod before stay its own.
/// </summary>
public static class OrdinalReservation
{
    private const int MaxNamed = 10;

    /// <summary>The volumes, each with the claim it is kept for and with what the StatefulSet's template asks for.</summary>
    /// <param name="volumes">The volumes, in any order.</param>
    /// <param name="reference">The StatefulSet.</param>
    /// <param name="known">What the cluster has of it.</param>
    /// <param name="facts">The PersistentVolumes that there are; null when the cluster is not asked.</param>
    /// <param name="typed">What the user typed, which must not contradict the template.</param>
    /// <exception cref="EbsPvException">VolumeTooSmall, ClaimConflict, StatefulSetMismatch.</exception>
    public static OrdinalPlan Assign(
        IReadOnlyList<VolumeToRegister> volumes, StatefulSetReference reference, StatefulSetFacts known, ClusterFacts? facts, PersistentVolumeSettings typed)
    {
        ArgumentNullException.ThrowIfNull(volumes);
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(known);
        ArgumentNullException.ThrowIfNull(typed);
        CheckTyped(typed, reference, known);
        var taken = Taken(reference, facts);
        var passed = new List<EbsPersistentVolume>();
        var next = known.Set?.FirstOrdinal ?? 0;
        var zones = new PodZones(reference, known, facts);
        var waiting = Alternating(volumes).ToList();
        var placed = new List<VolumeToRegister>();
        while (waiting.Count > 0) placed.Add(Reserve(waiting[0]));
        return new OrdinalPlan(placed, Warning(passed, volumes)) { ZonesWarning = zones.Warning };

        VolumeToRegister Reserve(VolumeToRegister volume)
        {
            CheckSize(volume, reference, known);
            if (Registered(volume, facts) is { } existing)
                return Kept(volume, reference.OrdinalOf(existing.Claim) ?? throw Foreign(volume, existing, reference));
            for (; taken.TryGetValue(next, out var owner); next++) passed.Add(owner);
            CheckFree(reference.ClaimOf(next), reference, known);
            // Beside a volume of another template the pod can use one of that zone only.
            var near = zones.Of(next) is { } zone ? waiting.Find(one => one.AvailabilityZone == zone && Registered(one, facts) is null) : null;
            if (near is not null) CheckSize(near, reference, known);
            return Kept(near ?? volume, next++);
        }

        VolumeToRegister Kept(VolumeToRegister volume, int ordinal)
        {
            waiting.Remove(volume);
            zones.Note(ordinal, volume);
            return volume with
            {
                Settings = new PersistentVolumeSettings
                {
                    Claim = new ClaimReference(reference.Namespace, reference.ClaimOf(ordinal)),
                    StorageClassName = known.StorageClassName,
                    AccessModes = AccessModeRules.Checked(known.Template?.AccessModes),
                    VolumeMode = known.Template is { VolumeMode: MountRules.Block } ? MountRules.Block : null,
                    VolumeAttributesClassName = known.Template?.VolumeAttributesClassName,
                },
            };
        }
    }

    /// <summary>The volumes of the zones in turn: the first of each, then the second of each.</summary>
    public static IEnumerable<VolumeToRegister> Alternating(IReadOnlyList<VolumeToRegister> volumes)
    {
        var zones = volumes.GroupBy(volume => volume.AvailabilityZone).Select(zone => zone.ToList()).ToList();
        for (var turn = 0; turn < volumes.Count; turn++)
            foreach (var zone in zones.Where(zone => turn < zone.Count))
                yield return zone[turn];
    }

    private static Dictionary<int, EbsPersistentVolume> Taken(StatefulSetReference reference, ClusterFacts? facts)
    {
        var taken = new Dictionary<int, EbsPersistentVolume>();
        foreach (var volume in facts?.ByVolumeId.SelectMany(volumes => volumes) ?? [])
            if (reference.OrdinalOf(volume.Claim) is { } ordinal) taken.TryAdd(ordinal, volume);
        return taken;
    }

    // Those of the volumes at hand keep their places, as they should; others may come as a surprise.
    private static string? Warning(List<EbsPersistentVolume> passed, IReadOnlyList<VolumeToRegister> volumes)
    {
        var others = passed.Where(owner => !volumes.Any(volume => volume.VolumeId == owner.VolumeId)).Select(owner => $"{owner.Claim!.Split('/')[^1]} ({owner.Name})").ToList();
        if (others.Count == 0) return null;
        return $"OrdinalsTaken: these claims have a PersistentVolume already, and the volumes are kept for the next ones: {string.Join(", ", others.Take(MaxNamed))}{(others.Count > MaxNamed ? $" and {others.Count - MaxNamed} more" : "")}.";
    }

    private static EbsPersistentVolume? Registered(VolumeToRegister volume, ClusterFacts? facts) =>
        volume.VolumeId is { } volumeId ? facts?.ByVolumeId[volumeId].FirstOrDefault() : null;

    private static void CheckSize(VolumeToRegister volume, StatefulSetReference reference, StatefulSetFacts known)
    {
        if (known.Template?.Request is not { } request || Quantity.Bytes(request) <= Quantity.Bytes(volume.Capacity)) return;
        throw new EbsPvException(
            ErrorKind.InvalidInput,
            ErrorIds.VolumeTooSmall,
            $"{volume.VolumeId ?? volume.Name} has {volume.Capacity}, and the StatefulSet {reference.Namespace}/{reference.Name} asks for {request}: its claim would pass the volume by. Nothing was registered.")
        {
            Target = volume.VolumeId ?? volume.Name,
            RecommendedAction = $"Give volumes of {request} or more.",
        };
    }

    private static void CheckFree(string claim, StatefulSetReference reference, StatefulSetFacts known)
    {
        if (known.Claims.FirstOrDefault(one => one.Name == claim) is not { } existing) return;
        var bound = existing.VolumeName is { } volume ? $"and has {volume}" : "and waits for a volume";
        throw new EbsPvException(
            ErrorKind.Conflict, ErrorIds.ClaimConflict, $"The claim {reference.Namespace}/{claim} is there already ({existing.Status}) {bound}: no volume can be kept for it. Nothing was registered.")
        {
            Target = claim,
            RecommendedAction = $"See what it is for: kubectl describe pvc -n {reference.Namespace} {claim}.",
        };
    }

    private static void CheckTyped(PersistentVolumeSettings typed, StatefulSetReference reference, StatefulSetFacts known)
    {
        if (known.Template is not { } template) return;
        Compare("class", typed.StorageClassName, known.StorageClassName, "-StorageClassName");
        Compare("volume mode", typed.VolumeMode, template.VolumeMode, "-VolumeMode");
        Compare("attributes class", typed.VolumeAttributesClassName, template.VolumeAttributesClassName ?? "", "-VolumeAttributesClassName");
        if (typed.AccessModes is { } modes && !template.AccessModes.All(modes.Contains)) throw Mismatch("access modes", string.Join(", ", modes), string.Join(", ", template.AccessModes), "-AccessMode");

        void Compare(string what, string? given, string? asked, string parameter)
        {
            if (given is not null && asked is not null && given != asked) throw Mismatch(what, given, asked, parameter);
        }

        EbsPvException Mismatch(string what, string given, string asked, string parameter) => EbsPvException.Input(
            ErrorIds.StatefulSetMismatch,
            $"The StatefulSet {reference.Namespace}/{reference.Name} asks for the {what} '{asked}', and '{Defaults.Escaped.Text(given)}' was typed: its claims would pass the volumes by.",
            given,
            $"Leave {parameter} out: the template's is taken.");
    }

    private static EbsPvException Foreign(VolumeToRegister volume, EbsPersistentVolume existing, StatefulSetReference reference) => new(
        ErrorKind.Conflict,
        ErrorIds.ClaimConflict,
        $"{volume.VolumeId} is registered as {existing.Name} already, {(existing.Claim is { } other ? $"for the claim {other}" : "for any claim")}, not for the StatefulSet {reference.Namespace}/{reference.Name}. Nothing was registered.")
    {
        Target = volume.VolumeId,
        RecommendedAction = "Leave this volume out, or remove its PersistentVolume first: Unregister-EbsPersistentVolume, which keeps the volume.",
    };
}
