using EbsPv.Defaults;
using EbsPv.PersistentVolumes;
using EbsPv.Storage;
using EbsPv.Volumes;

namespace EbsPv.Audit.Rules;

internal sealed class DriverTagMissingRule : PersistentVolumeRule
{
    public override string Code => FindingCodes.DriverTagMissing;

    protected override IEnumerable<EbsPersistentVolumeFinding> Find(RegisteredVolume registered, StorageItem item, AuditFacts facts)
    {
        if (item is not { Volume: { } volume, Sight: VolumeSight.Seen } || IsOfAnother(volume, facts)) yield break;
        var source = registered.PersistentVolume.VolumeSource;
        var lacking = DriverTags.Lacking(facts.Kind, source, facts.ClusterName, volume.Tags);
        if (lacking.Count == 0) yield break;
        var driver = source == VolumeSource.EksAutoMode ? EbsDrivers.AutoMode : EbsDrivers.Csi;
        yield return Findings.OfPersistentVolume(
            facts,
            item,
            registered,
            // Where the kind is not known, the role may well be content with less.
            facts.Kind == ClusterKind.Unknown && source != VolumeSource.EksAutoMode ? FindingSeverity.Warning : FindingSeverity.Error,
            Code,
            $"The volume {volume.VolumeId} of {Findings.Named(registered)} lacks {string.Join(" and ", lacking.Select(tag => $"{tag.Key}={Escaped.Text(tag.Value)}"))}, without which the role of {driver} may not attach it.",
            "Pipe this finding to Repair-EbsPersistentVolume, which adds the tags.") with { Fixable = true, WantedTags = lacking };
    }

    private static bool IsOfAnother(ClusterEbsVolume volume, AuditFacts facts) => VolumeOwnership.ClustersOf(volume.Tags).Any(owner => owner != facts.ClusterName);
}
