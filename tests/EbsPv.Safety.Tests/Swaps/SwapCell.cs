namespace EbsPv.Safety.Tests.Swaps;

/// <summary>A PersistentVolume that is to get another disk, as it is before.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Claim">The claim that has it or had it; null for none.</param>
/// <param name="ClaimUid">Identity of that claim.</param>
/// <param name="VolumeId">Its disk.</param>
/// <param name="Content">What is written on the disk.</param>
internal sealed record SwapCell(string Name, string? Claim, string? ClaimUid, string VolumeId, string Content)
{
    /// <summary>What tells its requests in the ledger: its name is that of the new disk too, and part of its holder's.</summary>
    public IReadOnlyList<string> Keys => Claim is null ? [VolumeId, Name] : [VolumeId, Name, Claim];

    public override string ToString() => Name;
}
