using EbsPv.Defaults;
using EbsPv.Errors;
using EbsPv.Moves;
using EbsPv.Ports;
using EbsPv.Removal;
using EbsPv.Snapshots;
using EbsPv.Swaps;
using EbsPv.Volumes;

namespace EbsPv.Restores;

/// <summary>Reads everything that could speak against a restore, before anything is changed.</summary>
public static class RestorePlanner
{
    private const string NotRestored = "is not restored";

    /// <summary>The plan.</summary>
    /// <exception cref="EbsPvException">PersistentVolumeNotFound, ClaimInUse, SnapshotUnusable, ManagedElsewhere, SwapUnderWay, NoWorkerInZone,
    /// ClusterMismatch, ClusterNotVerified, and what <see cref="MoveRules.Check"/> and the servers refuse.</exception>
    public static async Task<RestorePlan> PlanAsync(IEc2 ec2, ICluster cluster, RestoreRequest request, IReporter reporter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ec2);
        ArgumentNullException.ThrowIfNull(request);
        var reading = SwapFacts.ReadAsync(cluster, [request.Wanted], cancellationToken);
        var finding = SnapshotsById.ReadAsync(ec2, [request.SnapshotId], cancellationToken);
        var workers = request.SkipClusterCheck ? null : ClusterWorkers.ReadAsync(ec2, request.ClusterName, reporter, cancellationToken);
        var facts = await reading.ConfigureAwait(false);
        var shown = (await finding.ConfigureAwait(false)).GetValueOrDefault(request.SnapshotId);
        if (workers is not null) SwapClusterCheck.Check(facts, await workers.ConfigureAwait(false), request.ClusterName, ec2.Region);

        var subject = SwapSubject.Find(request.Wanted, facts);
        var begun = subject.Noted?.Intent is { Kind: SwapKind.Restore } noted && noted.SnapshotId == request.SnapshotId ? noted : null;
        var isBegun = SwapPlanner.IsBegun(subject, SwapKind.Restore, request.DestinationZone ?? begun?.DestinationZone ?? "", request.SnapshotId);
        // Once its disk is made, a restore needs its snapshot no more; where it is not, EC2 refuses, and all is given back.
        var snapshot = isBegun ? shown ?? Vanished(begun!) : Usable(shown, request, ec2.Region);
        var volumeId = subject.Noted?.Intent?.VolumeId ?? subject.Volume!.VolumeId!;
        var found = (await VolumesById.ReadAsync(ec2, [volumeId], cancellationToken).ConfigureAwait(false)).GetValueOrDefault(volumeId);
        var volume = found ?? Lost(subject, snapshot, request, ec2.Region);
        MoveRules.Check(subject, volume, facts, request.ClusterName, ec2.Region, readsDisk: false);
        var zone = request.DestinationZone ?? begun?.DestinationZone ?? volume.AvailabilityZone!;
        if (!isBegun) MoveRules.CheckDestination(zone, facts);
        var plan = new RestorePlan { Volume = subject.Volume, Snapshot = snapshot, Facts = facts };
        var planner = new SwapPlanner(cluster, request.ClusterName);
        var copies = await LeftCopies.ReadAsync(ec2, [volumeId], facts, cancellationToken).ConfigureAwait(false);
        if (isBegun) return plan with { Swap = Adjusted(planner.Resume(subject, volume)), IsResumed = true };
        if (!request.Repeat && IsDone(volume, zone, request)) return plan;

        CheckOrigin(volume, snapshot, request);
        if (!request.AllowManaged && ManagedElsewhere.Refusal(subject.Volume!, NotRestored) is { } managed) throw managed;
        var use = facts.Use.Of(subject.Name, subject.Claim?.ToString(), volume);
        if (!use.IsNone) throw await new UseExplainer(cluster, reporter).RefusalAsync(subject.Volume!, use, facts.Workloads, NotRestored, takesSnapshots: false, cancellationToken).ConfigureAwait(false);
        var swap = await planner.BeginAsync(subject, SwapKind.Restore, volume, zone, request.SnapshotId, cancellationToken).ConfigureAwait(false);
        return plan with { Swap = Adjusted(swap) };

