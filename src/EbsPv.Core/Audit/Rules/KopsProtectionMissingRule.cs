using EbsPv.Storage;
using EbsPv.Volumes;

namespace EbsPv.Audit.Rules;

internal sealed class KopsProtectionMissingRule : VolumeRule
{
    private const string Shared = "shared";

    public override string Code => FindingCodes.KopsProtectionMissing;

    protected override EbsPersistentVolumeFinding? Find(ClusterEbsVolume volume, StorageItem item, AuditFacts facts)
    {
        if (facts.Kind != ClusterKind.Kops || volume.Tags.GetValueOrDefault(VolumeTags.KubernetesCluster) != facts.ClusterName) return null;
        if (VolumeOwnership.ClustersOf(volume.Tags).Count > 1 || VolumeTags.IsRetired(volume.Tags)) return null;
        var key = VolumeTags.KubernetesIo(facts.ClusterName);
        if (volume.Tags.GetValueOrDefault(key) == Shared || IsMeantToGo(volume, item)) return null;
        return Findings.OfVolume(
            facts,
            item,
            FindingSeverity.Warning,
            Code,
            $"The volume {volume.VolumeId} has the tag {VolumeTags.KubernetesCluster}={facts.ClusterName} and not {key}={Shared}: kops delete cluster deletes it, whatever the reclaim policy says.",
            "Pipe this finding to Repair-EbsPersistentVolume, which adds the tag. If it was made with -AllowKopsDelete, that is what was asked for.") with
        {
            Fixable = true,
            WantedTags = new Dictionary<string, string> { [key] = Shared },
        };
    }

    // What a driver made for a claim, and would delete with it, is no longer needed without the cluster.
    private static bool IsMeantToGo(ClusterEbsVolume volume, StorageItem item) =>
        VolumeOwnership.ProvisionerTag(volume.Tags) is not null && item.Registrations.All(one => one.PersistentVolume.ReclaimPolicy == "Delete");
}
