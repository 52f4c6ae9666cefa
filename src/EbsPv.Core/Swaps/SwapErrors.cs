using EbsPv.Errors;
using EbsPv.Usage;

namespace EbsPv.Swaps;

/// <summary>Why a swap stops, where everything stands then, and what to do.</summary>
internal static class SwapErrors
{
    public static EbsPvException UnderWay(SwapIntent noted, string where) => new(
        ErrorKind.Conflict,
        ErrorIds.SwapUnderWay,
        $"The PersistentVolume {noted.PersistentVolume} is in the middle of another change ({Described(noted)}), noted on {where}. It was left alone.")
    {
        Target = noted.PersistentVolume,
        RecommendedAction = $"Finish it first: {Line(noted)}.",
    };

    public static EbsPvException ClaimGone(EbsPersistentVolumeClaim claim, SwapIntent intent) => new(
        ErrorKind.InvalidState, ErrorIds.ClaimGone, $"The claim {claim} of {intent.PersistentVolume} is being deleted, is gone, or was made anew meanwhile. Nothing more was changed.")
    {
        Target = intent.PersistentVolume,
        RecommendedAction = $"See what became of it: kubectl get pvc -n {claim.Namespace} {claim.Name}; Get-EbsPersistentVolume {intent.PersistentVolume}. The data is still on {intent.VolumeId}.",
    };

    public static EbsPvException HolderGone(SwapIntent intent) => new(
        ErrorKind.Conflict, ErrorIds.SwapConflict, $"The PersistentVolume {SwapHolder.NameFor(intent.PersistentVolume)}, which keeps the note of what is done to {intent.PersistentVolume}, was deleted by somebody else.")
    {
        Target = intent.PersistentVolume,
        RecommendedAction = $"Run the same line again; it begins anew. The data is still on {intent.VolumeId}.",
    };

    public static EbsPvException HolderNameTaken(SwapIntent intent, EbsPersistentVolume there) => new(
        ErrorKind.Conflict, ErrorIds.SwapConflict, $"The name {there.Name} is needed for the note of what is done to {intent.PersistentVolume}, and another PersistentVolume has it.")
    {
        Target = intent.PersistentVolume,
        RecommendedAction = $"Remove or rename {there.Name} first; nothing was changed.",
    };

    public static EbsPvException OldChanged(SwapIntent intent, EbsPersistentVolume current) => new(
        ErrorKind.Conflict,
        ErrorIds.SwapConflict,
        $"The PersistentVolume {intent.PersistentVolume} is no longer as it was when it was planned to be replaced: {(current.Uid == intent.PersistentVolumeUid ? $"its claim is {current.Claim ?? "none"} now" : "it was deleted and made anew")}. It was left alone.")
    {
        Target = intent.PersistentVolume,
        RecommendedAction = $"Find out who changed it (GitOps? an operator?), then run the line again. The data is still on {intent.VolumeId}.",
    };

    public static EbsPvException OldGone(SwapIntent intent) => new(
        ErrorKind.Conflict, ErrorIds.SwapConflict, $"The PersistentVolume {intent.PersistentVolume} was deleted by somebody else while its disk was being replaced.")
    {
        Target = intent.PersistentVolume,
        RecommendedAction = $"Run the same line again: it goes on from what is noted. The data is still on {intent.VolumeId}.",
    };

    public static EbsPvException FenceTimedOut(SwapIntent intent, string what, TimeSpan timeout) => new(
        ErrorKind.Timeout,
        ErrorIds.FenceTimedOut,
        $"The cluster has not taken notice of the fence around {intent.PersistentVolume}: {what} after {timeout.TotalSeconds:0} seconds.")
    {
        Target = intent.PersistentVolume,
        RecommendedAction = $"The persistent-volume binder of kube-controller-manager has to take notice: see whether it runs. {Line(intent)} goes on from here.",
    };

    public static EbsPvException InUse(SwapIntent intent, VolumeUse use, bool fenceTakenBack) => new(
        ErrorKind.InvalidState,
        ErrorIds.ClaimInUse,
        $"{intent.PersistentVolume} came into use meanwhile: {use}. {(fenceTakenBack ? "It was given back to its claim as it was, and nothing was replaced" : "It was left as it is")}: its data is on {intent.VolumeId}.")
    {
        Target = intent.PersistentVolume,
        RecommendedAction = $"Stop what uses it, then run the line again: {Line(intent)}.",
    };

