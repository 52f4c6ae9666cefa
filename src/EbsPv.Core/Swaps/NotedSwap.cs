namespace EbsPv.Swaps;

/// <summary>A swap that is noted in the cluster.</summary>
/// <param name="PersistentVolume">Name of its PersistentVolume; null when the note cannot be read.</param>
/// <param name="Intent">What is noted; null when it cannot be read.</param>
/// <param name="Claim">The claim that holds the note; null for a holder.</param>
/// <param name="Holder">The holder; null for a claim.</param>
public sealed record NotedSwap(string? PersistentVolume, SwapIntent? Intent, EbsPersistentVolumeClaim? Claim, EbsPersistentVolume? Holder)
{
    /// <summary>Whether the note was written for another claim, and came along with a copy of it, or with its restoration from a backup: no run of its
    /// line can finish it here.</summary>
    public bool IsCopied { get; } = Claim is not null && Intent is not null && SwapManifest.ClaimOf(Intent.Manifest) is { Uid: { } uid } && uid != Claim.Uid;

    /// <summary>Whether a claim is in the middle of a swap of its own.</summary>
    public static bool IsUnderWay(EbsPersistentVolumeClaim claim) => On(claim) is { IsCopied: false };

    /// <summary>The note on a claim; null when there is none.</summary>
    public static NotedSwap? On(EbsPersistentVolumeClaim claim)
    {
        ArgumentNullException.ThrowIfNull(claim);
        if (!SwapIntent.IsNotedIn(claim.Annotations)) return null;
        var intent = SwapIntent.In(claim.Annotations);
        return new NotedSwap(intent?.PersistentVolume ?? claim.VolumeName, intent, claim, null);
    }

    /// <summary>The note on a holder; null when there is none.</summary>
    public static NotedSwap? On(EbsPersistentVolume holder)
    {
        ArgumentNullException.ThrowIfNull(holder);
        if (!SwapIntent.IsNotedIn(holder.Annotations)) return null;
        var intent = SwapIntent.In(holder.Annotations);
        return new NotedSwap(intent?.PersistentVolume, intent, null, holder);
    }
}
