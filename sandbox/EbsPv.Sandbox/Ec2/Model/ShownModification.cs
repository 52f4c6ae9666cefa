namespace EbsPv.Sandbox.Ec2.Model;

/// <summary>The modification that DescribeVolumesModifications shows of a volume.</summary>
public sealed record ShownModification(EbsVolume Volume, VolumeModification Modification)
{
    /// <summary>The latest one that is visible: an older one as long as a new one is not; null for none.</summary>
    public static ShownModification? Of(EbsVolume volume, DateTimeOffset now)
    {
        var latest = volume.IsGone(now) ? null : volume.Modifications.LastOrDefault(modification => modification.VisibleFrom <= now);
        return latest is null ? null : new ShownModification(volume, latest);
    }
}
