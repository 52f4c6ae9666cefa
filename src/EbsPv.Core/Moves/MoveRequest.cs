using EbsPv.PersistentVolumes;

namespace EbsPv.Moves;

/// <summary>What is to be moved, and what the user consents to.</summary>
public sealed record MoveRequest
{
    /// <summary>The PersistentVolumes, in the order in which they came.</summary>
    public required IReadOnlyList<WantedPersistentVolume> Wanted { get; init; }

    /// <summary>The cluster's name in tags.</summary>
    public required string ClusterName { get; init; }

    /// <summary>The zone to move to.</summary>
    public required string DestinationZone { get; init; }

    /// <summary>Whether the data comes from the newest completed snapshot there is, because the zone is down.</summary>
    public bool FromLatestSnapshot { get; init; }

    /// <summary>Consent to move volumes without those that are used together with them.</summary>
    public bool AllowSplit { get; init; }

    /// <summary>Consent to replace PersistentVolumes that GitOps, Helm or an operator looks after.</summary>
    public bool AllowManaged { get; init; }

    /// <summary>Whether moves to this zone that were cut off between two PersistentVolumes are finished too: none is there to be named then.</summary>
    public bool FinishesOthers { get; init; }

    /// <summary>Whether the cluster behind the kube context is taken for the volumes' without proof.</summary>
    public bool SkipClusterCheck { get; init; }

    /// <summary>Rate in MiB/s at which the blocks of the snapshots are loaded; null for EBS' own.</summary>
    public int? VolumeInitializationRate { get; init; }
}