        // A volume is never smaller than its snapshot.
        SwapPlan Adjusted(SwapPlan made) => made with
        {
            LeftCopies = [.. copies[volumeId]],
            Spec = made.Spec! with { Size = Math.Max(made.Spec.Size, snapshot.Size), VolumeInitializationRate = request.VolumeInitializationRate },
            OldVolumeIsGone = found is null or { State: "deleting" or "deleted" },
        };
    }

    // Restoring again what is there would take back what was written since.
    private static bool IsDone(ClusterEbsVolume volume, string zone, RestoreRequest request) =>
        volume.SnapshotId == request.SnapshotId && volume.AvailabilityZone == zone && volume.Tags.ContainsKey(VolumeTags.Replaces);

    private static ClusterEbsSnapshot Usable(ClusterEbsSnapshot? snapshot, RestoreRequest request, string region)
    {
        if (snapshot is null)
            throw new EbsPvException(ErrorKind.NotFound, ErrorIds.SnapshotUnusable, $"This account has no snapshot {request.SnapshotId} in {region}. Nothing was changed.")
            {
                Target = request.SnapshotId,
                RecommendedAction = "See what there is: Get-ClusterEbsSnapshot. One of another account or region has to be copied first: aws ec2 copy-snapshot.",
            };
        if (snapshot.State == "completed") return snapshot;
        throw new EbsPvException(ErrorKind.InvalidState, ErrorIds.SnapshotUnusable, $"The snapshot {snapshot.SnapshotId} is {snapshot.State}{(snapshot.Progress is null ? "" : $" ({snapshot.Progress})")}, and only a completed one can be restored. Nothing was changed.")
        {
            Target = snapshot.SnapshotId,
            RecommendedAction = snapshot.State == "pending" ? "Wait until it is completed, then run the same line." : "Take another one: Get-ClusterEbsSnapshot.",
        };
    }

    private static ClusterEbsSnapshot Vanished(SwapIntent begun) => new() { SnapshotId = begun.SnapshotId!, VolumeId = begun.VolumeId, Region = begun.Region, State = "deleted" };

    // The disk that was lost is what snapshots are for: what is known of it is in the PersistentVolume and in the snapshot.
    private static ClusterEbsVolume? Lost(SwapSubject subject, ClusterEbsSnapshot snapshot, RestoreRequest request, string region)
    {
        var volumeId = subject.Noted?.Intent?.VolumeId ?? subject.Volume!.VolumeId!;
        if (snapshot.VolumeId != volumeId && !request.AllowOtherVolume) return null;
        var zone = subject.Volume?.AvailabilityZone ?? LostDisk.ZoneOf(snapshot) ?? request.DestinationZone ?? subject.Noted?.Intent?.DestinationZone ?? throw ZoneUnknown(request);
        return LostDisk.Of(volumeId, zone, region, snapshot, request.ClusterName);
    }

    private static EbsPvException ZoneUnknown(RestoreRequest request) => EbsPvException.Input(
        ErrorIds.DestinationZoneMissing, $"The disk of the PersistentVolume {request.Wanted} is gone, and neither the PersistentVolume nor the snapshot {request.SnapshotId} says in which zone it was.", null, "Give -DestinationZone: a zone with a Ready worker (Get-WorkerZone).");

    private static void CheckOrigin(ClusterEbsVolume volume, ClusterEbsSnapshot snapshot, RestoreRequest request)
    {
        if (request.AllowOtherVolume || snapshot.VolumeId == volume.VolumeId || volume.Tags.GetValueOrDefault(VolumeTags.Replaces) == snapshot.VolumeId) return;
        throw new EbsPvException(
            ErrorKind.InvalidState, ErrorIds.SnapshotUnusable, $"The snapshot {snapshot.SnapshotId} holds the data of {snapshot.VolumeId}, and the PersistentVolume {request.Wanted} has {volume.VolumeId}. Nothing was changed.")
        {
            Target = snapshot.SnapshotId,
            RecommendedAction = $"Take a snapshot of {volume.VolumeId}{(Escaped.Text(snapshot.Tags.GetValueOrDefault(SnapshotTags.PersistentVolume)) is { Length: > 0 } other ? $" (this one was made of {other})" : "")}, or consent to the other volume's data with -AllowOtherVolume.",
        };
    }
}
