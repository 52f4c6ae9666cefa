using EbsPv.Errors;
using EbsPv.Moves;
using EbsPv.PersistentVolumes;
using EbsPv.Ports;
using EbsPv.Removal;
using EbsPv.Swaps;
using EbsPv.Volumes;

namespace EbsPv.Repairs;

/// <summary>
/// Looks again at everything that was found: a finding may be an hour old, and what it says is only repaired when it is still so. It changes nothing.
/// </summary>
public sealed class RepairPlanner
{
    internal const string ManagedAction = "Pause that first, and change the PersistentVolume where it is written, too; -AllowManaged then consents.";

    private readonly IEc2 _ec2;
    private readonly ICluster _cluster;
    private readonly RepairRequest _request;
    private readonly IReporter _reporter;
    private readonly TimeProvider _time;
    private readonly List<PlannedRepair> _repairs = [];
    private readonly List<EbsPersistentVolumeRepair> _unchanged = [];
    private readonly List<EbsPvException> _refusals = [];

    private RepairPlanner(IEc2 ec2, ICluster cluster, RepairRequest request, IReporter reporter, TimeProvider time) =>
        (_ec2, _cluster, _request, _reporter, _time) = (ec2, cluster, request, reporter, time);

    /// <summary>What can be repaired, and what cannot.</summary>
    /// <param name="ec2">EC2 of the volumes' region.</param>
    /// <param name="cluster">The cluster.</param>
    /// <param name="request">What is to be repaired.</param>
    /// <param name="reporter">Told of what is not repaired here.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the reads.</param>
    /// <exception cref="EbsPvException">ClusterMismatch, ClusterNotVerified, and what the servers refuse: nothing is repaired then.</exception>
    public static Task<RepairPlanning> PlanAsync(IEc2 ec2, ICluster cluster, RepairRequest request, IReporter reporter, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ec2);
        ArgumentNullException.ThrowIfNull(cluster);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(reporter);
        return new RepairPlanner(ec2, cluster, request, reporter, time).PlanAsync(cancellationToken);
    }

    private async Task<RepairPlanning> PlanAsync(CancellationToken cancellationToken)
    {
        var targets = RepairSelection.Of(_request, _reporter);
        if (targets.Count > 0) await PlanAllAsync(targets, cancellationToken).ConfigureAwait(false);
        return new RepairPlanning { Repairs = _repairs, Unchanged = _unchanged, Refusals = _refusals };
    }

    private async Task PlanAllAsync(IReadOnlyList<RepairTarget> targets, CancellationToken cancellationToken)
    {
        var swaps = SwapFacts.ReadAsync(_cluster, cancellationToken);
        var workers = _request.SkipClusterCheck ? null : ClusterWorkers.ReadAsync(_ec2, _request.ClusterName, _reporter, cancellationToken);
        var facts = await swaps.ConfigureAwait(false);
        if (workers is not null) SwapClusterCheck.Check(facts, await workers.ConfigureAwait(false), _request.ClusterName, _ec2.Region);

        var look = new SecondLook(_ec2, _cluster, _request.ClusterName, _reporter, _time);
        var found = await look.FindAsync([.. targets.Where(target => RepairKinds.Of(target.Code) != RepairKind.Source)], cancellationToken).ConfigureAwait(false);
        var subjects = targets.Where(target => RepairKinds.Of(target.Code) == RepairKind.Source).Select(target => (Target: target, Subject: Subject(target, facts))).Where(one => one.Subject is not null).ToList();
        var volumes = await VolumesById.ReadAsync(_ec2, VolumeIds(found.Values, subjects.Select(one => one.Subject!)), cancellationToken).ConfigureAwait(false);
        foreach (var target in targets.Where(target => RepairKinds.Of(target.Code) != RepairKind.Source)) Plan(target, found.GetValueOrDefault((target.Code, target.Target)), volumes, facts);
        var conversions = new ConversionPlanner(_cluster, _request, facts, look.Drivers, _reporter);
        foreach (var (target, subject) in subjects) await ConvertAsync(conversions, target, subject!, volumes, cancellationToken).ConfigureAwait(false);
    }

    private void Plan(RepairTarget target, EbsPersistentVolumeFinding? finding, IReadOnlyDictionary<string, ClusterEbsVolume> volumes, SwapFacts facts)
    {
        if (finding is null) _unchanged.Add(Unchanged(target));
        else Try(() => _repairs.Add(RepairKinds.Of(target.Code) == RepairKind.Tags ? Tags(finding, volumes) : Change(target, finding, facts)));
    }

    private async Task ConvertAsync(ConversionPlanner planner, RepairTarget target, SwapSubject subject, IReadOnlyDictionary<string, ClusterEbsVolume> volumes, CancellationToken cancellationToken)
    {
        try
        {
            var disk = volumes.GetValueOrDefault(VolumeIdOf(subject) ?? "");
            if (await planner.PlanAsync(target, subject, disk, _ec2.Region, cancellationToken).ConfigureAwait(false) is { } repair) _repairs.Add(repair);
            else _unchanged.Add(Unchanged(target));
        }
        catch (EbsPvException refusal)
        {
            _refusals.Add(refusal);
        }
    }

    private PlannedRepair Tags(EbsPersistentVolumeFinding finding, IReadOnlyDictionary<string, ClusterEbsVolume> volumes)
    {
        var volume = volumes.GetValueOrDefault(finding.VolumeId!) ?? throw VolumesById.NotFound(finding.VolumeId!, _ec2.Region);
        var isNobodys = VolumeOwnership.ClustersOf(volume.Tags).Count == 0;
        try
        {
            VolumeOwnerRules.Check(volume, isNobodys && _request.AllowUntagged ? null : _request.ClusterName);
        }
        catch (EbsPvException refusal) when (isNobodys && refusal.ErrorId == ErrorIds.VolumeNotOfCluster)
        {
            throw RepairErrors.Untagged(refusal);
        }

        return new PlannedRepair { Finding = finding, Kind = RepairKind.Tags, Description = RepairText.Tags(finding) };
    }

    private PlannedRepair Change(RepairTarget target, EbsPersistentVolumeFinding finding, SwapFacts facts)
    {
        var volume = facts.PersistentVolumes.FirstOrDefault(one => one.Name == finding.PersistentVolume && one.Uid == finding.PersistentVolumeUid) ?? throw RepairErrors.MadeAnew(target);
        if (target.PersistentVolumeUid is { } uid && uid != volume.Uid) throw RepairErrors.MadeAnew(target);
        if (!_request.AllowManaged && ManagedElsewhere.Refusal(volume, "is not repaired", ManagedAction) is { } managed) throw managed;
        var kind = RepairKinds.Of(target.Code);
        if (kind == RepairKind.Claim && volume.ReclaimPolicy == "Delete") throw RepairErrors.IsBeingDeleted(volume);
        return new PlannedRepair
        {
            Finding = finding,
            Kind = kind,
            PersistentVolume = volume,
            DropsClaim = kind == RepairKind.Claim && _request.DropReservation,
            Description = kind switch
            {
                RepairKind.NodeAffinity => RepairText.NodeAffinity(volume, finding.WantedNodeAffinity),
                RepairKind.ReclaimPolicy => RepairText.Retain(volume),
                _ => _request.DropReservation ? RepairText.Free(volume) : RepairText.GiveBack(volume, facts.Claims.GetValueOrDefault(volume.Claim ?? "")),
            },
        };
    }

    private SwapSubject? Subject(RepairTarget target, SwapFacts facts)
    {
        SwapSubject? subject = null;
        Try(() => subject = SwapSubject.Find(new WantedPersistentVolume { Name = target.PersistentVolume ?? target.Target }, facts));
        return subject;
    }

    private void Try(Action plan)
    {
        try
        {
            plan();
        }
        catch (EbsPvException refusal)
        {
            _refusals.Add(refusal);
        }
    }

    private EbsPersistentVolumeRepair Unchanged(RepairTarget target) => new()
    {
        Status = "Unchanged",
        Code = target.Code,
        Target = target.Target,
        Change = "Nothing: it is not to be found any more",
        PersistentVolume = target.PersistentVolume,
        VolumeId = target.VolumeId,
        Region = _ec2.Region,
        ClusterName = _request.ClusterName,
        Context = _cluster.Context,
    };

    private static List<string> VolumeIds(IEnumerable<EbsPersistentVolumeFinding> findings, IEnumerable<SwapSubject> subjects) =>
        [.. findings.Where(finding => finding.WantedTags.Count > 0).Select(finding => finding.VolumeId).Concat(subjects.Select(VolumeIdOf)).OfType<string>().Distinct(StringComparer.Ordinal)];

    private static string? VolumeIdOf(SwapSubject subject) => subject.Noted?.Intent?.VolumeId ?? subject.Volume?.VolumeId;
}
