using EbsPv.Audit;

namespace EbsPv.Repairs;

/// <summary>Which finding is repaired how.</summary>
internal static class RepairKinds
{
    public static RepairKind Of(string code) => code switch
    {
        FindingCodes.DriverTagMissing or FindingCodes.KopsProtectionMissing => RepairKind.Tags,
        FindingCodes.NodeAffinityMissing => RepairKind.NodeAffinity,
        FindingCodes.ReclaimPolicyDelete => RepairKind.ReclaimPolicy,
        FindingCodes.PersistentVolumeReleased => RepairKind.Claim,
        FindingCodes.InTreeSource => RepairKind.Source,
        _ => RepairKind.None,
    };
}
