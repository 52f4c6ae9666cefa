using EbsPv.Defaults;
using EbsPv.Pricing;
using EbsPv.Volumes;

namespace EbsPv.Restores;

/// <summary>A restore in words, for whoever has to say yes to it.</summary>
public static class RestoreDescription
{
    /// <summary>What is done, and what becomes of the data that is there.</summary>
    /// <param name="plan">The restore; one that is not done yet.</param>
    /// <param name="now">The time, for ages.</param>
    /// <param name="prices">What disks cost.</param>
    public static string Of(RestorePlan plan, DateTime now, VolumePrices prices)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(prices);
        var swap = plan.Swap ?? throw new ArgumentException("It is done.", nameof(plan));
        var what = $"{plan.Snapshot.SnapshotId} to {swap.Intent.PersistentVolume}{(swap.Claim is { } claim ? $" (claim {Escaped.Text(claim.ToString())})" : "")}";
        if (plan.IsResumed) return $"Finish the restore of {what}, which an earlier run began: from where it stopped.";
        var age = plan.Snapshot.StartTime is { } made ? $" as of {made:yyyy-MM-dd HH:mm:ss} UTC, {Age.Of(now - made)} ago" : "";
        var old = swap.OldVolumeIsGone
            ? $"Its old disk {swap.Intent.VolumeId} is not there any more."
            : $"Its old disk {swap.Intent.VolumeId}, with all that is on it now, is kept and marked as retired.";
        var shape = VolumeShape.Of(swap.OldVolume);
        var cost = !swap.OldVolumeIsGone && prices.MonthlyCost(swap.OldVolume.Region, shape) is { } price ? $"\n  Cost: {price} {VolumePrices.Currency} a month for the old disk until it is removed, as much as for the new one." : "";
        return $"Restore {what}.\n  DATA:{age}: a new disk in {swap.Intent.DestinationZone} gets it. {old}\n  The PersistentVolume is replaced under its name{(swap.Claim is null ? "" : "; its claim is Lost meanwhile, and Bound again afterwards")}.{cost}";
    }
}
