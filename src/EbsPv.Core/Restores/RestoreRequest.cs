using EbsPv.PersistentVolumes;

namespace EbsPv.Restores;

/// <summary>Which PersistentVolume gets the data of which snapshot, and what the user consents to.</summary>
public sealed record RestoreRequest
{
    /// <summary>The PersistentVolume.</summary>
    public required WantedPersistentVolume Wanted { get; init; }

    /// <summary>The cluster's name in tags.</summary>
    public required string ClusterName { get; init; }

    /// <summary>The snapshot.</summary>
    public required string SnapshotId { get; init; }

    /// <summary>Zone of the new volume; null for the one of the old volume.</summary>
    public string? DestinationZone { get; init; }

    /// <summary>Consent to the data of another volume's snapshot.</summary>
    public bool AllowOtherVolume { get; init; }

    /// <summary>Consent to replace a PersistentVolume that GitOps, Helm or an operator looks after.</summary>
    public bool AllowManaged { get; init; }

    /// <summary>Whether a snapshot that the PersistentVolume was restored from before is restored once more.</summary>
    public bool Repeat { get; init; }

    /// <summary>Whether the cluster behind the kube context is taken for the volume's without proof.</summary>
    public bool SkipClusterCheck { get; init; }

    /// <summary>Rate in MiB/s at which the blocks of the snapshot are loaded; null for EBS' own.</summary>
    public int? VolumeInitializationRate { get; init; }
}
