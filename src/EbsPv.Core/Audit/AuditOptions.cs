using EbsPv.Errors;

namespace EbsPv.Audit;

/// <summary>What is audited, and for what.</summary>
/// <param name="ClusterName">The cluster.</param>
public sealed record AuditOptions(string ClusterName)
{
    /// <summary>The codes that are looked for.</summary>
    public IReadOnlySet<string> Codes { get; init; } = FindingCodes.Checked(null);

    /// <summary>These volumes only; null for the whole cluster.</summary>
    public IReadOnlyList<AuditSubject>? Subjects { get; init; }

    /// <summary>How old the newest snapshot may be; null when nobody asks.</summary>
    public TimeSpan? SnapshotAge { get; init; }

    /// <summary>Takes the kube context's word that it is the volumes' cluster.</summary>
    public bool SkipClusterCheck { get; init; }

    /// <summary>The age, if it can be meant.</summary>
    /// <exception cref="EbsPvException">SnapshotAgeInvalid.</exception>
    public static TimeSpan? Checked(TimeSpan? age) => age is null || age >= TimeSpan.FromMinutes(1) ? age : throw EbsPvException.Input(
        ErrorIds.SnapshotAgeInvalid,
        $"A snapshot age of {age} cannot be meant: PowerShell takes a bare number for ticks, of which a second has ten million.",
        age,
        "Write days and hours as in -SnapshotAge 1.00:00:00 or -SnapshotAge 12:00:00, or (New-TimeSpan -Days 1).");
}