    public static EbsPvException Held(SwapIntent intent, string held, VolumeUse? use) => new(
        ErrorKind.Timeout,
        ErrorIds.PersistentVolumeHeld,
        $"The new disk of {intent.PersistentVolume} is ready, and the old PersistentVolume is being deleted and is not gone yet. It is held by {held}.{Attached(use)}")
    {
        Target = intent.PersistentVolume,
        RecommendedAction = Release(intent, use),
    };

    public static EbsPvException NameTaken(SwapIntent intent, EbsPersistentVolume there, string volumeId) => new(
        ErrorKind.Conflict,
        ErrorIds.SwapConflict,
        $"The new PersistentVolume {intent.PersistentVolume} for {volumeId} cannot be posted: somebody else posted one of that name for {there.VolumeId ?? "another disk"}, which was left alone.")
    {
        Target = intent.PersistentVolume,
        RecommendedAction = $"GitOps or an operator may have put the old one back: pause it, remove that PersistentVolume (Unregister-EbsPersistentVolume {intent.PersistentVolume}), then {Line(intent)} goes on.",
    };

    public static EbsPvException NotBound(SwapIntent intent, EbsPersistentVolumeClaim? claim, TimeSpan timeout) => new(
        ErrorKind.Timeout,
        ErrorIds.ClaimWaitTimedOut,
        $"The new PersistentVolume {intent.PersistentVolume} is there, and {(claim is null ? "it is not Available" : $"the claim {claim} is not Bound")} after {timeout.TotalSeconds:0} seconds.")
    {
        Target = intent.PersistentVolume,
        RecommendedAction = $"The persistent-volume binder of kube-controller-manager does it, at intervals of 15 seconds: see whether it runs. {Line(intent)} goes on from here.",
    };

    /// <summary>A failure in the middle, with what became of the PersistentVolume.</summary>
    public static EbsPvException InTheMiddle(EbsPvException failure, SwapIntent intent, string outcome) => new(
        failure.Kind, failure.ErrorId, $"{failure.Message} {outcome}", failure)
    {
        Target = intent.PersistentVolume,
        ServiceCode = failure.ServiceCode,
        RecommendedAction = failure.RecommendedAction,
    };

    /// <summary>The line that begins or finishes a swap.</summary>
    public static string Line(SwapIntent intent) => intent.Kind switch
    {
        SwapKind.Move => $"Move-EbsPersistentVolume {intent.PersistentVolume} -DestinationZone {intent.DestinationZone}{(intent.SnapshotId is null ? "" : " -FromLatestSnapshot")}",
        SwapKind.Restore => $"Restore-EbsPersistentVolume {intent.PersistentVolume} -SnapshotId {intent.SnapshotId} -DestinationZone {intent.DestinationZone}",
        _ => $"Get-EbsPersistentVolume {intent.PersistentVolume} | Test-EbsPersistentVolume -Code InTreeSource | Repair-EbsPersistentVolume",
    };

    private static string Described(SwapIntent intent) => intent.Kind switch
    {
        SwapKind.Move => $"a move to {intent.DestinationZone}",
        SwapKind.Restore => $"a restore of {intent.SnapshotId} in {intent.DestinationZone}",
        _ => "a conversion to the CSI driver",
    };

    private static string Attached(VolumeUse? use) => use is null || use.IsNone ? "" : $" It is still in use: {use}.";

    // Source: "Non-graceful node shutdown handling" of the Kubernetes documentation.
    private static string Release(SwapIntent intent, VolumeUse? use)
    {
        if (use?.Attachments is not [var attachment, ..]) return $"Let whoever put the finalizer there finish, and do not strip it; {Line(intent)} goes on from here.";
        return $"The VolumeAttachment {attachment.Name} goes when the volume is detached from {attachment.NodeName}. If that node is shut down for good and will not come back by itself (check the instance in EC2 first: a node "
            + $"that still runs would write to the old disk), say so: kubectl taint nodes {attachment.NodeName} node.kubernetes.io/out-of-service=nodeshutdown:NoExecute. Kubernetes then deletes its pods and attachments; {Line(intent)} finishes.";
    }
}
