using EbsPv.Defaults;
using EbsPv.Pricing;
using EbsPv.Storage;
using EbsPv.Volumes;

namespace EbsPv.Audit.Rules;

internal sealed class UnregisteredVolumeRule : VolumeRule
{
    // A driver makes the volume first and its PersistentVolume some seconds later.
    private static readonly TimeSpan RegisteredWithin = TimeSpan.FromMinutes(10);

    public override string Code => FindingCodes.VolumeUnregistered;

    protected override EbsPersistentVolumeFinding? Find(ClusterEbsVolume volume, StorageItem item, AuditFacts facts)
    {
        if (item.Registrations.Count > 0 || !facts.IsVerified || IsAccountedFor(volume, facts)) return null;
        var cost = facts.Prices.MonthlyCost(volume.Region, VolumeShape.Of(volume)) is { } amount ? $" It costs {amount} {VolumePrices.Currency} a month." : "";
        return Findings.OfVolume(facts, item, FindingSeverity.Warning, Code, $"No PersistentVolume stands for the volume {Described(volume, facts)}.{cost}", Recommendation(volume));
    }

    private static bool IsAccountedFor(ClusterEbsVolume volume, AuditFacts facts)
    {
        if (volume.State == "creating" || VolumeTags.IsRetired(volume.Tags)) return true;
        if (VolumeOwnership.ClustersOf(volume.Tags) is not [var owner] || owner != facts.ClusterName) return true;
        return VolumeOwnership.ProvisionerTag(volume.Tags) is not null && facts.Now - volume.CreateTime < RegisteredWithin;
    }

    private static string Described(ClusterEbsVolume volume, AuditFacts facts)
    {
        var name = string.IsNullOrEmpty(volume.Name) ? "" : $"{Escaped.Text(volume.Name)}, ";
        var age = volume.CreateTime is { } made ? $", made {Findings.Age(facts.Now - made)} ago" : "";
        var attached = volume.Attachments.Count == 0 ? "" : $", attached to {string.Join(", ", volume.Attachments)}";
        return $"{volume.VolumeId} ({name}{volume.Size} GiB {volume.VolumeType} in {volume.AvailabilityZone}{age}{attached})";
    }

    private static string Recommendation(ClusterEbsVolume volume)
    {
        if (volume.Attachments.Count > 0) return "Find out what uses it on that instance before anything else.";
        var remove = volume.Tags.ContainsKey(VolumeTags.Set)
            ? $"Get-ClusterEbsVolume -VolumeId {volume.VolumeId} | Remove-ClusterEbsVolume, which keeps a final snapshot"
            : "whoever made it removes it";
        // What has failed cannot be registered.
        if (volume.State == "error") return $"Another finding, VolumeFailed, says what can be done for its data. If nothing needs it: {remove}.";
        return $"If its data is needed: Get-ClusterEbsVolume -VolumeId {volume.VolumeId} | Register-EbsPersistentVolume. If not: {remove}.";
    }
}
