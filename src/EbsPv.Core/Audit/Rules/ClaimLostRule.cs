using EbsPv.Defaults;

namespace EbsPv.Audit.Rules;

internal sealed class ClaimLostRule : ClaimRule
{
    public override string Code => FindingCodes.ClaimLost;

    protected override EbsPersistentVolumeFinding? Find(EbsPersistentVolumeClaim claim, AuditFacts facts) => claim.Status != "Lost" ? null : Findings.OfClaim(
        facts,
        claim,
        FindingSeverity.Error,
        Code,
        $"The claim {claim} has lost its PersistentVolume {Escaped.Text(claim.VolumeName)}, which was deleted: no pod that uses it can start.",
        // Kept for the claim by name it would stay apart: a Lost claim takes back only what is nobody's, or has its uid.
        $"Its data is on the volume that the PersistentVolume stood for, if that was kept (Get-ClusterStorageReport | Where-Object Kind -eq Unregistered). Registered under the same name, without -ClaimName, it is bound to the claim again: "
        + $"Get-ClusterEbsVolume -VolumeId VOLUME-ID | Register-EbsPersistentVolume -Name {Escaped.Text(claim.VolumeName)}.");
}
