using EbsPv.Errors;
using EbsPv.Ports;

namespace EbsPv.PersistentVolumes;

/// <summary>Makes storage classes and adds zones to its own ones. A run beside this one may do the same: what is there is looked at again.</summary>
public static class StorageClassKeeper
{
    private const int MaxAttempts = 5;
    private static readonly TimeSpan PauseAfterLoss = TimeSpan.FromMilliseconds(200);

    /// <summary>Carries a plan out.</summary>
    /// <exception cref="EbsPvException">What the API server refuses.</exception>
    public static async Task ApplyAsync(ICluster cluster, StorageClassPlan plan, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await OnceAsync(cluster, plan, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (EbsPvException doubt) when (doubt.Kind is ErrorKind.Conflict or ErrorKind.Connection or ErrorKind.Service && attempt < MaxAttempts)
            {
                // Where the answer is lost, it may have been done all the same.
                if (doubt.Kind != ErrorKind.Conflict) await Task.Delay(PauseAfterLoss * attempt, cancellationToken).ConfigureAwait(false);
                var now = await cluster.GetStorageClassAsync(plan.Name, cancellationToken).ConfigureAwait(false);
                if (StorageClassPlan.For(plan.Name, now, plan.Zones, [plan.VolumeType]) is not { } next) return;
                plan = next;
            }
        }
    }

    private static Task<StorageClassInfo> OnceAsync(ICluster cluster, StorageClassPlan plan, CancellationToken cancellationToken) => plan.Existing is null
        ? cluster.CreateStorageClassAsync(new StorageClassSpec(plan.Name, plan.Zones, plan.VolumeType), cancellationToken)
        : cluster.SetStorageClassZonesAsync(plan.Existing, plan.Zones, cancellationToken);
}
