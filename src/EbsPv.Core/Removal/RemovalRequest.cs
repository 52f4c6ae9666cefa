namespace EbsPv.Removal;

/// <summary>What is to be removed, and which checks the user does without.</summary>
public sealed record RemovalRequest
{
    /// <summary>The cluster whose volumes they shall be.</summary>
    public required string ClusterName { get; init; }

    /// <summary>The volumes, each once, in the order in which they came.</summary>
    public required IReadOnlyList<VolumeToRemove> Volumes { get; init; }

    /// <summary>The kube context that the removed volumes carry on.</summary>
    public string? Context { get; init; }

    /// <summary>Removes volumes without asking whether a PersistentVolume points to them.</summary>
    public bool SkipPersistentVolumeCheck { get; init; }

    /// <summary>Takes the kube context's word that it is the volumes' cluster.</summary>
    public bool SkipClusterCheck { get; init; }

    /// <summary>Consents to more than a fifth of the cluster's volumes.</summary>
    public bool AllowBulk { get; init; }
}
