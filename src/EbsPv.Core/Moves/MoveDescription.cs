using EbsPv.Defaults;
using EbsPv.Pricing;
using EbsPv.Volumes;

namespace EbsPv.Moves;

/// <summary>A move in words, for whoever has to say yes to it: what is done in which order, what it means meanwhile, how long it takes, what it
/// costs, and how old the data is.</summary>
public static class MoveDescription
{
    /// <summary>All of it.</summary>
    /// <param name="plan">The move.</param>
    /// <param name="now">The time, for ages.</param>
    /// <param name="prices">What disks cost.</param>
    public static string Of(MovePlan plan, DateTime now, VolumePrices prices)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(prices);
        var intent = plan.Swap.Intent;
        var what = $"{plan.Name} ({Shape(plan.Swap.OldVolume)}{Claim(plan)}) from {plan.Swap.OldVolume.AvailabilityZone} to {intent.DestinationZone}";
        string[] lines = plan.IsResumed
            ? [$"Finish the move of {what}, which an earlier run began: from where it stopped.", Data(plan, now), Use(plan)]
            : [$"Move {what}.", .. Steps(plan), Data(plan, now), Use(plan), $"Time: {Time(plan, now)}.", $"Cost: {Cost(plan, prices)}."];
        return string.Join("\n  ", lines.Where(line => line.Length > 0));
    }

    private static IEnumerable<string> Steps(MovePlan plan)
    {
        var intent = plan.Swap.Intent;
        string[] steps =
        [
            Policy(plan),
            plan.Swap.Claim is { } claim ? $"The claim {Escaped.Text(claim.ToString())} becomes Lost, so that no pod can start with it." : "A claim that does not exist gets it, so that no other can have it.",
            intent.SnapshotId is { } given ? $"The data is taken from {given}." : $"A snapshot of {intent.VolumeId} is made.",
            $"A new disk is made of it in {intent.DestinationZone}, with the type, performance, key and tags of the old one.",
            $"The old disk {intent.VolumeId} is kept and marked as retired.",
            "The PersistentVolume is replaced under its name.",
            Outcome(plan),
        ];
        return steps.Where(step => step.Length > 0).Select((step, index) => $"{index + 1}. {step}");
    }

    private static string Policy(MovePlan plan)
    {
        if (plan.Volume is not { ReclaimPolicy: not "Retain" } volume) return "";
        var after = plan.Swap.Claim is null && volume.ClaimUid is not null ? "and stays so: no claim has it" : $"and {volume.ReclaimPolicy} again at the end";
        return $"The reclaim policy becomes Retain, {after}.";
    }

    private static string Outcome(MovePlan plan)
    {
        if (plan.Swap.Claim is not null) return "The claim is Bound again; it is the same one.";
        return plan.Volume is { ClaimUid: not null, Claim: { } gone }
            ? $"It is Released as before, kept for the claim {Escaped.Text(gone)}, which is gone. A new claim of that name gets it after: Test-EbsPersistentVolume -Code PersistentVolumeReleased | Repair-EbsPersistentVolume -Code PersistentVolumeReleased."
            : "It can be claimed as before.";
    }

    private static string Data(MovePlan plan, DateTime now)
    {
        if (plan.Snapshot is not { StartTime: { } made } snapshot) return "";
        var skew = plan.Skew > TimeSpan.Zero ? $"; the snapshots of the volumes that are used together with it are {Age.Of(plan.Skew)} apart" : "";
        return $"DATA: as of {made:yyyy-MM-dd HH:mm:ss} UTC, {Age.Of(now - made)} ago ({snapshot.SnapshotId}): what was written since is on {plan.Swap.Intent.VolumeId} only{skew}.";
    }

    private static string Use(MovePlan plan) => plan.DeadUse is null
        ? ""
        : $"STILL THERE, on nodes that are not Ready: {plan.DeadUse}; if such a node comes back, it writes to {plan.Swap.Intent.VolumeId}, not to the new disk.";

    // What can be said beforehand: EC2 tells nothing of how much has changed.
    private static string Time(MovePlan plan, DateTime now)
    {
        const string Cluster = "about a minute in the cluster, whose controllers look every 15 seconds";
        if (plan.Swap.Intent.SnapshotId is not null) return $"{Cluster}, and some seconds for the disk, whose blocks are loaded as they are read";
        return plan.LastSnapshot?.StartTime is { } last
            ? $"{Cluster}, and the snapshot, which copies what has changed in {Age.Of(now - last)} since {plan.LastSnapshot.SnapshotId}"
            : $"{Cluster}, and the snapshot, the first of this volume: up to {plan.Swap.OldVolume.Size} GiB are copied, which takes minutes to hours; a snapshot made beforehand shortens it";
    }

    private static string Cost(MovePlan plan, VolumePrices prices)
    {
        var old = plan.Swap.OldVolume;
        var disk = prices.MonthlyCost(old.Region, VolumeShape.Of(old)) is { } cost ? $"{cost} {VolumePrices.Currency} a month for the old disk until it is removed, as much as for the new one" : "the old disk is paid for until it is removed (no price is known for it)";
        return plan.Swap.Intent.SnapshotId is null ? $"{disk}; and the snapshot's blocks" : disk;
    }

    private static string Shape(ClusterEbsVolume volume) => VolumeShape.Of(volume).ToString();

    private static string Claim(MovePlan plan) => plan.Swap.Claim is { } claim ? $", claim {Escaped.Text(claim.ToString())}" : "";
}
