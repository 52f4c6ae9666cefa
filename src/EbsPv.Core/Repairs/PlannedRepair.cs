namespace EbsPv.Repairs;

/// <summary>A repair that may begin.</summary>
public sealed record PlannedRepair
{
    /// <summary>The finding as it is now.</summary>
    public required EbsPersistentVolumeFinding Finding { get; init; }

    /// <summary>What is changed.</summary>
    public required RepairKind Kind { get; init; }

    /// <summary>What is done, in a sentence without its full stop, as in <c>Tag the volume …</c>.</summary>
    public required string Description { get; init; }

    /// <summary>The PersistentVolume as it is; null for tags, and where a conversion has deleted the old one.</summary>
    public EbsPersistentVolume? PersistentVolume { get; init; }

    /// <summary>Whether the PersistentVolume is kept for no claim afterwards.</summary>
    public bool DropsClaim { get; init; }

    /// <summary>What becomes of it.</summary>
    /// <param name="status">Repaired, Unchanged or planned.</param>
    public EbsPersistentVolumeRepair With(string status) => new()
    {
        Status = status,
        Code = Finding.Code,
        Target = Finding.Target,
        Change = Description,
        PersistentVolume = Finding.PersistentVolume,
        VolumeId = Finding.VolumeId,
        Claim = Finding.Claim,
        Region = Finding.Region,
        ClusterName = Finding.ClusterName,
        Context = Finding.Context,
    };
}
