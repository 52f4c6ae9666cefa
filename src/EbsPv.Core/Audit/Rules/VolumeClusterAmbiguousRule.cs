using EbsPv.Defaults;
using EbsPv.Storage;
using EbsPv.Volumes;

namespace EbsPv.Audit.Rules;

internal sealed class VolumeClusterAmbiguousRule : VolumeRule
{
    public override string Code => FindingCodes.VolumeClusterAmbiguous;

    protected override EbsPersistentVolumeFinding? Find(ClusterEbsVolume volume, StorageItem item, AuditFacts facts)
    {
        var owners = VolumeOwnership.ClustersOf(volume.Tags);
        return owners.Count < 2 ? null : Findings.OfVolume(
            facts,
            item,
            FindingSeverity.Warning,
            Code,
            $"The tags of the volume {volume.VolumeId} name {owners.Count} clusters: {string.Join(", ", owners.Select(Escaped.Text))}. EbsPv changes no such volume.",
            "Find out whose it is, and remove the tags of the other cluster.");
    }
}
