using System.Runtime.CompilerServices;
using EbsPv.Defaults;
using EbsPv.Errors;
using EbsPv.Ports;
using EbsPv.Storage;
using EbsPv.Volumes;

namespace EbsPv.Audit;

/// <summary>Audits a cluster, or some volumes of it, by facts that were read.</summary>
public static class AuditRun
{
    /// <summary>The findings as they are made.</summary>
    /// <exception cref="EbsPvException">PersistentVolumeNotFound, VolumeNotFound, after the findings about the others.</exception>
    public static async IAsyncEnumerable<EbsPersistentVolumeFinding> FindAsync(
        IEc2 ec2, AuditFacts facts, AuditOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ec2);
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(options);
        var (ids, missing) = Resolve(options.Subjects, facts);
        if (options.Subjects is null || ids.Count > 0)
        {
            var query = new VolumeQuery(options.ClusterName, null, ids, [], facts.Context);
            var wantsAll = options.SnapshotAge is not null && options.Codes.Contains(FindingCodes.SnapshotMissing);
            var wantsLost = options.Codes.Contains(FindingCodes.VolumeGone) || options.Codes.Contains(FindingCodes.VolumeFailed);
            var join = new StorageJoin(ec2, facts.Storage, query) { Snapshots = wantsAll ? SnapshotsWanted.All : wantsLost ? SnapshotsWanted.OfLost : SnapshotsWanted.None };
            var audit = new StorageAudit(facts, options.Codes);
            var lost = new List<string>();
            await foreach (var finding in audit.JudgeAsync(Noted(join.ReadAsync(cancellationToken), lost), cancellationToken).ConfigureAwait(false)) yield return finding;
            if (lost.Count > 0) throw VolumesById.NotFound(lost[0], ec2.Region);
        }

        if (missing.Count > 0) throw NotFound(missing, facts.Context);
    }

    // Nothing can be said of a volume that is neither in EC2 nor behind a PersistentVolume.
    private static async IAsyncEnumerable<StorageItem> Noted(IAsyncEnumerable<StorageItem> items, List<string> lost)
    {
        await foreach (var item in items.ConfigureAwait(false))
        {
            if (item is { Sight: VolumeSight.Gone, Volume: null, Registrations.Count: 0, VolumeId: { } id }) lost.Add(id);
            else yield return item;
        }
    }

    private static (IReadOnlyList<string> Ids, IReadOnlyList<string> Missing) Resolve(IReadOnlyList<AuditSubject>? subjects, AuditFacts facts)
    {
        var (ids, missing) = (new List<string>(), new List<string>());
        foreach (var subject in subjects ?? [])
        {
            if (subject.VolumeId is { } id) ids.Add(id);
            else if (facts.Storage.PersistentVolumes.FirstOrDefault(volume => volume.Name == subject.PersistentVolume)?.VolumeId is { } known) ids.Add(known);
            else missing.Add(subject.PersistentVolume!);
        }

        return ([.. ids.Distinct(StringComparer.Ordinal)], missing);
    }

    private static EbsPvException NotFound(IReadOnlyList<string> missing, string context) => new(
        ErrorKind.NotFound,
        ErrorIds.PersistentVolumeNotFound,
        $"The cluster behind the kube context '{context}' has no EBS-backed PersistentVolume {string.Join(", ", missing.Select(Escaped.Text))}.")
    {
        Target = missing[0],
        RecommendedAction = "See what there is: Get-EbsPersistentVolume without a name.",
    };
}
