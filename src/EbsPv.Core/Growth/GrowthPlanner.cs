using EbsPv.Defaults;
using EbsPv.Errors;
using EbsPv.PersistentVolumes;
using EbsPv.Swaps;
using EbsPv.Volumes;

namespace EbsPv.Growth;

/// <summary>Works out how a PersistentVolume grows. It makes no call.</summary>
/// <remarks>Source: "Expanding persistent volumes claims" of the Kubernetes documentation: a capacity that is raised by hand ends what the
/// driver would do for the claim, so that it comes first wherever it can.</remarks>
public static class GrowthPlanner
{
    /// <summary>The plan.</summary>
    /// <param name="persistentVolume">The PersistentVolume as the cluster has it.</param>
    /// <param name="claim">The claim that it is bound to; null for none.</param>
    /// <param name="volume">Its volume as EC2 has it.</param>
    /// <param name="size">The size in GiB that is asked for.</param>
    /// <param name="facts">What is known of the cluster.</param>
    /// <param name="clusterName">The cluster that the volume's tags must name.</param>
    /// <param name="limitOverrides">Value of <see cref="VolumeTypes.Variable"/>.</param>
    /// <exception cref="EbsPvException">ResizeNotLarger, SwapUnderWay, PersistentVolumeNotResizable, what <see cref="VolumeOwnerRules"/> and <see cref="VolumeChangePlanner"/> refuse.</exception>
    public static GrowthPlan Plan(
        EbsPersistentVolume persistentVolume, EbsPersistentVolumeClaim? claim, ClusterEbsVolume volume, int size, GrowthFacts facts, string clusterName, string? limitOverrides)
    {
        ArgumentNullException.ThrowIfNull(persistentVolume);
        ArgumentNullException.ThrowIfNull(volume);
        ArgumentNullException.ThrowIfNull(facts);
        CheckState(persistentVolume, claim, facts);
        VolumeOwnerRules.Check(volume, clusterName);
        CheckLarger(persistentVolume, claim, volume, size);
        var obstacle = Obstacle(persistentVolume, claim, facts);
        var change = VolumeChangePlanner.Plan(volume, new VolumeChangeSpec { Size = size, LimitOverrides = limitOverrides });
        var plan = new GrowthPlan(persistentVolume, claim, volume, size, GrowthWay.None) { WhyNotByClaim = obstacle };
        if (obstacle is null) return Has(persistentVolume.Capacity, size) && IsDoneByDriver(claim!, size) ? plan : plan with { Way = GrowthWay.ByClaim };
        if (change.IsDone && Has(persistentVolume.Capacity, size)) return plan;
        return plan with { Way = GrowthWay.ByVolume, VolumeChange = change.IsDone ? null : change };
    }

    /// <summary>Whether an amount is at least so many GiB.</summary>
    public static bool Has(string? amount, int size) => Quantity.Bytes(amount) >= size * Quantity.GiB;

    /// <summary>Whether the driver has done all that it does without a pod: the file system may still have to wait for one.</summary>
    public static bool IsDoneByDriver(EbsPersistentVolumeClaim claim, int size)
    {
        ArgumentNullException.ThrowIfNull(claim);
        return Has(claim.Request, size) && (Has(claim.Capacity, size) || claim.Conditions.Contains("FileSystemResizePending"));
    }

    private static void CheckState(EbsPersistentVolume persistentVolume, EbsPersistentVolumeClaim? claim, GrowthFacts facts)
    {
        var holder = facts.PersistentVolumes.FirstOrDefault(one => one.Name == SwapHolder.NameFor(persistentVolume.Name) && SwapHolder.Is(one));
        if (SwapHolder.Is(persistentVolume) || holder is not null || (claim is not null && NotedSwap.IsUnderWay(claim)))
            throw Refused(ErrorIds.SwapUnderWay, persistentVolume, "is in the middle of getting another disk", "Finish that first: Test-EbsPersistentVolume -Code SwapUnderWay shows the line.");
        // A moment later the claim can ask; grown by hand now, the driver would do nothing for it any more.
        if (claim is not null && claim.Uid == persistentVolume.ClaimUid && claim.Status != "Bound")
            throw Refused(ErrorIds.PersistentVolumeNotResizable, persistentVolume, $"is bound to the claim {claim}, which is {claim.Status} yet", "Run the line again when the claim is Bound.");
        if (persistentVolume.Status is "Terminating" or "Failed")
            throw Refused(ErrorIds.PersistentVolumeNotResizable, persistentVolume, $"is {persistentVolume.Status}", RegistrationPlanner.Cure(persistentVolume)!);
    }

    private static void CheckLarger(EbsPersistentVolume persistentVolume, EbsPersistentVolumeClaim? claim, ClusterEbsVolume volume, int size)
    {
        var largest = new[] { volume.Size, Quantity.WholeGiB(persistentVolume.Capacity) ?? 0, Quantity.WholeGiB(claim?.Request) ?? 0 }.Max();
        if (size >= largest) return;
        throw EbsPvException.Input(
            ErrorIds.ResizeNotLarger,
            $"The PersistentVolume {persistentVolume.Name} cannot get {size} GiB: its volume {volume.VolumeId} has {volume.Size} GiB, its capacity is {persistentVolume.Capacity}{(claim is null ? "" : $", its claim asks for {claim.Request}")}, and nothing of it can shrink.",
            persistentVolume.Name,
            $"Ask for {largest} GiB or more.");
    }

    // Null: the claim can ask for more, and somebody is there who grants it.
    private static string? Obstacle(EbsPersistentVolume persistentVolume, EbsPersistentVolumeClaim? claim, GrowthFacts facts)
    {
        if (claim is null || claim.Status != "Bound" || claim.VolumeName != persistentVolume.Name) return "no claim is bound to it";
        if (persistentVolume.VolumeSource == VolumeSource.InTree) return "it is written for the in-tree driver";
        var driver = persistentVolume.VolumeSource == VolumeSource.EksAutoMode ? EbsDrivers.AutoMode : EbsDrivers.Csi;
        if (!facts.Drivers.Contains(driver)) return $"the cluster has no driver {driver}";
        if (string.IsNullOrEmpty(claim.StorageClassName)) return "its claim has no storage class";
        if (!facts.StorageClasses.TryGetValue(claim.StorageClassName, out var storageClass)) return $"there is no StorageClass {Escaped.Text(claim.StorageClassName)}";
        return storageClass.AllowVolumeExpansion ? null : $"the StorageClass {storageClass.Name} does not allow it (allowVolumeExpansion)";
    }

    private static EbsPvException Refused(string errorId, EbsPersistentVolume persistentVolume, string reason, string action) => new(
        ErrorKind.InvalidState, errorId, $"The PersistentVolume {persistentVolume.Name} {reason}, and is not resized.")
    {
        Target = persistentVolume.Name,
        RecommendedAction = action,
    };
}
