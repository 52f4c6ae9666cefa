namespace EbsPv.PersistentVolumes;

/// <summary>The claim that a PersistentVolume is kept for.</summary>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Name">Its name.</param>
public sealed record ClaimReference(string Namespace, string Name)
{
    /// <summary>Identity of the claim it is bound to; null where any claim of that name may have it.</summary>
    public string? Uid { get; init; }

    /// <summary>The claim that <see cref="EbsPersistentVolume.Claim"/> and <see cref="EbsPersistentVolume.ClaimUid"/> name; null for none.</summary>
    public static ClaimReference? Of(EbsPersistentVolume volume)
    {
        ArgumentNullException.ThrowIfNull(volume);
        return volume.Claim?.Split('/') is [var ns, var name] ? new ClaimReference(ns, name) { Uid = volume.ClaimUid } : null;
    }

    /// <summary>Namespace and name, as <see cref="EbsPersistentVolume.Claim"/> writes them.</summary>
    public override string ToString() => $"{Namespace}/{Name}";
}
