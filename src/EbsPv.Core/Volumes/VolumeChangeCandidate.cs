using EbsPv.Errors;

namespace EbsPv.Volumes;

/// <summary>A volume that was read again: what becomes of it, or why nothing does.</summary>
/// <param name="Plan">The plan; null when it is refused.</param>
/// <param name="Refusal">The refusal; null when there is a plan.</param>
public sealed record VolumeChangeCandidate(VolumeChangePlan? Plan, EbsPvException? Refusal)
{
    /// <summary>The candidate for a volume.</summary>
    /// <param name="volume">The volume that is to be changed.</param>
    /// <param name="found">What there is, by id.</param>
    /// <param name="spec">The request, checked by <see cref="VolumeChangeRules"/>.</param>
    /// <param name="target">Where the volume has to be.</param>
    public static VolumeChangeCandidate Of(
        VolumeToChange volume, IReadOnlyDictionary<string, ClusterEbsVolume> found, VolumeChangeSpec spec, VolumeChangeTarget target)
    {
        ArgumentNullException.ThrowIfNull(volume);
        ArgumentNullException.ThrowIfNull(found);
        ArgumentNullException.ThrowIfNull(target);
        try
        {
            if (volume.VolumeId is not { } id) return new VolumeChangeCandidate(VolumeChangePlanner.Plan(volume.Known!, spec), null);
            if (!found.TryGetValue(id, out var current)) throw VolumesById.NotFound(id, target.Region);
            VolumeOwnerRules.Check(current, target.ClusterName);
            return new VolumeChangeCandidate(VolumeChangePlanner.Plan(Carrying(current, volume.Known, target), spec), null);
        }
        catch (EbsPvException refusal)
        {
            return new VolumeChangeCandidate(null, refusal);
        }
    }

    /// <summary>The failure of a volume that an earlier -WhatIf made.</summary>
    public static EbsPvException OnlyPlanned(ClusterEbsVolume volume) => new(
        ErrorKind.InvalidState, ErrorIds.VolumePlanned, $"The volume '{volume}' is only planned (-WhatIf made it); there is nothing to change yet.")
    {
        Target = volume?.Name,
        RecommendedAction = "Run New-ClusterEbsVolume without -WhatIf first, or add -WhatIf here too.",
    };

    // What EC2 does not know of it, and the next cmdlet wants.
    private static ClusterEbsVolume Carrying(ClusterEbsVolume current, ClusterEbsVolume? known, VolumeChangeTarget target) => current with
    {
        ClusterName = target.ClusterName,
        Context = known?.Context ?? target.Context,
        InstanceId = known?.InstanceId ?? [],
        Adopted = known?.Adopted ?? false,
    };
}
