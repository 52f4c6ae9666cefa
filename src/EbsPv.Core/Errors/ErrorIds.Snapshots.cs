namespace EbsPv.Errors;

/// <content>Snapshots, and volumes made of them.</content>
public static partial class ErrorIds
{
    // Snapshots
    /// <summary>The piped object is no snapshot.</summary>
    public const string InputNotSnapshot = nameof(InputNotSnapshot);
    /// <summary>-State is none of EBS' snapshots.</summary>
    public const string SnapshotStateUnknown = nameof(SnapshotStateUnknown);
    /// <summary>-Description has more than 255 characters.</summary>
    public const string DescriptionTooLong = nameof(DescriptionTooLong);
    /// <summary>The snapshot is only planned (-WhatIf).</summary>
    public const string SnapshotPlanned = nameof(SnapshotPlanned);
    /// <summary>No such snapshot.</summary>
    public const string SnapshotNotFound = nameof(SnapshotNotFound);
}
