namespace EbsPv.Sandbox.Ec2;

/// <summary>Whose snapshot a seeded one is, told by the tags and the description that its maker leaves.</summary>
public enum SnapshotMaker
{
    /// <summary>Somebody by hand: only the tags of the seed.</summary>
    Nobody,

    /// <summary>Amazon Data Lifecycle Manager.</summary>
    Dlm,

    /// <summary>AWS Backup.</summary>
    Backup,

    /// <summary>The EBS CSI driver, for a VolumeSnapshot.</summary>
    Csi,

    /// <summary>Velero's plugin for AWS.</summary>
    Velero,
}
