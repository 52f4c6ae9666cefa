using EbsPv.Defaults;
using EbsPv.Storage;
using EbsPv.Volumes;

namespace EbsPv.Audit.Rules;

internal sealed class VolumeNotOfClusterRule : VolumeRule
{
    public override string Code => FindingCodes.VolumeNotOfCluster;

    protected override EbsPersistentVolumeFinding? Find(ClusterEbsVolume volume, StorageItem item, AuditFacts facts) =>
        item.Registrations.Count > 0 && VolumeOwnership.ClustersOf(volume.Tags) is [var owner] && owner != facts.ClusterName
            ? Findings.OfVolume(
                facts,
                item,
                FindingSeverity.Error,
                Code,
                $"{Capital(Findings.Named(item.Registrations[0]))} stands for the volume {volume.VolumeId}, whose tags name another cluster: '{Escaped.Text(owner)}'. Two clusters may use one disk.",
                $"Find out which of the two it belongs to. If the other one: Unregister-EbsPersistentVolume {item.Registrations[0].PersistentVolume.Name}; if this one, give it this cluster's tags.")
            : null;

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
