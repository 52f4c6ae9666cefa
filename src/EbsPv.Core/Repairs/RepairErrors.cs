using EbsPv.Errors;

namespace EbsPv.Repairs;

/// <summary>Why a finding is not repaired.</summary>
internal static class RepairErrors
{
    public static EbsPvException MadeAnew(RepairTarget target) => new(
        ErrorKind.Conflict, ErrorIds.FindingNotRepairable, $"The PersistentVolume {target.PersistentVolume} was made anew after it was looked at ({target.Code}). It was left alone.")
    {
        Target = target.Target,
        RecommendedAction = "Look again: Test-EbsPersistentVolume.",
    };

    public static EbsPvException IsBeingDeleted(EbsPersistentVolume volume) => new(
        ErrorKind.InvalidState,
        ErrorIds.FindingNotRepairable,
        $"The PersistentVolume {volume.Name} is Released and has the reclaim policy Delete: its volume {volume.VolumeId} is being deleted, or will be as soon as its driver runs. It was left alone.")
    {
        Target = volume.Name,
        RecommendedAction = $"To keep the data: Move-EbsPersistentVolume {volume.Name} -PrepareOnly sets Retain. Then test and repair it again.",
    };

    public static EbsPvException DriverMissing(EbsPersistentVolume volume) => new(
        ErrorKind.InvalidState,
        ErrorIds.FindingNotRepairable,
        $"The PersistentVolume {volume.Name} is not converted: the cluster has no driver {PersistentVolumes.EbsDrivers.Csi}, by which pods would mount it afterwards.")
    {
        Target = volume.Name,
        RecommendedAction = "Install the EBS CSI driver first.",
    };

    public static EbsPvException Untagged(EbsPvException refusal) => new(refusal.Kind, refusal.ErrorId, refusal.Message, refusal)
    {
        Target = refusal.Target,
        RecommendedAction = "Find out whose volume it is (Get-ClusterStorageReport shows what stands for it). When it is this cluster's, -AllowUntagged consents to tagging it.",
    };

    public static EbsPvException NotEffective(PlannedRepair repair, EbsPersistentVolumeFinding still, TimeSpan timeout) => new(
        ErrorKind.Timeout,
        ErrorIds.RepairNotEffective,
        $"It was done: {repair.Description}. After {timeout.TotalSeconds:0} seconds a second look still finds {still.Code}: {still.Message}")
    {
        Target = repair.Finding.Target,
        RecommendedAction = repair.Kind == RepairKind.Tags
            ? "EC2 may show tags late: look again with Test-EbsPersistentVolume. If they vanish again, something takes them away: a tag policy, or the tool that made the volume."
            : "Look again with Test-EbsPersistentVolume. If it comes back, something puts it back: GitOps, or an operator. A Released PersistentVolume becomes Available by kube-controller-manager: see whether it runs.",
    };

    public static EbsPvException Gone(EbsPersistentVolume volume) => new(
        ErrorKind.NotFound, ErrorIds.PersistentVolumeNotFound, $"The PersistentVolume {volume.Name} was deleted, or made anew, by somebody else meanwhile. Nothing was changed.")
    {
        Target = volume.Name,
        RecommendedAction = "Find out by whom, then look again: Test-EbsPersistentVolume.",
    };
}
