namespace EbsPv.Volumes;

/// <summary>A volume that is to be changed, as far as it is known before it is read again.</summary>
/// <param name="VolumeId">Its id; null while it is only planned.</param>
/// <param name="Known">What is known of it; null when that is too little to be checked.</param>
/// <param name="HasTags">Whether its tags are known, too.</param>
public sealed record VolumeToChange(string? VolumeId, ClusterEbsVolume? Known, bool HasTags)
{
    /// <summary>An id alone.</summary>
    public static VolumeToChange Of(string volumeId) => new(volumeId, null, HasTags: false);

    /// <summary>Refuses, without a call, what is known to be impossible.</summary>
    /// <param name="spec">The request, checked by <see cref="VolumeChangeRules"/>.</param>
    /// <param name="cluster">The cluster; null when it is not known yet.</param>
    /// <exception cref="Errors.EbsPvException">What <see cref="VolumeOwnerRules"/> and <see cref="VolumeChangePlanner"/> refuse.</exception>
    public void Check(VolumeChangeSpec spec, string? cluster)
    {
        if (Known is null) return;
        if (HasTags) VolumeOwnerRules.Check(Known, cluster);
        _ = VolumeChangePlanner.Plan(Known, spec);
    }
}
