using EbsPv.Errors;
using EbsPv.Ports;
using EbsPv.Snapshots;
using EbsPv.Volumes;

namespace EbsPv.VolumeRestores;

/// <summary>Reads snapshots, their volumes, and what earlier runs made of them, before anything is made.</summary>
public static class VolumeRestorePlanner
{
    /// <summary>What becomes of each snapshot, in order.</summary>
    public static async Task<IReadOnlyList<VolumeRestoreCandidate>> PlanAsync(IEc2 ec2, VolumeRestoreRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ec2);
        ArgumentNullException.ThrowIfNull(request);
        string[] ids = [.. request.Snapshots.Select(one => one.SnapshotId).OfType<string>()];
        var found = await SnapshotsById.ReadAsync(ec2, ids, cancellationToken).ConfigureAwait(false);
        var snapshots = request.Snapshots.Select(one => one.SnapshotId is null ? one.Planned : found.GetValueOrDefault(one.SnapshotId)).ToList();
        string[] volumeIds = [.. snapshots.OfType<ClusterEbsSnapshot>().Select(snapshot => snapshot.VolumeId).Distinct()];
        var originals = await VolumesById.ReadAsync(ec2, volumeIds, cancellationToken).ConfigureAwait(false);
        var candidates = new List<VolumeRestoreCandidate>();
        for (var index = 0; index < snapshots.Count; index++)
            candidates.Add(Candidate(request.Snapshots[index].SnapshotId, snapshots[index], originals, request));
        return await WithExistingAsync(ec2, candidates, request, cancellationToken).ConfigureAwait(false);
    }

    private static VolumeRestoreCandidate Candidate(
        string? id, ClusterEbsSnapshot? snapshot, IReadOnlyDictionary<string, ClusterEbsVolume> originals, VolumeRestoreRequest request)
    {
        if (snapshot is null) return new VolumeRestoreCandidate(null, SnapshotsById.NotFound(id!, request.Region));
        try
        {
            return new VolumeRestoreCandidate(VolumeRestoreRules.Plan(snapshot, originals.GetValueOrDefault(snapshot.VolumeId), request), null);
        }
        catch (EbsPvException refusal)
        {
            return new VolumeRestoreCandidate(null, refusal);
        }
    }

    private static async Task<IReadOnlyList<VolumeRestoreCandidate>> WithExistingAsync(
        IEc2 ec2, List<VolumeRestoreCandidate> candidates, VolumeRestoreRequest request, CancellationToken cancellationToken)
    {
        var volumes = new List<ClusterEbsVolume>();
        foreach (var marks in candidates.Select(candidate => candidate.Plan?.Mark.Value).OfType<string>().Chunk(Ec2Filter.MaxValues))
            await foreach (var page in ec2.DescribeVolumesAsync([Ec2Filter.Exactly($"tag:{SnapshotTags.Operation}", marks)], cancellationToken).ConfigureAwait(false))
                volumes.AddRange(page);
        return [.. candidates.Select(candidate => WithExisting(candidate, volumes, request))];
    }

    private static VolumeRestoreCandidate WithExisting(VolumeRestoreCandidate candidate, List<ClusterEbsVolume> volumes, VolumeRestoreRequest request)
    {
        if (candidate.Plan is not { } plan || SureVolume.Choose(volumes, plan.Mark, plan.Wanted.AvailabilityZone) is not { } existing) return candidate;
        if (request.Overrides.Contradiction(existing) is not { } contradiction) return candidate with { Plan = plan with { Existing = existing } };
        return new VolumeRestoreCandidate(null, new EbsPvException(
            ErrorKind.InvalidState,
            ErrorIds.RestoreMismatch,
            $"An earlier run made the volume {existing} of {plan.Snapshot} in {plan.Wanted.AvailabilityZone} under the name '{Defaults.Escaped.Text(plan.Name)}', and it differs: {contradiction}. Nothing was made.")
        {
            Target = plan.Snapshot.SnapshotId,
            RecommendedAction = "Ask for what is there, change the volume with Set-ClusterEbsVolume, or make another one with -Name.",
        });
    }
}
