using EbsPv.Errors;
using EbsPv.Ports;
using EbsPv.Removal;
using EbsPv.Snapshots;
using EbsPv.Volumes;

namespace EbsPv.Retention;

/// <summary>Reads everything that could speak against a removal of snapshots, before anything is changed.</summary>
public static class SnapshotRemovalPlanner
{
    /// <summary>The plan: what may go, or all the reasons why nothing does. A snapshot that a rule would let go and that must stay is no reason;
    /// one that is named is.</summary>
    /// <param name="ec2">EC2 of the snapshots' region.</param>
    /// <param name="cluster">Their cluster; null only when the user does without both checks that need it.</param>
    /// <param name="request">What is to be removed.</param>
    /// <param name="reporter">Told of what stays, and of what stays unknown.</param>
    /// <param name="cancellationToken">Ends the reads.</param>
    public static async Task<SnapshotRemovalPlan> PlanAsync(
        IEc2 ec2, ICluster? cluster, SnapshotRemovalRequest request, IReporter reporter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ec2);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(reporter);
        if (cluster is null && !(request.SkipSnapshotUseCheck && request.SkipClusterCheck))
            throw new ArgumentException("Without a cluster both checks must be skipped.", nameof(cluster));

        var read = ReadAsync(ec2, request, cancellationToken);
        var evidence = EvidenceAsync(ec2, cluster, request, reporter, cancellationToken);
        var use = UseAsync(cluster, request, cancellationToken);
        await Task.WhenAll(read, evidence, use).ConfigureAwait(false);

        var (named, own, volumes) = await read.ConfigureAwait(false);
        var (needed, unknown) = await use.ConfigureAwait(false);
        var facts = new SnapshotFacts(volumes, SnapshotRemovalRules.Newest(own), needed);
        List<EbsPvException> refusals = [.. unknown, .. await evidence.ConfigureAwait(false)];
        var chosen = request.Rule.IsEmpty ? named : Chosen(named, own, request);
        var going = new List<ClusterEbsSnapshot>();
        foreach (var snapshot in chosen)
        {
            var refusal = SnapshotRemovalRules.Refusal(snapshot, request.ClusterName, facts, request.IncludeFinal);
            if (refusal is null) going.Add(snapshot with { ClusterName = request.ClusterName, Context = request.Context });
            else if (request.Rule.IsEmpty) refusals.Add(refusal);
            else reporter.Verbose(refusal.Message);
        }

        var found = named.Select(snapshot => snapshot.SnapshotId).ToHashSet();
        return new SnapshotRemovalPlan(going, facts.Newest, [.. request.SnapshotIds.Where(id => !found.Contains(id))], refusals);
    }

    private static IEnumerable<ClusterEbsSnapshot> Chosen(
        IReadOnlyList<ClusterEbsSnapshot> named, IReadOnlyList<ClusterEbsSnapshot> own, SnapshotRemovalRequest request)
    {
        var chosen = SnapshotRemovalRules.Chosen(own, request.Rule);
        if (request.SnapshotIds.Count == 0) return chosen;
        var ids = named.Select(snapshot => snapshot.SnapshotId).ToHashSet();
        return chosen.Where(snapshot => ids.Contains(snapshot.SnapshotId));
    }

    // How many of a volume there are, and which one is the last, all of its snapshots say, whichever are named.
    private static async Task<(IReadOnlyList<ClusterEbsSnapshot> Named, IReadOnlyList<ClusterEbsSnapshot> Own, IReadOnlySet<string> Volumes)> ReadAsync(
        IEc2 ec2, SnapshotRemovalRequest request, CancellationToken cancellationToken)
    {
        var byId = await SnapshotsById.ReadAsync(ec2, request.SnapshotIds, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<ClusterEbsSnapshot> named = [.. request.SnapshotIds.Where(byId.ContainsKey).Select(id => byId[id])];
        var own = new List<ClusterEbsSnapshot>();
        foreach (var filters in Searches(request, named))
            await foreach (var page in ec2.DescribeSnapshotsAsync(filters, cancellationToken).ConfigureAwait(false))
                own.AddRange(page.Where(snapshot => SnapshotRemovalRules.IsOwn(snapshot, request.ClusterName) && (request.VolumeIds.Count == 0 || request.VolumeIds.Contains(snapshot.VolumeId))));
        string[] volumeIds = [.. own.Concat(named).Select(snapshot => snapshot.VolumeId).Distinct()];
        return (named, own, await LivingAsync(ec2, volumeIds, cancellationToken).ConfigureAwait(false));
    }

    private static IEnumerable<IReadOnlyList<Ec2Filter>> Searches(SnapshotRemovalRequest request, IReadOnlyList<ClusterEbsSnapshot> named)
    {
        var ofCluster = Ec2Filter.Exactly($"tag:{VolumeTags.KubernetesCluster}", request.ClusterName);
        var volumeIds = request.SnapshotIds.Count > 0 ? named.Select(snapshot => snapshot.VolumeId).Distinct() : request.VolumeIds;
        if (request.SnapshotIds.Count == 0 && request.VolumeIds.Count == 0) return [[ofCluster, Ec2Filter.Exactly("tag-key", SnapshotTags.Operation)]];
        return volumeIds.Chunk(Ec2Filter.MaxValues).Select(batch => (IReadOnlyList<Ec2Filter>)[Ec2Filter.Exactly("volume-id", batch), ofCluster]);
    }

    /// <summary>Those of the volumes that are there.</summary>
    internal static async Task<IReadOnlySet<string>> LivingAsync(IEc2 ec2, IReadOnlyList<string> volumeIds, CancellationToken cancellationToken)
    {
        var found = await VolumesById.ReadAsync(ec2, volumeIds, cancellationToken).ConfigureAwait(false);
        return found.Values.Where(volume => !RemovalRules.IsGone(volume) && volume.State != "error").Select(volume => volume.VolumeId!).ToHashSet(StringComparer.Ordinal);
    }

    private static async Task<IReadOnlyList<EbsPvException>> EvidenceAsync(
        IEc2 ec2, ICluster? cluster, SnapshotRemovalRequest request, IReporter reporter, CancellationToken cancellationToken)
    {
        if (request.SkipClusterCheck || cluster is null) return [];
        var subject = SnapshotRemovalErrors.Subject(request);
        try
        {
            var evidence = await ClusterEvidence.ReadAsync(ec2, cluster, request.ClusterName, reporter, cancellationToken).ConfigureAwait(false);
            return evidence.Refusal(subject) is { } refusal ? [refusal] : [];
        }
        catch (EbsPvException cause)
        {
            return [ClusterCheckErrors.Unknown(subject, cause)];
        }
    }

    private static async Task<(SnapshotUse Use, IReadOnlyList<EbsPvException> Refusals)> UseAsync(
        ICluster? cluster, SnapshotRemovalRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return (await SnapshotUse.ReadAsync(request.SkipSnapshotUseCheck ? null : cluster, cancellationToken).ConfigureAwait(false), []);
        }
        catch (EbsPvException cause)
        {
            return (SnapshotUse.Unknown, [SnapshotRemovalErrors.UseUnknown(request, cause)]);
        }
    }
}
