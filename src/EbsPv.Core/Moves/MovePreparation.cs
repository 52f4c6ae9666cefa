using EbsPv.Errors;
using EbsPv.PersistentVolumes;
using EbsPv.Ports;
using EbsPv.Swaps;

namespace EbsPv.Moves;

/// <summary>What can be done for a move while the workload still runs: with Retain the data outlives the claim, whoever deletes that.</summary>
public static class MovePreparation
{
    /// <summary>The PersistentVolumes that are meant.</summary>
    public static async Task<MovePreparationPlan> PlanAsync(ICluster cluster, IReadOnlyList<WantedPersistentVolume> wanted, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        ArgumentNullException.ThrowIfNull(wanted);
        var (all, version) = await ClusterLists.PersistentVolumesAsync(cluster, cancellationToken).ConfigureAwait(false);
        var (found, refusals) = (new List<EbsPersistentVolume>(), new List<EbsPvException>());
        foreach (var one in wanted)
        {
            try
            {
                found.Add(PersistentVolumeLookup.Find(one, all, cluster.Context) ?? throw new EbsPvException(
                    ErrorKind.NotFound, ErrorIds.PersistentVolumeNotFound, $"{one} has no PersistentVolume in the cluster behind the kube context '{cluster.Context}'.") { Target = one.ToString(), RecommendedAction = "See what there is: Get-EbsPersistentVolume." });
            }
            catch (EbsPvException refusal)
            {
                refusals.Add(refusal);
            }
        }

        return new MovePreparationPlan([.. found.DistinctBy(volume => volume.Name)], refusals, version);
    }

    /// <summary>The PersistentVolume with Retain, once whoever deletes disks has seen it.</summary>
    /// <exception cref="EbsPvException">PersistentVolumeNotFound, ProvisionerNotRunning, and what the API server refuses.</exception>
    public static async Task<EbsPersistentVolume> SetAsync(
        ICluster cluster, MovePreparationPlan plan, EbsPersistentVolume volume, TimeSpan timeout, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var watches = new SwapWatches(cluster, plan.ResourceVersion, TimeProvider.System);
        await using var _ = watches.ConfigureAwait(false);
        return await new RetainKeeper(cluster, watches, timeout, TimeProvider.System).SetAsync(volume, cancellationToken).ConfigureAwait(false);
    }
}
