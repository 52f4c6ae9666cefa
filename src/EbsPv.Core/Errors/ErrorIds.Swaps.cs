namespace EbsPv.Errors;

/// <content>Another disk under the same claim.</content>
public static partial class ErrorIds
{
    // Moves, restores, conversions
    /// <summary>Something else is being done to the PersistentVolume, and has to be finished first.</summary>
    public const string SwapUnderWay = nameof(SwapUnderWay);
    /// <summary>The claim of the PersistentVolume went away, or is going.</summary>
    public const string ClaimGone = nameof(ClaimGone);
    /// <summary>The cluster's controllers have not taken notice of the fence in time; the same line goes on.</summary>
    public const string FenceTimedOut = nameof(FenceTimedOut);
    /// <summary>A pod or an attachment uses the PersistentVolume, or may at any moment.</summary>
    public const string ClaimInUse = nameof(ClaimInUse);
    /// <summary>Somebody else put a PersistentVolume in the place of the one that was to come.</summary>
    public const string SwapConflict = nameof(SwapConflict);
    /// <summary>The snapshot does not exist, is not completed, or holds the data of another volume.</summary>
    public const string SnapshotUnusable = nameof(SnapshotUnusable);
    /// <summary>The volume is in the zone already.</summary>
    public const string MoveSameZone = nameof(MoveSameZone);
    /// <summary>-PrepareOnly and -FromLatestSnapshot exclude each other.</summary>
    public const string MoveParametersConflict = nameof(MoveParametersConflict);
    /// <summary>A volume that several instances attach cannot be moved.</summary>
    public const string MoveMultiAttach = nameof(MoveMultiAttach);
    /// <summary>No worker in the zone is Ready and takes pods.</summary>
    public const string NoWorkerInZone = nameof(NoWorkerInZone);
    /// <summary>Volumes that are used together must be moved together; -AllowSplit consents.</summary>
    public const string VolumesUsedTogether = nameof(VolumesUsedTogether);
    /// <summary>The PersistentVolume belongs to GitOps, Helm or an operator, which would put the old one back; -AllowManaged consents.</summary>
    public const string ManagedElsewhere = nameof(ManagedElsewhere);
    /// <summary>The PersistentVolume is in a state in which its disk cannot be replaced.</summary>
    public const string PersistentVolumeNotMovable = nameof(PersistentVolumeNotMovable);
    /// <summary>There is no completed snapshot to make the new volume of.</summary>
    public const string NoUsableSnapshot = nameof(NoUsableSnapshot);
    /// <summary>The file is there already; -Force writes over it.</summary>
    public const string FileExists = nameof(FileExists);
    /// <summary>The path cannot be written to.</summary>
    public const string PathNotWritable = nameof(PathNotWritable);

    // Repairs
    /// <summary>The piped object is no finding of Test-EbsPersistentVolume.</summary>
    public const string InputNotFinding = nameof(InputNotFinding);
    /// <summary>The finding is of another PersistentVolume than the one that has its name now, or in a state in which it cannot be repaired.</summary>
    public const string FindingNotRepairable = nameof(FindingNotRepairable);
    /// <summary>The repair was made, and the finding is still there.</summary>
    public const string RepairNotEffective = nameof(RepairNotEffective);
    /// <summary>-DropReservation is about Released PersistentVolumes, which -Code has to name.</summary>
    public const string RepairParametersConflict = nameof(RepairParametersConflict);
}
