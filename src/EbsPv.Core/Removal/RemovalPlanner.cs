using EbsPv.Errors;
using EbsPv.Ports;
using EbsPv.Volumes;

namespace EbsPv.Removal;

/// <summary>Reads everything that could speak against a removal, before anything is changed.</summary>
public static class RemovalPlanner
{
    /// <summary>The plan: what may go, or all the reasons why nothing does.</summary>
    /// <param name="ec2">EC2 of the volumes' region.</param>
    /// <param name="cluster">Their cluster; null only when the user does without both checks that need it.</param>
    /// <param name="request">What is to be removed.</param>
    /// <param name="reporter">Told of what stays unknown.</param>
    /// <param name="cancellationToken">Ends the reads.</param>
    public static async Task<RemovalPlan> PlanAsync(
        IEc2 ec2, ICluster? cluster, RemovalRequest request, IReporter reporter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ec2);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(reporter);
        if (cluster is null && !(request.SkipPersistentVolumeCheck && request.SkipClusterCheck))
            throw new ArgumentException("Without a cluster both checks must be skipped.", nameof(cluster));

        var volumes = VolumesById.ReadAsync(ec2, [.. request.Volumes.Select(volume => volume.VolumeId)], cancellationToken);
        var evidence = EvidenceAsync(ec2, cluster, request, reporter, cancellationToken);
        var pointing = PointingAsync(cluster, request, cancellationToken);
        await Task.WhenAll(volumes, evidence, pointing).ConfigureAwait(false);

        var fresh = await volumes.ConfigureAwait(false);
        var (persistentVolumes, unknown) = await pointing.ConfigureAwait(false);
        var ids = request.Volumes.Select(volume => volume.VolumeId).ToList();
        var living = ids.Where(id => !RemovalRules.IsGone(fresh.GetValueOrDefault(id))).Select(id => fresh[id]).ToList();
        var refusals = new List<EbsPvException>();
        refusals.AddRange(unknown);
        refusals.AddRange(await evidence.ConfigureAwait(false));
        refusals.AddRange(living.Select(volume => persistentVolumes.Refusal(volume, request.ClusterName)).OfType<EbsPvException>());
        if (await ScopeAsync(ec2, request, living.Count, cancellationToken).ConfigureAwait(false) is { } tooWide) refusals.Add(tooWide);
        return new RemovalPlan(
            [.. living.Select(volume => volume with { ClusterName = request.ClusterName, Context = request.Context })],
            [.. ids.Where(id => RemovalRules.IsGone(fresh.GetValueOrDefault(id)))],
            refusals);
    }

    private static async Task<IReadOnlyList<EbsPvException>> EvidenceAsync(
        IEc2 ec2, ICluster? cluster, RemovalRequest request, IReporter reporter, CancellationToken cancellationToken)
    {
        if (request.SkipClusterCheck || cluster is null) return [];
        try
        {
            var evidence = await ClusterEvidence.ReadAsync(ec2, cluster, request.ClusterName, reporter, cancellationToken).ConfigureAwait(false);
            return [.. evidence.Refusals(request)];
        }
        catch (EbsPvException cause)
        {
            return [ClusterCheckErrors.Unknown(RemovalErrors.Subject(request, request.Volumes), cause)];
        }
    }

    private static async Task<(PointingPersistentVolumes Pointing, IReadOnlyList<EbsPvException> Refusals)> PointingAsync(
        ICluster? cluster, RemovalRequest request, CancellationToken cancellationToken)
    {
        var asked = request.SkipPersistentVolumeCheck ? null : cluster;
        try
        {
            return (await PointingPersistentVolumes.ReadAsync(asked, cancellationToken).ConfigureAwait(false), []);
        }
        catch (EbsPvException cause)
        {
            return (PointingPersistentVolumes.Unknown, [RemovalErrors.PersistentVolumesUnknown(request, cause)]);
        }
    }

    private static async Task<EbsPvException?> ScopeAsync(IEc2 ec2, RemovalRequest request, int wanted, CancellationToken cancellationToken)
    {
        if (request.AllowBulk || wanted <= RemovalRules.AlwaysAllowed) return null;
        var ofCluster = 0;
        var all = new VolumeQuery(request.ClusterName, null, [], [], null);
        await foreach (var volume in ClusterVolumes.FindAsync(ec2, all, cancellationToken).ConfigureAwait(false))
            if (!RemovalRules.IsGone(volume))
                ofCluster++;
        return wanted > RemovalRules.MostWithoutConsent(ofCluster) ? RemovalErrors.TooWide(request, wanted, ofCluster) : null;
    }
}
