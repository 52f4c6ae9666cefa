namespace EbsPv.Errors;

/// <content>Report, audit and growth.</content>
public static partial class ErrorIds
{
    // Report, audit, growth
    /// <summary>-Code is none of the audit's.</summary>
    public const string FindingCodeUnknown = nameof(FindingCodeUnknown);
    /// <summary>-SnapshotAge is shorter than a minute: a bare number counts ticks.</summary>
    public const string SnapshotAgeInvalid = nameof(SnapshotAgeInvalid);
}
