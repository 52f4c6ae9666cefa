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
        return request.SkipPersistentVolumeCheck ? ClusterUnknown(request, cause) : PersistentVolumesUnknown(request, cause);
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

    /// <summary>The nodes or instances, by which the cluster is known, cannot be read.</summary>
    internal static EbsPvException ClusterUnknown(RemovalRequest request, EbsPvException cause) => new(
        cause.Kind,
        ErrorIds.ClusterNotVerified,
        $"Whether {Named(request.Volumes)} belong to the cluster behind the kube context cannot be found out, and nothing is removed. {cause.Message}",
        cause)
    {
        Target = Target(request),
        ServiceCode = cause.ServiceCode,
        RecommendedAction = $"{cause.RecommendedAction} -SkipClusterCheck does without this check.".TrimStart(),
    };

    /// <summary>Neither EC2 nor the volumes say which instances the cluster has.</summary>
    internal static EbsPvException NotVerified(RemovalRequest request, IReadOnlyList<VolumeToRemove> volumes, string context, string why) => new(
        ErrorKind.InvalidState,
        ErrorIds.ClusterNotVerified,
        $"Nothing shows that {Named(volumes)} belong to the cluster behind the kube context '{Escaped.Text(context)}': {why}. Nothing is removed.")
    {
        Target = volumes[0].VolumeId,
        RecommendedAction = $"Choose the context of '{Escaped.Text(request.ClusterName)}' with -Context; when you are sure that it is the right one, -SkipClusterCheck does without this check.",
    };

    /// <summary>The context's nodes are other instances than the cluster's.</summary>
    internal static EbsPvException Mismatch(RemovalRequest request, IReadOnlyList<VolumeToRemove> volumes, string context, IEnumerable<string> instances) => new(
        ErrorKind.InvalidState,
        ErrorIds.ClusterMismatch,
        $"The cluster '{Escaped.Text(request.ClusterName)}' of {Named(volumes)} runs on {string.Join(", ", instances.Order(StringComparer.Ordinal).Take(3))}, "
        + $"and none of its instances is a node behind the kube context '{Escaped.Text(context)}': its PersistentVolumes are another cluster's. Nothing is removed.")
    {
        Target = volumes[0].VolumeId,
        RecommendedAction = $"Choose the context of '{Escaped.Text(request.ClusterName)}' with -Context.",
    };

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
