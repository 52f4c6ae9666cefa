namespace EbsPv;

/// <summary>Who made a snapshot, as its tags say.</summary>
/// <remarks>Sources: "Amazon Data Lifecycle Manager tags", "AWS Backup tags", the EBS CSI driver's tagging guide, Velero's backups of
/// PersistentVolumes.</remarks>
public enum SnapshotSource
{
    /// <summary>No tag says it: somebody by hand, or a tool that leaves no mark.</summary>
    Unknown,

    /// <summary>EbsPv (<c>ebspv/operation</c>).</summary>
    EbsPv,

    /// <summary>A policy of Amazon Data Lifecycle Manager (<c>aws:dlm:lifecycle-policy-id</c>, <c>dlm:managed</c>).</summary>
    DataLifecycleManager,

    /// <summary>A plan of AWS Backup (<c>aws:backup:source-resource</c>).</summary>
    AwsBackup,

    /// <summary>The EBS CSI driver, for a VolumeSnapshot (<c>CSIVolumeSnapshotName</c>).</summary>
    VolumeSnapshot,

    /// <summary>Velero (<c>velero.io/backup</c>).</summary>
    Velero,
}
