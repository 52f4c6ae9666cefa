using EbsPv.Errors;
using EbsPv.Pricing;
using EbsPv.Storage;
using EbsPv.Volumes;

namespace EbsPv.Audit.Rules;

internal sealed class VolumeTypeGp2Rule : VolumeRule
{
    public override string Code => FindingCodes.VolumeTypeGp2;

    protected override EbsPersistentVolumeFinding? Find(ClusterEbsVolume volume, StorageItem item, AuditFacts facts)
    {
        if (volume.VolumeType != "gp2" || volume.State is "creating" or "error") return null;
        if (VolumeTags.IsRetired(volume.Tags) || Become(volume) is not { } gp3) return null;
        var (now, then) = (facts.Prices.MonthlyCost(volume.Region, VolumeShape.Of(volume)), facts.Prices.MonthlyCost(volume.Region, gp3));
        // With performance to be paid for, gp3 can cost as much.
        if (now is not null && then is not null && then >= now) return null;
        var cost = now is null || then is null
            ? $"What either costs in {volume.Region} is not known here ({VolumePrices.Variable} tells)"
            : $"It costs {now} {VolumePrices.Currency} a month, and would cost {then}";
        return Findings.OfVolume(
            facts,
            item,
            FindingSeverity.Information,
            Code,
            $"The volume {volume.VolumeId} is {VolumeShape.Of(volume)}; as gp3 it has {gp3.Iops} IOPS and {gp3.Throughput} MiB/s. {cost}.",
            $"Set-ClusterEbsVolume {volume.VolumeId} -VolumeType gp3, which can be done while it is in use.");
    }

    private static VolumeShape? Become(ClusterEbsVolume volume)
    {
        try
        {
            return VolumeChangePlanner.Plan(volume, new VolumeChangeSpec { VolumeType = "gp3" }).To;
        }
        catch (EbsPvException)
        {
            return null;
        }
    }
}
