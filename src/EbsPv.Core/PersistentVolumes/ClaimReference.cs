namespace EbsPv.PersistentVolumes;

/// <summary>The claim that a PersistentVolume is kept for.</summary>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Name">Its name.</param>
public sealed record ClaimReference(string Namespace, string Name)
{
    /// <summary>Namespace and name, as <see cref="EbsPersistentVolume.Claim"/> writes them.</summary>
    public override string ToString() => $"{Namespace}/{Name}";
}
