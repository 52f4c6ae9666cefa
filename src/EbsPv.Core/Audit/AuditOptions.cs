using EbsPv.Defaults;
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

    /// <summary>The age that was typed, if it can be meant.</summary>
    /// <param name="age">A TimeSpan, or text: 12h, 1d, 4w, 1.00:00:00.</param>
    /// <param name="codes">The codes that were typed; null for none. Without an age SnapshotMissing would find nothing, which reads as if all were well.</param>
    /// <exception cref="EbsPvException">SnapshotAgeInvalid.</exception>
    public static TimeSpan? CheckedAge(object? age, IReadOnlyList<string>? codes = null)
    {
        if (age is null)
            return codes is { Count: > 0 } && FindingCodes.Checked(codes).Contains(FindingCodes.SnapshotMissing) ? throw AgeNotGiven() : null;
        var read = age as TimeSpan? ?? AgeText.Read(age.ToString()?.Trim() ?? "");
        if (read >= TimeSpan.FromMinutes(1)) return read;
        throw EbsPvException.Input(
            ErrorIds.SnapshotAgeInvalid, $"A snapshot age of '{Escaped.Text(age.ToString())}' cannot be meant.", age, "Write it with its unit, such as -SnapshotAge 12h, 1d or 4w, or give a TimeSpan.");
    }

    private static EbsPvException AgeNotGiven() => EbsPvException.Input(
        ErrorIds.SnapshotAgeInvalid,
        $"-Code asks for {FindingCodes.SnapshotMissing}, and nothing says how old the newest snapshot of a volume may be.",
        FindingCodes.SnapshotMissing,
        "Give -SnapshotAge as well, such as -SnapshotAge 12h, 1d or 4w.");
}
