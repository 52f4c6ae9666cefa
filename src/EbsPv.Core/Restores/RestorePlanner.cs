using EbsPv.Errors;
using EbsPv.Ports;
using EbsPv.Snapshots;
using EbsPv.Volumes;

namespace EbsPv.Restores;

/// <summary>Reads snapshots, their volumes, and what earlier runs made of them, before anything is made.</summary>
public static class RestorePlanner
{
    /// <summary>What becomes of each snapshot, in order.</summary>
    public static async Task<IReadOnlyList<RestoreCandidate>> PlanAsync(IEc2 ec2, RestoreRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ec2);
        ArgumentNullException.ThrowIfNull(request);
        string[] ids = [.. request.Snapshots.Select(one => one.SnapshotId).OfType<string>()];
        var found = await SnapshotsById.ReadAsync(ec2, ids, cancellationToken).ConfigureAwait(false);
        var snapshots = request.Snapshots.Select(one => one.SnapshotId is null ? one.Planned : found.GetValueOrDefault(one.SnapshotId)).ToList();
        string[] volumeIds = [.. snapshots.OfType<ClusterEbsSnapshot>().Select(snapshot => snapshot.VolumeId).Distinct()];
        var originals = await VolumesById.ReadAsync(ec2, volumeIds, cancellationToken).ConfigureAwait(false);
        var candidates = new List<RestoreCandidate>();
        for (var index = 0; index < snapshots.Count; index++)
            candidates.Add(Candidate(request.Snapshots[index].SnapshotId, snapshots[index], originals, request));
        return await WithExistingAsync(ec2, candidates, request, cancellationToken).ConfigureAwait(false);
    }

    private static RestoreCandidate Candidate(
        string? id, ClusterEbsSnapshot? snapshot, IReadOnlyDictionary<string, ClusterEbsVolume> originals, RestoreRequest request)
    {
        if (snapshot is null) return new RestoreCandidate(null, SnapshotsById.NotFound(id!, request.Region));
        try
        {
            return new RestoreCandidate(RestoreRules.Plan(snapshot, originals.GetValueOrDefault(snapshot.VolumeId), request), null);
        }
        catch (EbsPvException refusal)
        {
            return new RestoreCandidate(null, refusal);
        }
    }

    private static async Task<IReadOnlyList<RestoreCandidate>> WithExistingAsync(
        IEc2 ec2, List<RestoreCandidate> candidates, RestoreRequest request, CancellationToken cancellationToken)
    {
        var volumes = new List<ClusterEbsVolume>();
        foreach (var marks in candidates.Select(candidate => candidate.Plan?.Mark.Value).OfType<string>().Chunk(Ec2Filter.MaxValues))
            await foreach (var page in ec2.DescribeVolumesAsync([Ec2Filter.Exactly($"tag:{SnapshotTags.Operation}", marks)], cancellationToken).ConfigureAwait(false))
                volumes.AddRange(page);
        return [.. candidates.Select(candidate => WithExisting(candidate, volumes, request))];
    }

    private static RestoreCandidate WithExisting(RestoreCandidate candidate, List<ClusterEbsVolume> volumes, RestoreRequest request)
    {
        if (candidate.Plan is not { } plan || SureVolume.Choose(volumes, plan.Mark, plan.Wanted.AvailabilityZone) is not { } existing) return candidate;
        if (request.Overrides.Contradiction(existing) is not { } contradiction) return candidate with { Plan = plan with { Existing = existing } };
        return new RestoreCandidate(null, new EbsPvException(
            ErrorKind.InvalidState,
            ErrorIds.RestoreMismatch,
            $"An earlier run made the volume {existing} of {plan.Snapshot} in {plan.Wanted.AvailabilityZone} under the name '{Defaults.Escaped.Text(plan.Name)}', and it differs: {contradiction}. Nothing was made.")
        {
            Target = plan.Snapshot.SnapshotId,
            RecommendedAction = "Ask for what is there, change the volume with Set-ClusterEbsVolume, or make another one with -Name.",
        });
    }
}
