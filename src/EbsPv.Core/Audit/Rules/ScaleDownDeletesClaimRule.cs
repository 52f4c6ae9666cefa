using EbsPv.Ports;
using EbsPv.Storage;

namespace EbsPv.Audit.Rules;

internal sealed class ScaleDownDeletesClaimRule : PersistentVolumeRule
{
    public override string Code => FindingCodes.ScaleDownDeletesClaim;

    protected override IEnumerable<EbsPersistentVolumeFinding> Find(RegisteredVolume registered, StorageItem item, AuditFacts facts)
    {
        if (registered.PersistentVolume.Claim?.Split('/') is not [var ns, var claim]) yield break;
        if (facts.Workloads.FirstOrDefault(one => one.DeletesClaimsWhenScaled && one.Namespace == ns && MakesClaim(one, claim)) is not { } workload) yield break;
        var deletes = registered.PersistentVolume.ReclaimPolicy == "Delete";
        yield return Findings.OfPersistentVolume(
            facts,
            item,
            registered,
            deletes ? FindingSeverity.Error : FindingSeverity.Warning,
            Code,
            $"The {workload} deletes its claims, such as {ns}/{claim}, when it is scaled down, which moving their volumes requires{(deletes ? ", and with the reclaim policy Delete the data goes with them" : "")}.",
            $"kubectl patch statefulset -n {ns} {workload.Name} --type merge -p '{{\"spec\":{{\"persistentVolumeClaimRetentionPolicy\":{{\"whenScaled\":\"Retain\"}}}}}}', "
            + $"where it comes from (Git, Helm, an operator) as well; or run Move-EbsPersistentVolume {registered.PersistentVolume.Name} -PrepareOnly before scaling down.") with { Target = workload.ToString() };
    }

    private static bool MakesClaim(Workload workload, string claim) => workload.ClaimTemplates.Any(template =>
    {
        var prefix = $"{template.Name}-{workload.Name}-";
        return claim.StartsWith(prefix, StringComparison.Ordinal) && claim.Length > prefix.Length && claim[prefix.Length..].All(char.IsAsciiDigit);
    });
}
