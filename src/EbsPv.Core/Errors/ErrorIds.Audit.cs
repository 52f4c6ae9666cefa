namespace EbsPv.Errors;

/// <content>Report, audit and growth.</content>
public static partial class ErrorIds
{
    // Report, audit, growth
    /// <summary>-Code is none of the audit's.</summary>
    public const string FindingCodeUnknown = nameof(FindingCodeUnknown);
    /// <summary>-SnapshotAge is shorter than a minute (a bare number counts ticks), or is not given where -Code asks for SnapshotMissing.</summary>
    public const string SnapshotAgeInvalid = nameof(SnapshotAgeInvalid);
    /// <summary>The PersistentVolume is in a state in which it cannot grow.</summary>
    public const string PersistentVolumeNotResizable = nameof(PersistentVolumeNotResizable);
}
