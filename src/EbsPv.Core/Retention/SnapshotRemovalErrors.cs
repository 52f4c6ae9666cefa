using EbsPv.Errors;
using EbsPv.Removal;

namespace EbsPv.Retention;

/// <summary>Why a run removes no snapshot, or not this one.</summary>
public static class SnapshotRemovalErrors
{
    private const int Shown = 5;

    /// <summary>The cluster cannot be asked at all: no kubeconfig, no answer, no permission.</summary>
    public static EbsPvException CannotAsk(SnapshotRemovalRequest request, EbsPvException cause)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.SkipSnapshotUseCheck ? ClusterCheckErrors.Unknown(Subject(request), cause) : UseUnknown(request, cause);
    }

    /// <summary>Nothing says which snapshots are meant.</summary>
    public static EbsPvException NothingMeant() => EbsPvException.Input(
        ErrorIds.RetentionMissing,
        "Neither snapshots nor a rule are given, so nothing says which snapshots shall go.",
        null,
        "Add -KeepLast 7, -OlderThan 30d, or both; or name snapshots with -SnapshotId.");

    internal static ClusterSubject Subject(SnapshotRemovalRequest request) => new(request.ClusterName, Named(request), request.SnapshotIds.Count > 0 ? request.SnapshotIds[0] : request.ClusterName);

    /// <summary>Whether the cluster needs the snapshots is unknown.</summary>
    internal static EbsPvException UseUnknown(SnapshotRemovalRequest request, EbsPvException cause) => new(
        cause.Kind,
        ErrorIds.SnapshotUseCheckFailed,
        $"Whether a VolumeSnapshotContent, a move or a restore needs {Named(request)} cannot be found out, and nothing is removed. {cause.Message}",
        cause)
    {
        Target = Subject(request).Target,
        ServiceCode = cause.ServiceCode,
        RecommendedAction = $"{cause.RecommendedAction} If the cluster is gone for good: -SkipSnapshotUseCheck, and -SkipClusterCheck.".TrimStart(),
    };

    /// <summary>The failure of one snapshot, with what became of it.</summary>
    internal static EbsPvException OfSnapshot(EbsPvException failure, string snapshotId) => new(
        failure.Kind, failure.ErrorId, $"{failure.Message} The snapshot {snapshotId} is not removed.", failure)
    {
        Target = snapshotId,
        ServiceCode = failure.ServiceCode,
        RecommendedAction = failure.RecommendedAction,
    };

    private static string Named(SnapshotRemovalRequest request)
    {
        var ids = request.SnapshotIds;
        if (ids.Count == 0) return $"the snapshots of {(request.VolumeIds.Count == 0 ? $"'{Defaults.Escaped.Text(request.ClusterName)}'" : string.Join(", ", request.VolumeIds.Take(Shown)))}";
        var first = string.Join(", ", ids.Take(Shown));
        return ids.Count <= Shown ? $"the snapshots {first}" : $"the snapshots {first} and {ids.Count - Shown} more";
    }
}
