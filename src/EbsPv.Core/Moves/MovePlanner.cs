using EbsPv.Errors;
using EbsPv.Ports;
using EbsPv.Removal;
using EbsPv.Snapshots;
using EbsPv.Swaps;
using EbsPv.Usage;
using EbsPv.Volumes;

namespace EbsPv.Moves;

/// <summary>Reads everything that could speak against a line of moves, before anything is changed.</summary>
public sealed class MovePlanner
{
    private const string NotMoved = "is not moved";

    private readonly IEc2 _ec2;
    private readonly ICluster _cluster;
    private readonly MoveRequest _request;
    private readonly IReporter _reporter;
    private readonly Dictionary<string, EbsPvException> _refusals = new(StringComparer.Ordinal);
    private readonly HashSet<string> _gone = new(StringComparer.Ordinal);

    private MovePlanner(IEc2 ec2, ICluster cluster, MoveRequest request, IReporter reporter) =>
        (_ec2, _cluster, _request, _reporter) = (ec2, cluster, request, reporter);

    /// <summary>The plans, and the reasons why others are not moved.</summary>
    /// <param name="ec2">EC2 of the volumes' region.</param>
    /// <param name="cluster">The cluster.</param>
    /// <param name="request">What is to be moved.</param>
    /// <param name="reporter">Told of what stays unknown.</param>
    /// <param name="cancellationToken">Ends the reads.</param>
    /// <exception cref="EbsPvException">NoWorkerInZone, ClusterMismatch, ClusterNotVerified, and what the servers refuse: nothing is moved then.</exception>
    public static Task<MovePlanning> PlanAsync(IEc2 ec2, ICluster cluster, MoveRequest request, IReporter reporter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ec2);
        ArgumentNullException.ThrowIfNull(cluster);
        ArgumentNullException.ThrowIfNull(request);
        return new MovePlanner(ec2, cluster, request, reporter).PlanAsync(cancellationToken);
    }

    private async Task<MovePlanning> PlanAsync(CancellationToken cancellationToken)
    {
        var reading = SwapFacts.ReadAsync(_cluster, _request.Wanted, cancellationToken);
        var workers = _request.SkipClusterCheck ? null : ClusterWorkers.ReadAsync(_ec2, _request.ClusterName, _reporter, cancellationToken);
        var facts = await reading.ConfigureAwait(false);
        if (workers is not null) SwapClusterCheck.Check(facts, await workers.ConfigureAwait(false), _request.ClusterName, _ec2.Region);
        var subjects = Subjects(facts);
        // What was begun goes on: it is finished, or EC2 refuses, and it is given back. Beside it, each of the others is refused for itself.
        if (!subjects.Exists(IsBegunHere)) MoveRules.CheckDestination(_request.DestinationZone, facts);

        var sources = new MoveSources(_request, facts);
        var volumes = await VolumesAsync(subjects, sources.MovedBefore(subjects), cancellationToken).ConfigureAwait(false);
        facts = facts with { Use = await EndedInstances.ReadAsync(_ec2, facts.Use, volumes.Values, _reporter, cancellationToken).ConfigureAwait(false) };
        var (done, open) = await SiftAsync(subjects, volumes, facts, cancellationToken).ConfigureAwait(false);
        KeepTogether(open, done, facts, sources.Together);
        open.RemoveAll(subject => _refusals.ContainsKey(subject.Name));
        var copies = LeftCopies.ReadAsync(_ec2, [.. open.Select(VolumeIdOf)], facts, cancellationToken);
        var settled = open.Count == 0 ? [] : sources.Settled(volumes.Values);
        var all = await SnapshotsOfVolumes.ReadAsync(_ec2, [.. open.Select(VolumeIdOf), .. settled.Select(one => one.OfVolume)], cancellationToken).ConfigureAwait(false);
        var left = await copies.ConfigureAwait(false);
        var chosen = sources.Choose(open, left, all, settled, _refusals);
        open.RemoveAll(subject => _refusals.ContainsKey(subject.Name));
        var plans = new List<MovePlan>();
        foreach (var subject in open)
        {
            var plan = await PlanAsync(subject, volumes[VolumeIdOf(subject)], facts, chosen.GetValueOrDefault(subject.Name), cancellationToken).ConfigureAwait(false);
            plan = plan with { Snapshot = all.FirstOrDefault(one => one.SnapshotId == plan.Swap.Intent.SnapshotId) };
            plan = plan with { Swap = plan.Swap with { LeftCopies = [.. left[VolumeIdOf(subject)]] } };
            plans.Add(plan with { LastSnapshot = SnapshotOrder.Ordered(all.Where(one => one.VolumeId == VolumeIdOf(subject) && one.State == "completed")).FirstOrDefault() });
        }

        return new MovePlanning(plans, [.. done.Select(subject => subject.Volume!)], [.. _refusals.Values], facts);
    }

    private List<SwapSubject> Subjects(SwapFacts facts)
    {
        var subjects = new List<SwapSubject>();
        foreach (var wanted in _request.Wanted)
            Try(wanted.ToString(), () => subjects.Add(SwapSubject.Find(wanted, facts)));
        // Once the old PersistentVolume is deleted, a line that lists by zone lists none, or the new one, which is elsewhere.
        if (_request.FinishesOthers)
            foreach (var noted in facts.Noted.Where(noted => noted is { Intent: { Kind: SwapKind.Move } intent } && intent.DestinationZone == _request.DestinationZone))
                if (SwapSubject.OfNote(noted, facts) is var left && left.Volume?.Uid != noted.Intent!.PersistentVolumeUid && IsBegun(left)) subjects.Add(left);
        return [.. subjects.DistinctBy(subject => subject.Name)];
    }

    // A move whose copy or snapshot is ready needs the old disk no more: where that is gone, they say what it was.
    private async Task<IReadOnlyDictionary<string, ClusterEbsVolume>> VolumesAsync(List<SwapSubject> subjects, IEnumerable<string> others, CancellationToken cancellationToken)
    {
        var volumes = await VolumesById.ReadAsync(_ec2, [.. subjects.Select(VolumeIdOf).Concat(others).Distinct()], cancellationToken).ConfigureAwait(false);
        var begun = subjects.Where(SwapPlanner.IsOpen).Select(subject => subject.Noted?.Intent).OfType<SwapIntent>().Where(intent => RemovalRules.IsGone(volumes.GetValueOrDefault(intent.VolumeId))).ToList();
        if (begun.Count == 0) return volumes;
        var all = new Dictionary<string, ClusterEbsVolume>(volumes, StringComparer.Ordinal);
        foreach (var (intent, copy) in await LeftCopies.OfAsync(_ec2, begun, cancellationToken).ConfigureAwait(false))
        {
            all[intent.VolumeId] = copy with { VolumeId = intent.VolumeId, State = "available", Attachments = [] };
            _gone.Add(intent.VolumeId);
        }

        var lacking = begun.Where(intent => !_gone.Contains(intent.VolumeId)).ToList();
        foreach (var snapshot in await SnapshotsOfVolumes.ReadAsync(_ec2, [.. lacking.Select(intent => intent.VolumeId)], cancellationToken).ConfigureAwait(false))
            if (lacking.FirstOrDefault(intent => IsSourceOf(snapshot, intent)) is { } its && _gone.Add(its.VolumeId))
                all[its.VolumeId] = LostDisk.Of(its.VolumeId, LostDisk.ZoneOf(snapshot) ?? its.DestinationZone, its.Region, snapshot, _request.ClusterName);
        return all;
    }

    private static bool IsSourceOf(ClusterEbsSnapshot snapshot, SwapIntent intent) =>
        snapshot.VolumeId == intent.VolumeId && snapshot.State != "error" && (snapshot.SnapshotId == intent.SnapshotId || snapshot.Tags.GetValueOrDefault(SnapshotTags.Operation) == intent.Operation);

    private async Task<(List<SwapSubject> Done, List<SwapSubject> Open)> SiftAsync(
        List<SwapSubject> subjects, IReadOnlyDictionary<string, ClusterEbsVolume> volumes, SwapFacts facts, CancellationToken cancellationToken)
    {
        var (done, open) = (new List<SwapSubject>(), new List<SwapSubject>());
        foreach (var subject in subjects)
        {
            var volume = volumes.GetValueOrDefault(VolumeIdOf(subject));
            try
            {
                MoveRules.Check(subject, volume, facts, _request.ClusterName, _ec2.Region);
                if (IsBegun(subject)) open.Add(OfSameSource(subject));
                else if (volume!.AvailabilityZone != _request.DestinationZone) open.Add(await FreeAsync(subject, volume, facts, cancellationToken).ConfigureAwait(false));
                else if (volume.Tags.ContainsKey(VolumeTags.Replaces)) done.Add(subject);
                else throw MoveRules.SameZone(subject.Name, volume);
            }
            catch (EbsPvException refusal)
            {
                _refusals[subject.Name] = refusal;
            }
        }

        return (done, open);
    }

    private bool IsBegun(SwapSubject subject) => SwapPlanner.IsBegun(subject, SwapKind.Move, _request.DestinationZone, null);

    private bool IsBegunHere(SwapSubject subject) =>
        subject.Noted?.Intent is { Kind: SwapKind.Move } intent && intent.DestinationZone == _request.DestinationZone && IsBegun(subject);

    // A line that means today's data must not finish with older data what another line began.
    private SwapSubject OfSameSource(SwapSubject subject)
    {
        var noted = subject.Noted!;
        if (noted.Intent!.SnapshotId is not null && !_request.FromLatestSnapshot && IsOldThere(subject)) throw SwapErrors.UnderWay(noted.Intent, noted.Claim?.ToString() ?? noted.Holder!.Name);
        return subject;
    }

    internal static bool IsOldThere(SwapSubject subject) => subject.Volume?.Uid == subject.Noted?.Intent?.PersistentVolumeUid;

    // One that nobody else looks after and nothing uses.
    private async Task<SwapSubject> FreeAsync(SwapSubject subject, ClusterEbsVolume volume, SwapFacts facts, CancellationToken cancellationToken)
    {
        MoveRules.CheckDestination(_request.DestinationZone, facts, subject.Name);
        if (!_request.AllowManaged && ManagedElsewhere.Refusal(subject.Volume!, NotMoved) is { } managed) throw managed;
        var use = facts.Use.Of(subject.Name, subject.Claim?.ToString(), volume);
        if (use.IsNone || (_request.FromLatestSnapshot && use.IsOnlyOnDeadNodes)) return subject;
        throw await new UseExplainer(_cluster, _reporter).RefusalAsync(subject.Volume!, use, facts.Workloads, NotMoved, takesSnapshots: true, cancellationToken).ConfigureAwait(false);
    }

    private void KeepTogether(List<SwapSubject> open, List<SwapSubject> done, SwapFacts facts, UsedTogether together)
    {
        if (_request.AllowSplit) return;
        var moving = open.Concat(done).Select(subject => subject.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var subject in open.Where(subject => subject.Claim is not null))
        {
            var left = together.With(subject.Claim!.ToString())
                .Select(facts.VolumeOf)
                .OfType<EbsPersistentVolume>()
                .Where(other => !moving.Contains(other.Name) && other.AvailabilityZone != _request.DestinationZone)
                .ToList();
            if (left.Count > 0) _refusals[subject.Name] = MoveErrors.Split(subject, left, _refusals, _request);
        }
    }

    private async Task<MovePlan> PlanAsync(
        SwapSubject subject, ClusterEbsVolume volume, SwapFacts facts, (ClusterEbsSnapshot? Snapshot, TimeSpan Skew) source, CancellationToken cancellationToken)
    {
        var planner = new SwapPlanner(_cluster, _request.ClusterName);
        var isResumed = IsBegun(subject);
        var plan = isResumed
            ? planner.Resume(subject, volume, source.Snapshot?.SnapshotId)
            : await planner.BeginAsync(subject, SwapKind.Move, volume, _request.DestinationZone, source.Snapshot?.SnapshotId, cancellationToken).ConfigureAwait(false);
        var use = facts.Use.Of(subject.Name, subject.Claim?.ToString(), volume);
        return new MovePlan
        {
            Swap = WithRate(plan) with { ToleratesDeadNodes = plan.Intent.SnapshotId is not null, OldVolumeIsGone = _gone.Contains(plan.Intent.VolumeId) },
            Volume = subject.Volume,
            Skew = source.Skew,
            DeadUse = use.IsNone || !use.IsOnlyOnDeadNodes ? null : use,
            IsResumed = isResumed,
        };
    }

    private SwapPlan WithRate(SwapPlan plan) => plan with { Spec = plan.Spec! with { VolumeInitializationRate = _request.VolumeInitializationRate } };

    internal static string VolumeIdOf(SwapSubject subject) => subject.Noted?.Intent?.VolumeId ?? subject.Volume!.VolumeId!;

    private void Try(string name, Action action)
    {
        try
        {
            action();
        }
        catch (EbsPvException refusal)
        {
            _refusals[name] = refusal;
        }
    }
}
