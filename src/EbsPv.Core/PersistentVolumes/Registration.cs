namespace EbsPv.PersistentVolumes;

/// <summary>What registering a volume comes to.</summary>
/// <param name="Volume">The volume.</param>
/// <param name="Existing">The PersistentVolume that it has already; null when one is to be posted.</param>
/// <param name="Spec">What is to be posted; null when there is one already.</param>
/// <param name="Warnings">What the user should know.</param>
public sealed record Registration(
    VolumeToRegister Volume, EbsPersistentVolume? Existing, PersistentVolumeSpec? Spec, IReadOnlyList<string> Warnings)
{
    /// <summary>What the user should know of this volume and of others like it.</summary>
    public IReadOnlyList<SharedWarning> SharedWarnings { get; init; } = [];
}
