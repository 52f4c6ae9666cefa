using EbsPv.PersistentVolumes;
using EbsPv.Ports;
using EbsPv.Swaps;

namespace EbsPv.Repairs;

/// <summary>Changes a PersistentVolume as a repair says, unless somebody else has been faster.</summary>
internal sealed class PersistentVolumeChange(ICluster cluster, TimeProvider time)
{
    /// <exception cref="Errors.EbsPvException">PersistentVolumeNotFound, and what the API server refuses.</exception>
    public async Task ApplyAsync(PlannedRepair repair, CancellationToken cancellationToken)
    {
        var old = repair.PersistentVolume!;
        _ = await new ConditionalChange<EbsPersistentVolume>(
            IsDone,
            current => cluster.PatchPersistentVolumeAsync(current, Patch(repair, current), CancellationToken.None),
            token => cluster.GetPersistentVolumeAsync(old.Name, token),
            time).ApplyAsync(old, cancellationToken).ConfigureAwait(false) ?? throw RepairErrors.Gone(old);

        bool IsDone(EbsPersistentVolume current)
        {
            if (current.Uid != old.Uid) throw RepairErrors.Gone(old);
            return repair.Kind switch
            {
                RepairKind.NodeAffinity => current.HasNodeAffinity,
                RepairKind.ReclaimPolicy => current.ReclaimPolicy == "Retain",
                // Another claim, or none: whoever did that, it is Released no more, and whose it is by now is not to be taken away.
                _ => current.Claim != old.Claim || current.ClaimUid != old.ClaimUid,
            };
        }
    }

    private static PersistentVolumePatch Patch(PlannedRepair repair, EbsPersistentVolume current) => repair.Kind switch
    {
        RepairKind.NodeAffinity => new PersistentVolumePatch { NodeAffinity = repair.Finding.WantedNodeAffinity },
        RepairKind.ReclaimPolicy => Retained(current),
        _ when repair.DropsClaim => new PersistentVolumePatch { DropsClaim = true },
        _ => new PersistentVolumePatch { Claim = ClaimReference.Of(current)! with { Uid = null } },
    };

    // For good: no move brings back the policy that one noted when it was prepared.
    private static PersistentVolumePatch Retained(EbsPersistentVolume current) => new()
    {
        ReclaimPolicy = "Retain",
        Annotations = current.Annotations.ContainsKey(SwapIntent.PolicyAnnotation) ? new Dictionary<string, string?> { [SwapIntent.PolicyAnnotation] = null } : new Dictionary<string, string?>(),
    };
}
