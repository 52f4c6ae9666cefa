using EbsPv.Defaults;
using EbsPv.Errors;
using EbsPv.PersistentVolumes;

namespace EbsPv.Swaps;

/// <summary>A PersistentVolume whose disk is to be replaced, or is being replaced.</summary>
/// <param name="Name">Its name, which stays.</param>
/// <param name="Volume">The PersistentVolume of that name; null while a swap has deleted the old one and not made the new one.</param>
/// <param name="Claim">Its claim; null for none.</param>
/// <param name="Noted">The swap that an earlier run noted; null for none.</param>
public sealed record SwapSubject(string Name, EbsPersistentVolume? Volume, EbsPersistentVolumeClaim? Claim, NotedSwap? Noted)
{
    /// <summary>What the server says of the PersistentVolume, as JSON; null where it was not asked for.</summary>
    public string? Manifest { get; init; }

    /// <summary>The one that is meant.</summary>
    /// <exception cref="EbsPvException">PersistentVolumeNotFound, PersistentVolumeConflict, SwapUnderWay.</exception>
    public static SwapSubject Find(WantedPersistentVolume wanted, SwapFacts facts)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        ArgumentNullException.ThrowIfNull(facts);
        // A swap that is under way comes first: by it a PersistentVolume has another identity, another disk, or is not there just now.
        if (facts.Noted.FirstOrDefault(noted => IsMeant(wanted, noted)) is { } noted) return OfNote(noted, facts);
        var others = facts.PersistentVolumes.Where(volume => !SwapHolder.Is(volume)).ToList();
        var volume = PersistentVolumeLookup.Find(wanted, others, facts.Context) ?? throw NotRegistered(wanted, facts);
        return new SwapSubject(volume.Name, volume, facts.ClaimOf(volume), null) { Manifest = facts.Manifests.GetValueOrDefault(volume.Name) };
    }

    /// <summary>The subject of a swap that is under way.</summary>
    /// <exception cref="EbsPvException">SwapUnderWay, when its note cannot be read.</exception>
    public static SwapSubject OfNote(NotedSwap noted, SwapFacts facts)
    {
        ArgumentNullException.ThrowIfNull(noted);
        ArgumentNullException.ThrowIfNull(facts);
        if (noted.Intent is not { } intent) throw SwapErrors.Unreadable(noted);
        var subject = new SwapSubject(intent.PersistentVolume, facts.PersistentVolumes.FirstOrDefault(volume => volume.Name == intent.PersistentVolume), noted.Claim, noted)
        {
            Manifest = facts.Manifests.GetValueOrDefault(intent.PersistentVolume),
        };
        // One that was given back, or was not begun, may have got a claim since, and pods with it.
        return subject is { Claim: null, Volume: { } volume } && !SwapPlanner.IsOpen(subject) ? subject with { Claim = facts.ClaimOf(volume) } : subject;
    }

    private static bool IsMeant(WantedPersistentVolume wanted, NotedSwap noted) => wanted.Name is { } name
        ? noted.PersistentVolume == name || noted.Holder?.Name == name
        : noted.Intent is { } intent && intent.VolumeId == wanted.VolumeId;

    private static EbsPvException NotRegistered(WantedPersistentVolume wanted, SwapFacts facts) => new(
        ErrorKind.NotFound, ErrorIds.PersistentVolumeNotFound, $"{Escaped.Text(wanted.ToString())} has no PersistentVolume in the cluster behind the kube context '{Escaped.Text(facts.Context)}'.")
    {
        Target = wanted.ToString(),
        RecommendedAction = "See what there is: Get-EbsPersistentVolume; a volume that is to be registered first: Get-ClusterEbsVolume | Register-EbsPersistentVolume.",
    };
}
