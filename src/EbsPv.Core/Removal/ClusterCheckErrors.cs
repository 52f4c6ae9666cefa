using EbsPv.Defaults;
using EbsPv.Errors;

namespace EbsPv.Removal;

/// <summary>Why the cluster behind a kube context is not taken for the one that is meant.</summary>
public static class ClusterCheckErrors
{
    /// <summary>The nodes or instances, by which the cluster is known, cannot be read.</summary>
    public static EbsPvException Unknown(ClusterSubject subject, EbsPvException cause)
    {
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentNullException.ThrowIfNull(cause);
        return new EbsPvException(
            cause.Kind,
            ErrorIds.ClusterNotVerified,
            $"Whether the cluster behind the kube context is that of {subject.What} cannot be found out. {subject.Otherwise} {cause.Message}",
            cause)
        {
            Target = subject.Target,
            ServiceCode = cause.ServiceCode,
            RecommendedAction = $"{cause.RecommendedAction} -SkipClusterCheck does without this check.".TrimStart(),
        };
    }

    /// <summary>Neither EC2 nor what is meant says which instances the cluster has.</summary>
    internal static EbsPvException NotVerified(ClusterSubject subject, string context, string why) => new(
        ErrorKind.InvalidState,
        ErrorIds.ClusterNotVerified,
        $"Nothing shows that the cluster behind the kube context '{Escaped.Text(context)}' is that of {subject.What}: {why}. {subject.Otherwise}")
    {
        Target = subject.Target,
        RecommendedAction = $"Choose the context of '{Escaped.Text(subject.ClusterName)}' with -Context; when you are sure that it is the right one, -SkipClusterCheck does without this check.",
    };

    /// <summary>The context's nodes are other instances than the cluster's.</summary>
    internal static EbsPvException Mismatch(ClusterSubject subject, string context, IEnumerable<string> instances) => new(
        ErrorKind.InvalidState,
        ErrorIds.ClusterMismatch,
        $"The cluster '{Escaped.Text(subject.ClusterName)}' of {subject.What} runs on {string.Join(", ", instances.Order(StringComparer.Ordinal).Take(3))}, "
        + $"and none of its instances is a node behind the kube context '{Escaped.Text(context)}': its PersistentVolumes are another cluster's. {subject.Otherwise}")
    {
        Target = subject.Target,
        RecommendedAction = $"Choose the context of '{Escaped.Text(subject.ClusterName)}' with -Context.",
    };
}
