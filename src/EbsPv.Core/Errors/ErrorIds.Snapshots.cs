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
    /// <summary>Neither snapshots nor a rule says which ones shall go.</summary>
    public const string RetentionMissing = nameof(RetentionMissing);
    /// <summary>-KeepLast or -OlderThan would let every snapshot go, or cannot be read.</summary>
    public const string RetentionInvalid = nameof(RetentionInvalid);
    /// <summary>The snapshot is only planned (-WhatIf).</summary>
    public const string SnapshotPlanned = nameof(SnapshotPlanned);
    /// <summary>No such snapshot.</summary>
    public const string SnapshotNotFound = nameof(SnapshotNotFound);
    /// <summary>The snapshot is pending, or has failed.</summary>
    public const string SnapshotNotCompleted = nameof(SnapshotNotCompleted);
    /// <summary>Somebody else made the snapshot.</summary>
    public const string SnapshotNotManaged = nameof(SnapshotNotManaged);
    /// <summary>The snapshot belongs to another cluster, or to several.</summary>
    public const string SnapshotNotOwned = nameof(SnapshotNotOwned);
    /// <summary>The snapshot is all that is left of a volume's data; -IncludeFinal consents.</summary>
    public const string SnapshotIsOnlyCopy = nameof(SnapshotIsOnlyCopy);
    /// <summary>A VolumeSnapshotContent, a move, a restore or an AMI needs the snapshot.</summary>
    public const string SnapshotInUse = nameof(SnapshotInUse);
    /// <summary>The cluster cannot be asked what it needs the snapshots for; -SkipSnapshotUseCheck does without.</summary>
    public const string SnapshotUseCheckFailed = nameof(SnapshotUseCheckFailed);
    /// <summary>Nothing says in which zone the volume shall be.</summary>
    public const string DestinationZoneMissing = nameof(DestinationZoneMissing);
    /// <summary>-Size is smaller than the snapshot's volume was.</summary>
    public const string SizeBelowSnapshot = nameof(SizeBelowSnapshot);
    /// <summary>-Name is for one snapshot, and several came.</summary>
    public const string RestoreNameShared = nameof(RestoreNameShared);
    /// <summary>The volume that an earlier run made of the snapshot contradicts what was asked for.</summary>
    public const string RestoreMismatch = nameof(RestoreMismatch);
}
