using EbsPv.Errors;
using EbsPv.PersistentVolumes;
using EbsPv.Ports;
using EbsPv.Volumes;

namespace EbsPv.Growth;

/// <summary>Reads the claims and volumes of PersistentVolumes, and plans for each.</summary>
public static class GrowthPlans
{
    /// <summary>For each PersistentVolume the plan, or why there is none; in their order.</summary>
    public static async Task<IReadOnlyList<(GrowthPlan? Plan, EbsPvException? Refusal)>> MakeAsync(
        IEc2 ec2,
        ICluster cluster,
        IReadOnlyList<EbsPersistentVolume> persistentVolumes,
        int size,
        GrowthFacts facts,
        string clusterName,
        string? limitOverrides,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ec2);
        ArgumentNullException.ThrowIfNull(cluster);
        ArgumentNullException.ThrowIfNull(persistentVolumes);
        var volumes = VolumesById.ReadAsync(ec2, [.. persistentVolumes.Select(one => one.VolumeId!).Where(VolumeIdRule.IsId)], cancellationToken);
        var claims = Task.WhenAll(persistentVolumes.Select(one => ClaimAsync(cluster, one, cancellationToken)));
        await Task.WhenAll(volumes, claims).ConfigureAwait(false);
        var (found, bound) = (await volumes.ConfigureAwait(false), await claims.ConfigureAwait(false));
        return [.. persistentVolumes.Select((one, index) => Plan(one, bound[index], found.GetValueOrDefault(one.VolumeId!)))];

        (GrowthPlan? Plan, EbsPvException? Refusal) Plan(EbsPersistentVolume persistentVolume, EbsPersistentVolumeClaim? claim, ClusterEbsVolume? volume)
        {
            try
            {
                if (volume is null) throw VolumesById.NotFound(persistentVolume.VolumeId!, ec2.Region);
                return (GrowthPlanner.Plan(persistentVolume, claim, volume, size, facts, clusterName, limitOverrides), null);
            }
            catch (EbsPvException refusal)
            {
                return (null, refusal);
            }
        }
    }

    /// <summary>The failure of a volume that no PersistentVolume stands for.</summary>
    public static EbsPvException NotRegistered(string volumeId, string context) => new(
        ErrorKind.NotFound, ErrorIds.PersistentVolumeNotFound, $"No PersistentVolume of the cluster behind the kube context '{context}' stands for the volume {volumeId}.")
    {
        Target = volumeId,
        RecommendedAction = $"Grow the volume alone: Set-ClusterEbsVolume {volumeId} -Size …; Register-EbsPersistentVolume then writes its size.",
    };

    private static async Task<EbsPersistentVolumeClaim?> ClaimAsync(ICluster cluster, EbsPersistentVolume persistentVolume, CancellationToken cancellationToken) =>
        ClaimReference.Of(persistentVolume) is { Uid: not null } claim ? await cluster.GetClaimAsync(claim.Namespace, claim.Name, cancellationToken).ConfigureAwait(false) : null;
}
