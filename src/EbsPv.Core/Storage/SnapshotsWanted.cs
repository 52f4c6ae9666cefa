namespace EbsPv.Storage;

/// <summary>Whose newest snapshots a join looks up: 200 volumes a call.</summary>
public enum SnapshotsWanted
{
    /// <summary>Those of all volumes.</summary>
    All,

    /// <summary>Those of volumes that are gone or have failed.</summary>
    OfLost,

    /// <summary>None.</summary>
    None,
}
