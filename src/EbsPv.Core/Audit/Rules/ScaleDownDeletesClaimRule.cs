using EbsPv.Moves;
using EbsPv.Storage;

namespace EbsPv.Audit.Rules;

internal sealed class ScaleDownDeletesClaimRule : PersistentVolumeRule
{
    private const int Shown = 5;

    public override string Code => FindingCodes.ScaleDownDeletesClaim;

    protected override IEnumerable<EbsPersistentVolumeFinding> Find(RegisteredVolume registered, StorageItem item, AuditFacts facts)
    {
        if (registered.PersistentVolume.Claim?.Split('/') is not [var ns, var claim]) yield break;
        if (facts.Workloads.FirstOrDefault(one => one.DeletesClaimsWhenScaled && StatefulSetClaims.IsOf(one, ns, claim)) is not { } workload) yield break;
        // It is said once of the StatefulSet, whichever of its PersistentVolumes comes first.
        var deleting = StatefulSetClaims.VolumesOf(workload, facts.Storage.PersistentVolumes).Where(volume => volume.ReclaimPolicy == "Delete").Select(volume => volume.Name).Order(StringComparer.Ordinal).ToList();
        yield return Findings.OfPersistentVolume(
            facts,
            item,
            registered,
            deleting.Count > 0 ? FindingSeverity.Error : FindingSeverity.Warning,
            Code,
            $"The {workload} deletes its claims, such as {ns}/{claim}, when it is scaled down, which moving their volumes requires{(deleting.Count == 0 ? "" : $", and with the reclaim policy Delete the data of {string.Join(", ", deleting.Take(Shown))}{(deleting.Count > Shown ? $" and {deleting.Count - Shown} more" : "")} goes with them")}.",
            $"kubectl patch statefulset -n {ns} {workload.Name} --type merge -p '{{\"spec\":{{\"persistentVolumeClaimRetentionPolicy\":{{\"whenScaled\":\"Retain\"}}}}}}', "
            + $"where it comes from (Git, Helm, an operator) as well; or run {StatefulSetClaims.Prepare(workload)} before scaling down.") with { Target = workload.ToString() };
    }
}
