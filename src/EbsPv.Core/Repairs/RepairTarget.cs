namespace EbsPv.Repairs;

/// <summary>A finding that somebody wants repaired, as far as it has to be known to find it again.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Target">What it is about, for messages.</param>
public sealed record RepairTarget(string Code, string Target)
{
    /// <summary>The PersistentVolume.</summary>
    public string? PersistentVolume { get; init; }

    /// <summary>Identity of the PersistentVolume that was looked at.</summary>
    public string? PersistentVolumeUid { get; init; }

    /// <summary>The volume.</summary>
    public string? VolumeId { get; init; }

    /// <summary>Code and target.</summary>
    public override string ToString() => $"{Code} {Target}";
}
