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

    /// <summary>The refusal of a disk that a swap has not finished with.</summary>
    /// <param name="volumeId">The disk.</param>
    /// <param name="noted">The swap.</param>
    /// <param name="outcome">What became of it, as in "was not registered".</param>
    public static EbsPvException DiskUnderWay(string volumeId, NotedSwap noted, string outcome)
    {
        if (noted.IsCopied) return Copied(noted, $"The volume {volumeId} {outcome}.", volumeId);
        if (noted.Intent is not { } intent) return Unreadable(noted, $"The volume {volumeId} {outcome}.", volumeId);
        var role = (intent.Kind, intent.VolumeId == volumeId) switch
        {
            (SwapKind.Convert, _) => "is the disk of",
            (_, true) => "is being replaced behind",
            _ => $"is to take the place of {intent.VolumeId} behind",
        };
        return new EbsPvException(
            ErrorKind.Conflict, ErrorIds.SwapUnderWay, $"The volume {volumeId} {role} the PersistentVolume {intent.PersistentVolume} ({Described(intent)}), which is not finished. It {outcome}.")
        {
            Target = volumeId,
            RecommendedAction = $"Finish that: {Line(intent)}.",
        };
    }

    /// <summary>The refusal of a PersistentVolume that a swap has not finished with.</summary>
    public static EbsPvException VolumeUnderWay(EbsPersistentVolume volume, NotedSwap noted) => noted.IsCopied ? Copied(noted, "It was left alone.", volume.Name)
        : noted.Intent is { } intent ? UnderWay(intent, noted.Claim?.ToString() ?? noted.Holder!.Name) : Unreadable(noted, "It was left alone.", volume.Name);

    public static EbsPvException Unreadable(NotedSwap noted) => Unreadable(noted, "It was left alone.", noted.PersistentVolume);

    private static EbsPvException Copied(NotedSwap noted, string outcome, string target) => new(
        ErrorKind.Conflict,
        ErrorIds.SwapUnderWay,
        $"The claim {noted.Claim} has a note ({SwapIntent.Annotation}) that was written for another claim, and came along when that one was copied or restored: {Described(noted.Intent!)} of {noted.PersistentVolume} was not finished then. {outcome}")
    {
        Target = target,
        RecommendedAction = $"See whether it was finished since: Get-EbsPersistentVolume {noted.PersistentVolume}. When its data is where it belongs, take the note away: kubectl annotate pvc -n {noted.Claim!.Namespace} {noted.Claim.Name} {SwapIntent.Annotation}-. Then run the line again.",
    };

    private static EbsPvException Unreadable(NotedSwap noted, string outcome, string? target)
    {
        var where = noted.Claim is { } claim ? $"claim {claim}" : $"PersistentVolume {noted.Holder}";
        return new EbsPvException(
            ErrorKind.InvalidState, ErrorIds.SwapUnderWay, $"The {where} has a note ({SwapIntent.Annotation}) that its disk is being replaced, and the note cannot be read. {outcome}")
        {
            Target = target,
            RecommendedAction = "A newer version of EbsPv may have written it: finish with that one. Somebody may have edited it: kubectl describe shows it.",
        };
    }

    public static EbsPvException ClaimGone(EbsPersistentVolumeClaim claim, SwapIntent intent) => new(
        ErrorKind.InvalidState, ErrorIds.ClaimGone, $"The claim {claim} of {intent.PersistentVolume} is being deleted, is gone, or was made anew meanwhile. Nothing more was changed.")
    {
        Target = intent.PersistentVolume,
        RecommendedAction = $"See what became of it: kubectl get pvc -n {claim.Namespace} {claim.Name}; Get-EbsPersistentVolume {intent.PersistentVolume}. The data is still on {intent.VolumeId}.",
    };

    public static EbsPvException NoteGone(SwapIntent intent, string where) => new(
        ErrorKind.Conflict, ErrorIds.SwapConflict, $"The note of what is done to {intent.PersistentVolume} was taken away from {where} by somebody else.")
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
        $"The PersistentVolume {intent.PersistentVolume} is no longer as it was when it was planned to be replaced: {(current.Uid == intent.PersistentVolumeUid ? $"its policy is {current.ReclaimPolicy}, and it is kept for {(current.Claim is { } claim ? $"{claim} (uid {current.ClaimUid ?? "open"})" : "no claim")}" : "it was deleted and made anew")}. It was left alone.")
    {
        Target = intent.PersistentVolume,
        RecommendedAction = $"Find out who changed it (another run? GitOps? an operator?), then run the line again. The data is still on {intent.VolumeId}.",
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
        $"{(intent.Kind == SwapKind.Convert ? $"The volume of {intent.PersistentVolume} stays" : $"The new disk of {intent.PersistentVolume} is ready")}, and the old PersistentVolume is being deleted and is not gone yet. It is held by {held}.{Attached(use)}")
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
        RecommendedAction = there.VolumeId == intent.VolumeId
            ? $"GitOps or an operator may have put the old one back: pause it, then {Line(intent)} begins anew, with what is on its disk by now."
            : $"Find out whose it is. When nothing needs it: kubectl delete pv {intent.PersistentVolume}; {Line(intent)} then goes on.",
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
        // The type stays as it was: what can be chosen is where.
        RecommendedAction = failure.ErrorId == ErrorIds.InsufficientVolumeCapacity ? "Run the same line later, or choose another -DestinationZone." : failure.RecommendedAction,
    };

    /// <summary>A failure under the fence that may pass.</summary>
    public static EbsPvException Fenced(EbsPvException failure, SwapIntent intent, string? zone)
    {
        // What EC2 says of a disk in a zone that is down is not told anywhere: whoever knows of the zone shall know of the way.
        var fromSnapshot = intent is { Kind: SwapKind.Move, SnapshotId: null } && failure.Kind == ErrorKind.Service ? $" If {zone} is down: {Line(intent)} -FromLatestSnapshot." : "";
        return new EbsPvException(
            failure.Kind,
            failure.ErrorId,
            $"{failure.Message} {intent.PersistentVolume} is fenced meanwhile, so that no pod can start with it; the same line goes on from here. Its data is on {intent.VolumeId}.",
            failure)
        {
            Target = intent.PersistentVolume,
            ServiceCode = failure.ServiceCode,
            RecommendedAction = $"{failure.RecommendedAction}{fromSnapshot}",
        };
    }

    /// <summary>The line that begins or finishes a swap.</summary>
    public static string Line(SwapIntent intent) => intent.Kind switch
    {
        SwapKind.Move => $"Move-EbsPersistentVolume {intent.PersistentVolume} -DestinationZone {intent.DestinationZone}{(intent.SnapshotId is null ? "" : " -FromLatestSnapshot")}",
        SwapKind.Restore => $"Restore-EbsPersistentVolume {intent.PersistentVolume} -SnapshotId {intent.SnapshotId} -DestinationZone {intent.DestinationZone}",
        _ => "Test-EbsPersistentVolume -Code InTreeSource | Repair-EbsPersistentVolume",
    };

    private static string Described(SwapIntent intent) => intent.Kind switch
    {
        SwapKind.Move => $"a move to {intent.DestinationZone}{(intent.SnapshotId is null ? "" : $" with the data of {intent.SnapshotId}")}",
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
