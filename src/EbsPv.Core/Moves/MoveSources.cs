using EbsPv.Errors;
using EbsPv.Snapshots;
using EbsPv.Swaps;
using EbsPv.Volumes;

namespace EbsPv.Moves;

/// <summary>Which snapshots the data of a line of moves comes from when the disks are out of reach. What a pod uses together has to be of one moment:
/// also with what an earlier line began, or moved.</summary>
internal sealed class MoveSources(MoveRequest request, SwapFacts facts)
{
    /// <summary>Which claims are used together.</summary>
    public UsedTogether Together { get; } = UsedTogether.In(facts);

    /// <summary>The disks of those that are in the zone already and are used together with one that is to come.</summary>
    public IEnumerable<string> MovedBefore(IReadOnlyList<SwapSubject> subjects) => !request.FromLatestSnapshot ? [] : subjects
        .Where(subject => subject.Claim is not null)
        .SelectMany(subject => Together.With(subject.Claim!.ToString()))
        .Select(facts.VolumeOf)
        .OfType<EbsPersistentVolume>()
        .Where(volume => volume.AvailabilityZone == request.DestinationZone && VolumeIdRule.IsId(volume.VolumeId ?? ""))
        .Select(volume => volume.VolumeId!)
        .Distinct(StringComparer.Ordinal);

    /// <summary>What is settled: the snapshots that moves to the zone were begun with, and those that the disks there were made of, unless such
    /// a disk is attached by now and is written on.</summary>
    public IReadOnlyList<SettledSource> Settled(IEnumerable<ClusterEbsVolume> volumes)
    {
        var begun = facts.Noted
            .Where(noted => noted is { Claim: not null, Intent: { Kind: SwapKind.Move, SnapshotId: not null } intent } && intent.DestinationZone == request.DestinationZone)
            .Select(noted => new SettledSource(noted.PersistentVolume!, noted.Claim!.ToString(), noted.Intent!.VolumeId, noted.Intent.SnapshotId!));
        var there = facts.PersistentVolumes.Where(volume => volume.VolumeId is not null).ToLookup(volume => volume.VolumeId!, StringComparer.Ordinal);
        var done = volumes
            .Where(volume => volume.AvailabilityZone == request.DestinationZone && volume is { SnapshotId: not null, Attachments.Count: 0 } && volume.Tags.ContainsKey(VolumeTags.Replaces))
            .SelectMany(volume => there[volume.VolumeId!].Where(one => one.Claim is not null)
                .Select(one => new SettledSource(one.Name, one.Claim!, volume.Tags[VolumeTags.Replaces], volume.SnapshotId!)));
        return [.. begun.Concat(done).DistinctBy(source => source.PersistentVolume)];
    }

    /// <summary>For each move the time between the snapshots of what is used together with it, and the snapshot itself where it is still to be chosen.</summary>
    public Dictionary<string, (ClusterEbsSnapshot? Snapshot, TimeSpan Skew)> Choose(
        IReadOnlyList<SwapSubject> open, ILookup<string, ClusterEbsVolume> copies, IReadOnlyList<ClusterEbsSnapshot> all, IReadOnlyList<SettledSource> settled, Dictionary<string, EbsPvException> refusals)
    {
        var chosen = new Dictionary<string, (ClusterEbsSnapshot?, TimeSpan)>(StringComparer.Ordinal);
        var known = all.DistinctBy(snapshot => snapshot.SnapshotId).ToDictionary(snapshot => snapshot.SnapshotId!, StringComparer.Ordinal);
        foreach (var group in open.GroupBy(subject => Group(subject.Claim?.ToString()) ?? subject.Name))
        {
            var choosing = group.Where(subject => NeedsSource(subject, copies)).ToList();
            var kept = settled
                .Where(source => Group(source.Claim) == group.Key && !choosing.Exists(subject => subject.Name == source.PersistentVolume))
                .Concat(group.Except(choosing).Select(subject => Begun(subject, copies)).OfType<SettledSource>())
                .Select(source => known.GetValueOrDefault(source.SnapshotId))
                .OfType<ClusterEbsSnapshot>()
                .Where(snapshot => snapshot.StartTime is not null)
                .ToList();
            Choose(group, choosing, kept, all, chosen, refusals);
        }

        return chosen;
    }

    private static void Choose(
        IEnumerable<SwapSubject> group,
        List<SwapSubject> choosing,
        List<ClusterEbsSnapshot> kept,
        IReadOnlyList<ClusterEbsSnapshot> all,
        Dictionary<string, (ClusterEbsSnapshot? Snapshot, TimeSpan Skew)> chosen,
        Dictionary<string, EbsPvException> refusals)
    {
        try
        {
            var set = choosing.Count == 0 ? new Dictionary<string, ClusterEbsSnapshot>() : SnapshotChoice.For([.. choosing.Select(MovePlanner.VolumeIdOf)], all, kept);
            var skew = set.Count + kept.Count == 0 ? TimeSpan.Zero : SnapshotChoice.Skew([.. set.Values, .. kept]);
            foreach (var subject in group) chosen[subject.Name] = (choosing.Contains(subject) ? set[MovePlanner.VolumeIdOf(subject)] : null, skew);
        }
        catch (EbsPvException refusal)
        {
            foreach (var subject in choosing) refusals[subject.Name] = For(subject, refusal);
        }
    }

    // One disk without a snapshot keeps back all that is used together with it: each is told which one.
    private static EbsPvException For(SwapSubject subject, EbsPvException refusal)
    {
        var own = MovePlanner.VolumeIdOf(subject) == refusal.Target as string;
        return new EbsPvException(refusal.Kind, refusal.ErrorId, $"The PersistentVolume {subject.Name} is not moved{(own ? "" : ", as one that is used together with it is not")}. {refusal.Message}", refusal)
        {
            Target = subject.Name,
            RecommendedAction = own ? refusal.RecommendedAction : $"{refusal.RecommendedAction} Left out of the line, the other one does not keep it back: -AllowSplit then consents.",
        };
    }

    private string? Group(string? claim) => claim is null ? null : Together.With(claim)[0];

    // A move that was begun before the zone failed, and has no copy yet, cannot get one of its disk any more.
    private bool NeedsSource(SwapSubject subject, ILookup<string, ClusterEbsVolume> copies)
    {
        if (!request.FromLatestSnapshot) return false;
        if (!SwapPlanner.IsBegun(subject, SwapKind.Move, request.DestinationZone, null)) return true;
        return subject.Noted!.Intent!.SnapshotId is null && MovePlanner.IsOldThere(subject) && CopyOf(subject, copies) is null;
    }

    // Begun with its own disk's data, as of the snapshot that its copy was made of.
    private static SettledSource? Begun(SwapSubject subject, ILookup<string, ClusterEbsVolume> copies) =>
        subject is { Noted.Intent: { SnapshotId: null } intent, Claim: { } claim } && CopyOf(subject, copies)?.SnapshotId is { } snapshot
            ? new SettledSource(subject.Name, claim.ToString(), intent.VolumeId, snapshot)
            : null;

    private static ClusterEbsVolume? CopyOf(SwapSubject subject, ILookup<string, ClusterEbsVolume> copies) => subject.Noted?.Intent is { } intent
        ? copies[intent.VolumeId].FirstOrDefault(copy => copy.Tags.GetValueOrDefault(SnapshotTags.Operation) == intent.Operation)
        : null;
}
