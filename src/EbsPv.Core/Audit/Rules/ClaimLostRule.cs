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
        $"Its data is on the volume that the PersistentVolume stood for, if that was kept (Get-ClusterStorageReport | Where-Object Kind -eq Unregistered). Registered under the same name and for the same claim, it is bound again: "
        + $"… | Register-EbsPersistentVolume -Name {Escaped.Text(claim.VolumeName)} -ClaimNamespace {claim.Namespace} -ClaimName {claim.Name}.");
}
