using EbsPv.Defaults;
using EbsPv.Errors;

namespace EbsPv.Removal;

/// <summary>Why a whole run removes nothing.</summary>
public static class RemovalErrors
{
    private const int Shown = 5;

    /// <summary>The cluster cannot be asked at all: no kubeconfig, no answer, no permission.</summary>
    public static EbsPvException CannotAsk(RemovalRequest request, EbsPvException cause)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(cause);
        return request.SkipPersistentVolumeCheck ? ClusterCheckErrors.Unknown(Subject(request, request.Volumes), cause) : PersistentVolumesUnknown(request, cause);
    }

    /// <summary>Whether a PersistentVolume points to the volumes is unknown.</summary>
    internal static EbsPvException PersistentVolumesUnknown(RemovalRequest request, EbsPvException cause) => new(
        cause.Kind,
        ErrorIds.PersistentVolumeCheckFailed,
        $"Whether a PersistentVolume points to {Named(request.Volumes)} cannot be found out, so {(request.Volumes.Count == 1 ? "it is not" : "none of them is")} removed. {cause.Message}",
        cause)
    {
        Target = Target(request),
        ServiceCode = cause.ServiceCode,
        RecommendedAction = $"{cause.RecommendedAction} If the cluster is gone for good: -SkipPersistentVolumeCheck, and -SkipClusterCheck.".TrimStart(),
    };

    /// <summary>The cluster could be asked at first and cannot any more, just before the delete.</summary>
    internal static EbsPvException PersistentVolumesUnknownAgain(EbsPvException cause) => new(
        cause.Kind,
        ErrorIds.PersistentVolumeCheckFailed,
        $"Whether a PersistentVolume points to the volume by now cannot be found out. {cause.Message}",
        cause)
    {
        ServiceCode = cause.ServiceCode,
        RecommendedAction = cause.RecommendedAction,
    };

    /// <summary>Volumes of a request, as what has to be of the cluster that is asked.</summary>
    internal static ClusterSubject Subject(RemovalRequest request, IReadOnlyList<VolumeToRemove> volumes) =>
        new(request.ClusterName, Named(volumes), volumes[0].VolumeId);

    /// <summary>More than a fifth of the cluster's volumes.</summary>
    internal static EbsPvException TooWide(RemovalRequest request, int wanted, int ofCluster) => new(
        ErrorKind.InvalidInput,
        ErrorIds.ScopeTooWide,
        $"{wanted} volumes are to be removed, and the cluster '{Escaped.Text(request.ClusterName)}' has {ofCluster}: "
        + $"more than {RemovalRules.MostWithoutConsent(ofCluster)} at once are not removed without consent. Nothing is removed.")
    {
        Target = request.ClusterName,
        RecommendedAction = "Look at what comes down the pipeline; if all of it is meant, add -AllowBulk.",
    };

    /// <summary>The failure of one volume, with what became of the volume.</summary>
    internal static EbsPvException OfVolume(EbsPvException failure, string volumeId, string outcome) => new(
        failure.Kind, failure.ErrorId, $"{failure.Message} {outcome}".TrimEnd(), failure)
    {
        Target = volumeId,
        ServiceCode = failure.ServiceCode,
        RecommendedAction = failure.RecommendedAction,
    };

    private static string Target(RemovalRequest request) => request.Volumes[0].VolumeId;

    private static string Named(IReadOnlyList<VolumeToRemove> volumes)
    {
        var ids = string.Join(", ", volumes.Take(Shown).Select(volume => volume.VolumeId));
        if (volumes.Count == 1) return $"the volume {ids}";
        return volumes.Count <= Shown ? $"the volumes {ids}" : $"the volumes {ids} and {volumes.Count - Shown} more";
    }
}
