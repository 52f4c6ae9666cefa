using EbsPv.Audit;
using EbsPv.Errors;

namespace EbsPv.PowerShell.Binding;

/// <summary>What an audit is asked about: all of one cluster, one region and one context.</summary>
internal sealed class AuditCollector
{
    private readonly List<AuditSubject> _subjects = [];

    /// <summary>Whether only what was named or piped is looked at.</summary>
    public bool IsSelective { get; set; }

    public IReadOnlyList<AuditSubject> Subjects => _subjects;

    public string? Region { get; private set; }

    public string? ClusterName { get; private set; }

    public string? Context { get; private set; }

    public void Add(AuditSubject subject, string? region, string? clusterName, string? context)
    {
        Check(ClusterName, clusterName, "cluster", subject);
        Check(Region, region, "region", subject);
        Check(Context, context, "kube context", subject);
        (Region, ClusterName, Context) = (Region ?? region, ClusterName ?? clusterName, Context ?? context);
        if (!_subjects.Contains(subject)) _subjects.Add(subject);
    }

    private static void Check(string? before, string? now, string what, AuditSubject subject)
    {
        if (before is null || now is null || before == now) return;
        throw EbsPvException.Input(
            ErrorIds.MixedCluster,
            $"{subject.PersistentVolume ?? subject.VolumeId} is of another {what} ({Defaults.Escaped.Text(now)}) than what came before it ({Defaults.Escaped.Text(before)}), and is left out.",
            subject.PersistentVolume ?? subject.VolumeId,
            $"Look at one {what} at a time.");
    }
}
